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

/// Files of a stopped server are damaged; started again, it is asked for its own verification. Checksums of pages are
/// ignored, as where there are none.
class DamagedFilesTest {
    private static final String TABLES =
            "sound zeroed vacuumed analyzed uncounted cut cut_uncounted toast_zeroed toast_cut btree_zeroed duplicated garbled one_page";

    private static final List<String> INDEXES = List.of(
            "gin_array on by_gin using gin (a)",
            "gin_text on by_gin using gin (d)",
            "gin_trigram on by_gin using gin (v gin_trgm_ops)",
            "gist_range on by_gist using gist (r)",
            "gist_int on by_gist using gist (id)",
            "gist_text on by_gist using gist (d)",
            "expression on by_gist using gist (int4range(id, id + 3))",
            "spgist_text on by_spgist using spgist (v)",
            "hash_id on by_hash using hash (id)",
            "partial on by_hash using hash (v) where id < 500",
            "brin_id on by_brin using brin (id)",
            "i_gin on t_gin using gin (a)",
            "i_ginhead on t_ginhead using gin (a)",
            "i_ginleaf on t_ginleaf using gin (a)",
            "i_gist on t_gist using gist (r)",
            "i_spgist on t_spgist using spgist (v)",
            "i_hash on t_hash using hash (id)",
            "i_brin on t_brin using brin (id)");

    private static final String SETUP = """
            select lo_from_bytea(0, decode(repeat(md5('x'), 2000), 'hex'));
            create sequence broken_sequence;
            create table parted (id int, v text) partition by range (id);
            create table parted_1 partition of parted for values from (0) to (10000);
            insert into parted select i, 'v' from generate_series(1, 2000) i;
            create table seen_of as select * from generate_series(1, 2000) i;
            create materialized view seen as select * from seen_of""";

    private static final String LAST = """
            vacuum analyze sound, vacuumed, cut, toast_zeroed, toast_cut, one_page, seen, parted, pg_largeobject;
            analyze analyzed;
            update pg_index set indisready = false where indexrelid = 'duplicated_pkey'::regclass;
            insert into duplicated values (7, 'again', 'again');
            update pg_index set indisready = true, indisunique = false where indexrelid = 'duplicated_pkey'::regclass;
            reindex index duplicated_pkey;
            update pg_index set indisunique = true where indexrelid = 'duplicated_pkey'::regclass;
            checkpoint""";

    /// What, how, and the blocks from and to; to the end of the file where the last is negative.
    private static final String DAMAGE = """
            zeroed zero 0 -1
            vacuumed zero 0 -1
            analyzed zero 0 -1
            uncounted zero 0 -1
            one_page zero 3 4
            seen zero 0 -1
            parted_1 zero 0 -1
            broken_sequence zero 0 -1
            btree_zeroed_pkey zero 0 -1
            i_gin zero 0 -1
            i_ginhead zero 0 1
            i_ginleaf zero 2 3
            i_gist zero 0 -1
            i_spgist zero 0 -1
            i_hash zero 0 -1
            i_brin zero 0 -1
            cut cut 2 -1
            cut_uncounted cut 2 -1
            toast_zeroed zero 0 -1
            toast_cut cut 10 -1
            garbled garble 0 -1
            pg_largeobject zero 0 -1""";

    @TempDir
    static Path folder;

    private static FilesOfAServer server;

