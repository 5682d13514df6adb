package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.Difference;
import org.junit.jupiter.api.Test;

/// Servers whose encoding orders characters otherwise than UTF-8 does.
class BytesOrderTest {
    /// The euro sign stands before accented letters in WIN1252, and behind them in UTF-8.
    @Test
    void keysAreMergedInOneOrderWhateverTheEncodingOfTheServer() throws Exception {
        Databases databases = Databases.with("SELECT 1");
        for (String database : List.of(databases.copy, databases.live)) {
            Databases.run("postgres", "DROP DATABASE " + database);
            Databases.run(
                    "postgres",
                    "CREATE DATABASE %s ENCODING 'WIN1252' LOCALE 'C' TEMPLATE template0".formatted(database));
            Databases.run(database, """
                    CREATE TABLE t (k text PRIMARY KEY);
                    INSERT INTO t SELECT c || i FROM (VALUES ('\u20ac'), ('\u00e9')) AS x(c), generate_series(1, 9000) i""");
        }
        databases.inLive("DELETE FROM t WHERE k = '\u20ac7'");
        List<Difference> found = new ArrayList<>();
        try (var copy = Side.open(databases.copyEndpoint());
                var live = Side.open(databases.liveEndpoint())) {
            var schema = Schema.read(copy.stream(), live.stream(), Set.of());
            var queries = new TableQueries(schema.pairing().pairs().getFirst(), 7, Scope.ALL.times(), Optional.empty());
            var rows = new KeyOrder(copy, live, queries, found::add);
            rows.run();
            assertThat(rows.liveRows()).isEqualTo(17_999);
        }
        assertThat(found).map(Found::text).containsExactly("MISSING_IN_LIVE public.t \u20ac7");
    }
}
