package lifeboat.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.integrity.Segment;

/// A restored copy and its live store, side by side. One implementation a store. It only reads.
///
/// What cannot be read is told as [TableOutcome.NotCompared]; a connection that breaks is thrown.
public interface Comparison extends AutoCloseable {
    StoreIdentity copy();

    StoreIdentity live();

    /// Digest of the structure of all compared tables.
    String structure();

    /// The tables of both sides, parents before the tables that refer to them, those that can only be told included.
    List<TableName> tables();

    /// What a selection can name of a table; empty: it is none of those that are compared.
    Optional<TableFacts> facts(TableName table);

    /// The pieces of work, each small enough for one Lambda invocation; the same for the same data.
    List<Segment> segments();

    /// Compares one piece.
    ///
    /// @param differences takes every difference of the piece, explained ones included
    /// @return what was found, one a table; of [Counts] only the rows read are filled in here, the
    /// caller counts the rest
    List<TableOutcome> compare(Segment segment, Consumer<Difference> differences);

    /// Before and after of a few differences, for a person.
    List<Difference.Sample> explain(List<Difference> differences);

    /// The newest write in the copy, by the column or attribute that explains differences; empty: none is named, or
    /// none is there. It may read the whole copy.
    Optional<Instant> newestInCopy();

    /// What differs beside the rows, and what was not compared. Whoever calls both sides equal says it too.
    StructureFindings structureFindings();

    /// Whether any table has the column that explains differences; a store without columns cannot say no.
    default boolean tellsTimes() {
        return true;
    }

    /// What the person who approves must know of the store: triggers that will fire, what a repair does not cover.
    List<String> notes();

    @Override
    void close();
}
