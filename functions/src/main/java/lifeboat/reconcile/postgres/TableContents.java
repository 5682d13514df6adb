package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lifeboat.catalog.Invalid;
import lifeboat.integrity.RowDigest;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Reads what the tables of one PostgreSQL database hold, each in one scan, all as one snapshot sees them.
///
/// The hash functions of PostgreSQL are not promised to stay the same from release to release, so that the release is
/// part of the rule: a copy of another major release is not compared by it.
public final class TableContents implements AutoCloseable {
    /// The same for ever: what was recorded is compared years later.
    private static final long SEED = 0x4C69666562_6F6174L;

    private final Side side;
    private final Schema schema;
    private final Map<TableName, Optional<String>> tables;
    private final Times times;
    private final String release;
    private final Instant seenAt;

    private TableContents(
            Side side,
            Schema schema,
            Map<TableName, Optional<String>> tables,
            Times times,
            String release,
            Instant seenAt) {
        this.side = side;
        this.schema = schema;
        this.tables = tables;
        this.times = times;
        this.release = release;
        this.seenAt = seenAt;
    }

    private static final String TABLES = """
            SELECT n.nspname, c.relname, CASE c.relkind
                     WHEN 'm' THEN 'a materialized view'
                     WHEN 'f' THEN 'a foreign table'
                     WHEN 'p' THEN 'its rows are in its partitions'
                     ELSE CASE WHEN c.relpersistence = 'u' THEN 'unlogged, so every restore empties it'
                               WHEN NOT EXISTS (SELECT 1 FROM pg_attribute a
                                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
                               THEN 'it has no columns to compare' END END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm', 'f', 'p') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
            ORDER BY 1, 2""";

    private static Map<TableName, Optional<String>> tables(Side side) throws SQLException {
        Map<TableName, Optional<String>> tables = new TreeMap<>();
        try (var statement = side.lookup().createStatement();
                var row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                tables.put(new TableName(row.getString(1), row.getString(2)), Optional.ofNullable(row.getString(3)));
            }
        }
        return tables;
    }

    /// Opens a database and reads its structure.
    ///
    /// @param writtenAt column with the time of a row's last write, several with commas: the first there is.
    /// Empty: no row says when it was last written
    public static TableContents open(Endpoint endpoint, Optional<String> writtenAt) {
        Side side = Side.open(endpoint);
        try {
            return new TableContents(
                    side,
                    Schema.read(side.stream(), side.stream(), Set.of()),
                    tables(side),
                    Times.of(writtenAt, List.of()),
                    Side.one(side.lookup(), "SELECT current_setting('server_version_num')::int / 10000"),
                    micros(Side.one(side.lookup(), "SELECT (extract(epoch FROM now()) * 1000000)::int8")));
        } catch (SQLException e) {
            side.close();
            throw new StoreFailed("reading the structure of " + endpoint, e);
        } catch (RuntimeException e) { // thrown on: only the connection is closed first
            side.close();
            throw e;
        }
    }

    /// All tables and what is stored like them, by name; empty: the rows are compared, else why only its presence is.
    public Map<TableName, Optional<String>> tables() {
        return tables;
    }

    /// What one table holds.
    ///
    /// @param since which rows the record knows nothing of that this is compared with; empty: with none
    /// @throws Invalid where it may not be read
    public TableContent of(TableName table, Optional<TableContent.Since> since) {
        Optional<String> presence = tables.get(table);
        if (presence == null) {
            throw new IllegalArgumentException("no table %s can be read".formatted(table));
        }
        if (presence.isPresent()) {
            return TableContent.present(table.toString(), presence.get(), seenAt);
        }
        TablePair described = schema.pairing().pairs().stream()
                .filter(pair -> pair.name().equals(table))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "LB-495",
                        "the content of table \"%s\" cannot be read by the user of the credentials. hint: grant SELECT on it"
                                .formatted(table)));
        try (CopyRows rows = new CopyRows(side.stream(), query(described))) {
            var content = new TableContent.Rows(since);
            while (rows.next()) {
                content.add(new RowDigest(rows.longAt(0), rows.longAt(1), Lookup.instant(rows, 2)));
            }
            return content.content(table.toString(), rule(described), seenAt, seenAt);
        } catch (SQLException e) {
            throw new StoreFailed("reading the content of " + table, e);
        }
    }

    /// A hash of the key, one of the row, and the time of its last write.
    private String query(TablePair table) {
        RowHash hash = new RowHash(table, SEED);
        RowHash key = new RowHash(keyOnly(table), SEED + 1);
        return "SELECT %s, %s, %s FROM ONLY %s AS t"
                .formatted(key.expression(), hash.expression(), times.columns(table), Quote.table(table.name()));
    }

    /// Without a key the whole row is its key: a changed row is then another one.
    private static TablePair keyOnly(TablePair table) {
        return table.hasKey()
                ? new TablePair(table.name(), table.key(), table.key(), table.key(), table.pages(), table.deferrable())
                : table;
    }

    private String rule(TablePair table) {
        return "postgresql rows 3: 64-bit hashes of release %s, sketched; written at %s; %s"
                .formatted(release, times.explainedBy(), RowHash.digestOf(table.layout() + " " + table.key()));
    }

    private static Instant micros(String since1970) {
        return Instant.EPOCH.plus(Long.parseLong(since1970), ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        side.close();
    }
}
