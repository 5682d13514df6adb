package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Passed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that lost whole blocks at their end, so that all that is left is sound.
class CutFilesTest {
    private static final String KEYED = "grown spared ahead counted emptied seen";
    private static final String KEYLESS = "bare_grown bare_ahead bare_counted";

    private static final String DAMAGE = """
            grown cut 60 -1
            bare_grown cut 60 -1
            ahead cut -10 -1
            bare_ahead cut -10 -1
            counted cut 20 -1
            seen cut 20 -1
            bare_counted cut 40 -1""";

    @TempDir
    static Path folder;

    private static FilesOfAServer server;

    @BeforeAll
    static void aServerWhoseFilesAreCut() throws IOException, SQLException {
        server = new FilesOfAServer(folder);
        for (var table : List.of(KEYED.split(" "))) {
            server.execute("create table %s (id int primary key, v text)".formatted(table));
        }
        for (var table : List.of(KEYLESS.split(" "))) {
            server.execute("create table %s (id int, v text)".formatted(table));
        }
        for (var table : List.of((KEYED + " " + KEYLESS).split(" "))) {
            server.execute(
                    "insert into %s select i, repeat('v', 200) from generate_series(1, 1000) i".formatted(table),
                    "vacuum analyze " + table,
                    "insert into %s select i, repeat('v', 200) from generate_series(1001, 4000) i".formatted(table));
        }
        server.execute("checkpoint");
        // a server that adds many blocks at once writes no log of them, so that a restore may lack them
        server.damage(List.of("ahead add 0 10", "bare_ahead add 0 10"));
        server.execute(
                "analyze ahead, bare_ahead, counted, bare_counted",
                "delete from emptied where id > 2000",
                "vacuum emptied",
                "vacuum (analyze) seen",
                "update pg_class set relpages = 10 where relname = 'seen'",
                "checkpoint");
        server.damage(DAMAGE.lines().toList());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void aTableThatGrewAndWasCutToMoreThanItsCatalogCountedFails() throws SQLException {
        failed("public.grown", "could not read blocks");
        assertThat(verify("public.spared")).isInstanceOf(Passed.class);
    }

    @Test
    void aTableThatLacksRowsThatAnIndexHasFails() throws SQLException {
        failed("public.counted", "has 20 blocks, its catalog counted");
        failed("public.seen", "was cut to 20 blocks: the visibility map knows 98 blocks more");
        failed("blocks 0-4294967294 of public.seen", "the visibility map knows 98 blocks more");
    }

    @Test
    void aTableThatAVacuumShortenedIsSound() throws SQLException {
        assertThat(verify("public.emptied")).isInstanceOf(Passed.class);
    }

    @Test
    void aTableWithoutTheBlocksThatWereAddedAheadIsSound() throws SQLException {
        assertThat(verify("public.ahead")).isInstanceOf(Passed.class);
    }

    @Test
    void withoutAnIndexItCannotBeToldWhetherTheBlocksHeldRows() throws SQLException {
        for (var table : List.of("bare_ahead", "bare_counted")) {
            assertThat(verify("public." + table)).as(table).isInstanceOf(Inconclusive.class);
        }
    }

    private static void failed(String piece, String said) throws SQLException {
        assertThat(verify(piece))
                .as(piece)
                .isInstanceOf(Failed.class)
                .extracting(Outcome::seen)
                .asString()
                .contains(said);
    }

    private static Outcome verify(String piece) throws SQLException {
        try (var connection = server.connect()) {
            return Amcheck.verify(connection, EnginePiece.parse(piece));
        }
    }
}
