package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lifeboat.catalog.Invalid;
import lifeboat.failure.sql.SqlFailure;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Counts;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.StructureFindings;
import lifeboat.reconcile.TableFacts;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.sql.Both;
import lifeboat.reconcile.sql.ParentsFirst;
import lifeboat.reconcile.sql.SqlFacts;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Two MySQL or MariaDB databases side by side, each as one snapshot sees it.
public final class MySqlComparison implements Comparison {
    private final Connection copy;
    private final Connection live;
    private final MySqlSchema schema;
    private final MySqlTimes times;
    private final KeyCuts.Most most;
    private final StoreIdentity copyIdentity;
    private final StoreIdentity liveIdentity;

    private MySqlComparison(Connection copy, Connection live, MySqlSchema schema, MySqlTimes times, KeyCuts.Most most)
            throws SQLException {
        this.copy = copy;
        this.live = live;
        this.schema = schema;
        this.times = times;
        this.most = most;
        this.copyIdentity = MySqlEndpoint.identity(copy);
        this.liveIdentity = MySqlEndpoint.identity(live);
    }

    /// Opens both databases and reads their structure.
    ///
    /// @param tables only these; empty: all
    /// @param explainedBy columns with the time of the last write, commas between; empty: none
    /// @param purges rules whose columns are read as well
    public static MySqlComparison open(
            MySqlEndpoint copyAt,
            MySqlEndpoint liveAt,
            Set<TableName> tables,
            Optional<String> explainedBy,
            List<PurgeRule> purges) {
        return open(copyAt, liveAt, tables, MySqlTimes.of(explainedBy, purges), KeyCuts.Most.A_PIECE);
    }

    static MySqlComparison open(
            MySqlEndpoint copyAt, MySqlEndpoint liveAt, Set<TableName> tables, MySqlTimes times, KeyCuts.Most most) {
        try {
            Connection copy = snapshot(copyAt);
            Connection live = snapshot(liveAt);
            var comparison = new MySqlComparison(copy, live, MySqlSchema.read(copy, live, tables), times, most);
            if (comparison.copyIdentity.equals(comparison.liveIdentity)) {
                comparison.close();
                throw new Invalid(
                        "LB-421", "copy \"%s\" is not allowed: it is live itself".formatted(comparison.copyIdentity));
            }
            return comparison;
        } catch (SQLException e) {
            throw new StoreFailed("connecting to %s and %s".formatted(copyAt, liveAt), e);
        }
    }

    private static Connection snapshot(MySqlEndpoint endpoint) throws SQLException {
        Connection connection = endpoint.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        }
        return connection;
    }

    /// Both connections, for tests.
    List<Connection> sides() {
        return List.of(copy, live);
    }

    @Override
    public StoreIdentity copy() {
        return copyIdentity;
    }

    @Override
    public StoreIdentity live() {
        return liveIdentity;
    }

    @Override
    public String structure() {
        return schema.digest();
    }

    @Override
    public List<TableName> tables() {
        Set<TableName> all = new HashSet<>();
        schema.pairing().pairs().forEach(pair -> all.add(pair.name()));
        schema.pairing().others().forEach(other -> all.add(other.table()));
        return ParentsFirst.order(all, schema.foreignKeys());
    }

    @Override
    public Optional<TableFacts> facts(TableName table) {
        return SqlFacts.of(schema.pairing(), table);
    }

    @Override
    public List<Segment> segments() {
        try {
            List<Segment> segments = new ArrayList<>(List.of(Piece.STRUCTURE));
            KeyCuts cuts = new KeyCuts(copy, live, most);
            for (TablePair pair : schema.pairing().pairs()) {
                cuts.of(pair).forEach(piece -> segments.add(new Segment(piece.label())));
            }
            return segments;
        } catch (SQLException e) {
            throw new StoreFailed("planning the pieces", e);
        }
    }

    @Override
    public List<TableOutcome> compare(Segment segment, Consumer<Difference> differences) {
        if (segment.equals(Piece.STRUCTURE)) {
            return schema.pairing().told();
        }
        Piece piece = Piece.labelled(segment.label(), schema.pairing().pairs())
                .orElseThrow(() -> new Invalid(
                        "LB-422",
                        "segment \"%s\" is not allowed: no such piece".formatted(segment),
                        "the segment is not allowed: no such piece"));
        return List.of(compare(piece, differences));
    }

    private TableOutcome compare(Piece piece, Consumer<Difference> differences) {
        TablePair table = piece.table();
        try {
            PieceQueries queries = new PieceQueries(table, times, piece.condition(copy, live));
            Counts read = rows(queries, differences);
            return new TableOutcome.Compared(table.name(), read, List.of(), new RowText(table).rules());
        } catch (SQLException e) {
            if (MySqlErrors.isLost(e)) {
                throw new StoreFailed("comparing " + table.name(), e);
            }
            var why = MySqlErrors.isDenied(e) ? TableOutcome.Why.NOT_PERMITTED : TableOutcome.Why.UNREADABLE;
            return new TableOutcome.NotCompared(table.name(), why, SqlFailure.text(e));
        }
    }

    private Counts rows(PieceQueries queries, Consumer<Difference> differences) throws SQLException {
        Both<KeyBuckets> sides = Both.ask(() -> KeyBuckets.read(copy, queries), () -> KeyBuckets.read(live, queries));
        BitSet differing = sides.copy().differing(sides.live());
        if (!differing.isEmpty()) {
            InKeyOrder sorted = new InKeyOrder(queries.table(), differences);
            new BucketMatch(queries, sorted).run(copy, live, sides, differing);
            sorted.flush();
        }
        return new Counts(sides.copy().rows(), sides.live().rows(), Map.of(), Map.of());
    }

    @Override
    public List<Difference.Sample> explain(List<Difference> differences) {
        try {
            List<Difference.Sample> samples = new ArrayList<>();
            for (Difference difference : differences) {
                TablePair table = schema.pair(difference.table());
                samples.add(Shown.sample(copy, live, table, difference));
            }
            return samples;
        } catch (SQLException e) {
            throw new StoreFailed("reading samples", e);
        }
    }

    @Override
    public StructureFindings structureFindings() {
        try {
            return new MySqlStructure(copy, live, schema.pairing().pairs()).findings();
        } catch (SQLException e) {
            throw new StoreFailed("comparing what is beside the rows", e);
        }
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(schema.notes());
        notes.addAll(times.notes(schema.pairing().pairs()));
        return notes;
    }

    @Override
    public Optional<Instant> newestInCopy() {
        try {
            Optional<Instant> newest = Optional.empty();
            for (TablePair table : schema.pairing().pairs()) {
                Optional<String> micros = times.written(table);
                if (micros.isPresent()) {
                    String query = "SELECT COALESCE(MAX(%s), '') FROM %s AS t"
                            .formatted(micros.get(), RowText.table(table.name()));
                    String answer = MySqlEndpoint.one(copy, query);
                    newest = later(newest, answer.isEmpty() ? Optional.empty() : Optional.of(instant(answer)));
                }
            }
            return newest;
        } catch (SQLException e) {
            throw new StoreFailed("reading the newest write in the copy", e);
        }
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(new java.math.BigDecimal(micros).longValue(), ChronoUnit.MICROS);
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.filter(one.get()::isBefore).isPresent() ? other : one;
    }

    @Override
    public void close() {
        try {
            live.close();
            copy.close();
        } catch (SQLException e) {
            throw new StoreFailed("closing a connection", e);
        }
    }
}
