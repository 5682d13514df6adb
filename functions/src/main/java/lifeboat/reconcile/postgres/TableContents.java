package lifeboat.reconcile.postgres;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.integrity.Digest;
import lifeboat.integrity.TableContent;
import lifeboat.integrity.TableContent.Part;
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
    private final Times times;
    private final String release;
    private final Instant seenAt;

    private TableContents(Side side, Schema schema, Times times, String release, Instant seenAt) {
        this.side = side;
        this.schema = schema;
        this.times = times;
        this.release = release;
        this.seenAt = seenAt;
    }

    /// Opens a database and reads its structure.
    ///
    /// @param writtenAt column with the time of a row's last write, several with commas: the first there is.
    /// Empty: no part says when it was last written to; nor does a part with a row that holds none
    public static TableContents open(Endpoint endpoint, Optional<String> writtenAt) {
        Side side = Side.open(endpoint);
        try {
            return new TableContents(
                    side,
                    Schema.read(side.stream(), side.stream(), Set.of()),
                    Times.of(writtenAt, List.of()),
                    Side.one(side.lookup(), "SELECT current_setting('server_version_num')::int / 10000"),
                    micros(Side.one(side.lookup(), "SELECT (extract(epoch FROM now()) * 1000000)::int8")));
        } catch (SQLException e) {
            side.close();
            throw new StoreFailed("reading the structure of " + endpoint, e);
        } catch (RuntimeException e) {
            side.close();
            throw e;
        }
    }

    /// Tables whose content can be told.
    public List<TableName> tables() {
        return schema.pairing().pairs().stream().map(TablePair::name).toList();
    }

    /// What one table holds.
    public TableContent of(TableName table) {
        TablePair described = pairs().get(table);
        if (described == null) {
            throw new IllegalArgumentException("no table %s can be read".formatted(table));
        }
        try (CopyRows rows = new CopyRows(side.stream(), query(described))) {
            List<Part> parts = new ArrayList<>(TableContent.nothing());
            while (rows.next()) {
                int part = rows.intAt(0);
                parts.set(part, new Part(rows.longAt(1), digest(text(rows, 2)), Lookup.instant(rows, 3)));
            }
            return new TableContent(table.toString(), rule(described), parts, seenAt, seenAt);
        } catch (SQLException e) {
            throw new StoreFailed("reading the content of " + table, e);
        }
    }

    private Map<TableName, TablePair> pairs() {
        return schema.pairing().pairs().stream().collect(Collectors.toMap(TablePair::name, Function.identity()));
    }

    /// Part, number of rows, sum of their hashes, newest write where every row tells one.
    private String query(TablePair table) {
        RowHash hash = new RowHash(table, SEED);
        RowHash key = new RowHash(keyOnly(table), SEED + 1);
        return """
                SELECT s.p, count(*), sum(s.h)::text, CASE WHEN count(s.w) = count(*) THEN max(s.w) END
                FROM (SELECT (%s & %d)::int4 AS p, %s AS h, %s FROM ONLY %s AS t OFFSET 0) AS s
                GROUP BY s.p""".formatted(
                        key.expression(),
                        TableContent.PARTS - 1,
                        hash.expression(),
                        times.named(table),
                        Quote.table(table.name()));
    }

    /// Without a key a row is where its content puts it: a changed row then moves to another part.
    private static TablePair keyOnly(TablePair table) {
        return table.hasKey()
                ? new TablePair(table.name(), table.key(), table.key(), table.key(), table.pages(), table.deferrable())
                : table;
    }

    private String rule(TablePair table) {
        return "postgresql rows 2: 64-bit hashes of release %s, summed; %s"
                .formatted(release, RowHash.digestOf(table.layout() + " " + table.key()));
    }

    /// The sum modulo 2^128.
    private static Digest digest(String sum) {
        BigInteger whole = new BigInteger(sum);
        return new Digest(whole.shiftRight(Long.SIZE).longValue(), whole.longValue());
    }

    private static String text(CopyRows rows, int field) {
        return new String(rows.bytes(field), StandardCharsets.UTF_8);
    }

    private static Instant micros(String since1970) {
        return Instant.EPOCH.plus(Long.parseLong(since1970), ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        side.close();
    }
}
