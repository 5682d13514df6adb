package lifeboat.reconcile.sql;

import java.util.List;
import java.util.Set;
import lifeboat.reconcile.TableName;

/// A table as one side's catalog describes it.
///
/// @param name schema and name
/// @param columns in the order of the table
/// @param uniqueKeys sets of columns that are unique and never NULL, the primary key first
/// @param pages how big it is, in the store's own pages; an estimate
/// @param obstacle why its rows cannot be read or trusted; empty: nothing
/// @param triggers names of user triggers that fire on a change
/// @param unstoppableTriggers names of user triggers that fire even where triggers are switched off
/// @param deferrable whether something unique may be judged as late as at the end of a transaction
/// @param rewritten whether rewrite rules change what a write does
public record Table(
        TableName name,
        List<Column> columns,
        List<List<String>> uniqueKeys,
        long pages,
        Obstacle obstacle,
        Set<String> triggers,
        Set<String> unstoppableTriggers,
        boolean deferrable,
        boolean rewritten) {
    /// A table all of whose triggers can be switched off, and without deferrable constraints.
    public Table(
            TableName name,
            List<Column> columns,
            List<List<String>> uniqueKeys,
            long pages,
            Obstacle obstacle,
            Set<String> triggers,
            boolean rewritten) {
        this(name, columns, uniqueKeys, pages, obstacle, triggers, Set.of(), false, rewritten);
    }

    public Table {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
        triggers = Set.copyOf(triggers);
        unstoppableTriggers = Set.copyOf(unstoppableTriggers);
    }

    /// Why the rows of a table cannot be read or trusted.
    public enum Obstacle {
        NONE,
        /// The user may not read it.
        NOT_PERMITTED,
        /// A restore empties it, so the copy proves nothing.
        UNLOGGED
    }
}