    @BeforeAll
    static void aServerWhoseFilesAreDamaged() throws IOException, SQLException {
        server = new FilesOfAServer(folder);
        server.execute("create extension pg_trgm; create extension btree_gist; set allow_system_table_mods = on");
        server.execute(SETUP.split(";\n"));
        for (var table : List.of(TABLES.split(" "))) {
            server.execute(
                    "create table %1$s (id int primary key, v text, t text storage external)".formatted(table),
                    "insert into %s select i, 'v' || i, repeat(md5(i::text), 300) from generate_series(1, 2000) i"
                            .formatted(table));
        }
        for (var index : INDEXES) {
            var table = index.replaceAll(".* on (\\w+) .*", "$1");
            server.execute(
                    "create table if not exists %s (id int, v text, a int[], r int4range, d tsvector)".formatted(table),
                    "insert into %s select i, 'value ' || i, array[i, i + 1], int4range(i, i + 5), to_tsvector('simple', 'word' || i || ' text') from generate_series(1, 2000) i"
                            .formatted(table),
                    "create index " + index);
        }
        server.execute(LAST.split(";\n"));
        server.damage(DAMAGE.lines().toList());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void soundTablesPass() throws SQLException {
        for (var table : List.of("sound", "by_gin", "by_gist", "by_spgist", "by_hash", "by_brin")) {
            assertThat(verify("public." + table)).as(table).isInstanceOf(Passed.class);
        }
    }

    @Test
    void aHeapOfZeroesFails() throws SQLException {
        failed("public.vacuumed", "visibility map");
        failed("public.seen", "visibility map");
        failed("public.parted_1", "visibility map");
        failed("public.one_page", "1 blocks are not as the visibility map has them, block 3 first");
    }

    @Test
    void aHeapOfZeroesThatWasNeverVacuumedIsNotSound() throws SQLException {
        for (var table : List.of("zeroed", "analyzed", "uncounted")) {
            assertThat(verify("public." + table))
                    .as(table)
                    .isInstanceOf(Inconclusive.class)
                    .extracting(Outcome::seen)
                    .asString()
                    .contains("hold no row", "fingerprint");
        }
    }

    @Test
    void aHeapThatIsCutFails() throws SQLException {
        failed("public.cut", "has 2 blocks, its catalog counted");
        failed("public.cut_uncounted", "could not read blocks");
    }

    @Test
    void toastOfZeroesOrCutFails() throws SQLException {
        failed("public.toast_zeroed", "toast");
        failed("public.toast_cut", "toast");
    }

    @Test
    void aBTreeOfZeroesFails() throws SQLException {
        failed("public.btree_zeroed", "btree_zeroed_pkey");
    }

    @Test
    void anIndexOfZeroesOfWhateverMethodFails() throws SQLException {
        for (var index : List.of("i_gin", "i_ginhead", "i_ginleaf", "i_gist", "i_spgist", "i_hash", "i_brin")) {
            failed("public.t" + index.substring(1), index);
        }
    }

    @Test
    void duplicatesUnderAUniqueIndexFail() throws SQLException {
        failed("public.duplicated", "duplicated_pkey");
    }

    @Test
    void bytesThatAreNoTupleFail() throws SQLException {
        failed("public.garbled", "garbled");
    }

    @Test
    void duplicatesAreFoundInTheTableWhereTheServerDoesNotLookForThem() throws SQLException {
        try (var connection = server.connect()) {
            connection.setAutoCommit(false);
            var findings = new EngineFindings(connection);
            var check = new IndexCheck(findings, new HeapCheck(findings));
            check.duplicates("one", index("public.sound", "id"));
            assertThat(findings.outcome("q", "sound")).isInstanceOf(Passed.class);
            check.duplicates("two", index("public.duplicated", "id"));
            assertThat(findings.outcome("q", "sound"))
                    .isEqualTo(new Failed("q", "two is unique, but 2 rows have one key"));
        }
    }

    @Test
    void largeObjectsOfZeroesFail() throws SQLException {
        failed("catalogs", "pg_catalog.pg_largeobject: ");
    }

    @Test
    void blocksOfATableAreVerifiedByThemselves() throws SQLException {
        assertThat(verify("blocks 0-2 of public.one_page")).isInstanceOf(Passed.class);
        assertThat(verify("blocks 3-4 of public.one_page")).isInstanceOf(Failed.class);
        assertThat(verify("blocks 4-4294967294 of public.one_page")).isInstanceOf(Passed.class);
        failed("blocks 0-4294967294 of public.cut", "its catalog counted");
        failed("index public.btree_zeroed_pkey", "btree_zeroed_pkey");
    }

    @Test
    void whatIsGoneMeanwhileIsNotSound() throws SQLException {
        for (var piece : List.of("public.nothing", "index public.nothing", "blocks 0-3 of public.nothing")) {
            assertThat(verify(piece)).as(piece).isInstanceOf(Inconclusive.class);
        }
    }

    private static IndexCheck.Index index(String table, String keys) {
        return new IndexCheck.Index("btree", true, false, false, table, "", keys, false);
    }

    @Test
    void aSequenceOfZeroesFails() throws SQLException {
        failed("sequences", "broken_sequence");
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
