package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.StructureFindings;
import lifeboat.reconcile.TableFacts;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.sql.ParentsFirst;
import lifeboat.reconcile.sql.SqlFacts;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Two PostgreSQL databases side by side, each as one snapshot sees it.
public final class PostgresComparison implements Comparison {
    /// Large objects, told as a table because their loss would be one.
    private static final TableName LARGE_OBJECTS = new TableName("pg_catalog", "pg_largeobject");

    private final Side copy;
    private final Side live;
    private final Schema schema;
    private final Times times;
    private final long seed;
    private final Set<TableName> only;
    private final Map<String, Piece> pieces = new LinkedHashMap<>();

    private PostgresComparison(Side copy, Side live, Schema schema, Scope scope, long seed) {
        this.copy = copy;
        this.live = live;
        this.schema = schema;
        this.times = scope.times();
        this.only = scope.tables();
        this.seed = seed;
    }

    /// Opens both databases and reads their structure.
    ///
    /// @param scope what is compared, and which columns tell times
    /// @param seed of the hashes; another one each run
    /// @throws Invalid when both are the same database, or a table is named that neither has
    public static PostgresComparison open(Endpoint copyAt, Endpoint liveAt, Scope scope, long seed) {
        Side copy = Side.open(copyAt);
        try {
            Side live = Side.open(liveAt);
            try {
                return open(copy, live, scope, seed);
            } catch (SQLException e) {
                live.close();
                throw new StoreFailed("reading the structure of " + liveAt, e);
            } catch (RuntimeException e) { // thrown on: only the connections are closed first
                live.close();
                throw e;
            }
        } catch (RuntimeException e) { // thrown on, likewise
            copy.close();
            throw e;
        }
    }

    private static PostgresComparison open(Side copy, Side live, Scope scope, long seed) throws SQLException {
        if (copy.isSameAs(live)) {
            throw new Invalid("LB-421", "copy \"%s\" is not allowed: it is live itself".formatted(copy.identity()));
        }
        Schema schema = Schema.read(copy.stream(), live.stream(), scope.tables());
        var comparison = new PostgresComparison(copy, live, schema, scope, seed);
        comparison.cut();
        return comparison;
    }

    private void cut() throws SQLException {
        for (TablePair pair : schema.pairing().pairs()) {
            for (Piece piece : Piece.cut(pair, live)) {
                pieces.put(piece.label(), piece);
            }
        }
    }

    @Override
    public StoreIdentity copy() {
        return copy.identity();
    }

    @Override
    public StoreIdentity live() {
        return live.identity();
    }

    @Override
    public String structure() {
        return schema.digest();
    }

    @Override
    public List<TableName> tables() {
        Set<TableName> all =
                schema.pairing().pairs().stream().map(TablePair::name).collect(Collectors.toSet());
        schema.pairing().others().forEach(other -> all.add(other.table()));
        List<TableName> ordered = new ArrayList<>(ParentsFirst.order(all, schema.foreignKeys()));
        if (schema.largeObjects() > 0) {
            ordered.add(LARGE_OBJECTS);
        }
        return ordered;
    }

    @Override
    public Optional<TableFacts> facts(TableName table) {
        return SqlFacts.of(schema.pairing(), table);
    }

    @Override
    public List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        segments.add(Piece.STRUCTURE);
        pieces.keySet().forEach(label -> segments.add(new Segment(label)));
        return segments;
    }

    @Override
    public List<TableOutcome> compare(Segment segment, Consumer<Difference> differences) {
        if (segment.equals(Piece.STRUCTURE)) {
            return structural();
        }
        // Cut anew, a table that has grown has other ranges: those of an earlier cut are taken all the same.
        Piece piece = Optional.ofNullable(pieces.get(segment.label()))
                .or(() -> Piece.labelled(segment.label(), schema.pairing().pairs()))
                .orElseThrow(() -> new Invalid(
                        "LB-422",
                        "segment \"%s\" is not allowed: no such piece".formatted(segment),
                        "the segment is not allowed: no such piece"));
        return List.of(
                new TableComparison(copy, live, piece, new TableQueries(piece.table(), seed, times, piece.range()))
                        .compare(differences));
    }

    private List<TableOutcome> structural() {
        List<TableOutcome> told = new ArrayList<>(schema.pairing().told());
        if (schema.largeObjects() > 0) {
            told.add(new TableOutcome.NotCompared(
                    LARGE_OBJECTS,
                    TableOutcome.Why.UNSUPPORTED,
                    "%d large objects are not compared".formatted(schema.largeObjects())));
        }
        return told;
    }

    @Override
    public List<Difference.Sample> explain(List<Difference> differences) {
        return differences.isEmpty() ? List.of() : new Samples(copy, live, schema).of(differences);
    }

    @Override
    public StructureFindings structureFindings() {
        return new BesideRows(copy, live, schema, only).findings();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(schema.notes());
        notes.addAll(times.notes(schema.pairing().pairs()));
        return notes;
    }

    @Override
    public boolean tellsTimes() {
        List<TablePair> pairs = schema.pairing().pairs();
        return pairs.isEmpty()
                || pairs.stream().anyMatch(pair -> times.newest(pair).isPresent());
    }

    @Override
    public Optional<Instant> newestInCopy() {
        try {
            Optional<Instant> newest = Optional.empty();
            for (TablePair pair : schema.pairing().pairs()) {
                Optional<String> query = times.newest(pair);
                if (query.isPresent()) {
                    newest = later(newest, Times.instant(Side.oneOrNull(copy.lookup(), query.get())));
                }
            }
            return newest;
        } catch (SQLException e) {
            throw new StoreFailed("reading the newest write in the copy", e);
        }
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.filter(one.get()::isBefore).isPresent() ? other : one;
    }

    @Override
    public void close() {
        live.close();
        copy.close();
    }
}
