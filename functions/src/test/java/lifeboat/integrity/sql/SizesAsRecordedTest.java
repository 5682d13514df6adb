package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Check;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.integrity.BeyondEnd;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.FileSizes;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RelationFile;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.TableContents;
import lifeboat.recording.InMemoryRecords;
import lifeboat.recording.Recorder;
import lifeboat.recording.Recording;
import lifeboat.recording.RecordingId;
import lifeboat.recovery.Example;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database is recorded; what becomes of it then, its files among it, stands for its copy.
class SizesAsRecordedTest {
    private static final String KEYED = "same cut emptied grown rewritten dropped";
    private static final String KEYLESS = "bare_cut bare_emptied bare_bloated by_hash by_gist";

    /// What live goes through after it was recorded, and its copy with it.
    private static final String SINCE = """
            delete from emptied where id > 1000
            delete from bare_emptied where id > 1000
            vacuum emptied, bare_emptied, bare_bloated
            insert into grown select i, 'v' from generate_series(5001, 9000) i
            vacuum full rewritten
            drop table dropped
            create table young (id int)
            checkpoint""";

    private static final String DAMAGE = """
            cut cut 60 -1
            bare_cut cut 60 -1
            bare_seen cut 60 -1
            toast_cut cut -10 -1
            i_hash cut 1 -1
            i_gist cut -3 -1""";

    @TempDir
    static Path folder;

    private static FilesOfAServer server;
    private static final InMemoryRecords RECORDS = new InMemoryRecords();
    private static Instant point = Instant.now();

    @BeforeAll
    static void aDatabaseIsRecordedAndGoesOnAndIsDamaged() throws IOException, SQLException {
        server = new FilesOfAServer(folder);
        server.execute(
                "create table toast_cut (id int primary key, v text storage external)",
                "insert into toast_cut select i, repeat(md5(i::text), 300) from generate_series(1, 300) i");
        for (var table : List.of((KEYED + " " + KEYLESS).split(" "))) {
            server.execute(
                    "create table %s (id int %s, v text)"
                            .formatted(table, List.of(KEYED.split(" ")).contains(table) ? "primary key" : ""),
                    "insert into %s select i, repeat('v', 200) from generate_series(1, 4000) i".formatted(table));
        }
        server.execute(
                "create extension btree_gist",
                "create index i_hash on by_hash using hash (id)",
                "create materialized view bare_seen as select * from bare_cut",
                "create index i_gist on by_gist using gist (id)",
                "delete from bare_bloated where id > 1000");
        record();
        server.execute(SINCE.split("\n"));
        point = Instant.now().plus(Duration.ofSeconds(1));
        server.damage(DAMAGE.lines().toList());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void filesThatAreAsLongOrLongerPass() {
        for (var table : List.of("same", "grown")) {
            assertThat(outcome(table)).as(table).isInstanceOf(Passed.class);
            assertThat(outcome(table).seen()).as(table).contains("files that are as long as at", "0 written anew");
        }
    }

    @Test
    void aTableThatWasCutFailsWhereAnIndexLeadsToRowsThatAreGone() {
        assertThat(outcome("cut")).isInstanceOf(Failed.class);
        assertThat(outcome("cut").seen())
                .contains("public.cut has 60 blocks, 118 were recorded at")
                .contains("index public.cut_pkey leads to rows beyond");
        assertThat(outcome("toast_cut")).isInstanceOf(Failed.class);
        assertThat(outcome("toast_cut").seen()).contains("pg_toast.pg_toast_");
    }

    @Test
    void aTableThatAVacuumShortenedPassesAndIsTold() {
        assertThat(outcome("emptied")).isInstanceOf(Passed.class);
        assertThat(outcome("emptied").seen())
                .contains("shorter, but without a row lost: public.emptied has 30 blocks, 118 were recorded");
    }

    @Test
    void withoutAnIndexOnlyTheRowsThatWereRecordedTellWhetherOneIsLost() {
        assertThat(outcome("bare_bloated")).isInstanceOf(Passed.class);
        assertThat(outcome("bare_bloated").seen()).contains("public.bare_bloated has 30 blocks, 118 were recorded");
        for (var table : List.of("bare_cut", "bare_emptied", "bare_seen")) {
            assertThat(outcome(table)).as(table).isInstanceOf(Inconclusive.class);
            assertThat(outcome(table).seen()).as(table).contains("emptied by VACUUM or cut, which cannot be told");
        }
    }

    @Test
    void rowsThatWereRecordedBeforeTheFilesTellNothing() {
        var later = new InMemoryRecords();
        later.recorded.addAll(RECORDS.recorded);
        later.files.add(new RecordedFiles(RECORDS.files.getFirst().files(), point));
        assertThat(outcome("bare_bloated", point, later)).isInstanceOf(Inconclusive.class);
    }

    @Test
    void anIndexThatIsShorterFailsOrIsAGap() {
        assertThat(outcome("by_hash")).isInstanceOf(Failed.class);
        assertThat(outcome("by_hash").seen()).contains("public.i_hash has 1 blocks", "no operation makes an index");
        assertThat(outcome("by_gist")).isInstanceOf(Inconclusive.class);
        assertThat(outcome("by_gist").seen()).contains("public.i_gist has", "REINDEX");
    }

    @Test
    void whatWasWrittenAnewOrIsNewIsSaidNotToBeCompared() {
        assertThat(outcome("rewritten")).isInstanceOf(Passed.class);
        assertThat(outcome("rewritten").seen()).contains("sizes not compared", "4 written anew since");
        assertThat(outcome("young").seen()).contains("sizes not compared", "1 not recorded");
    }

    @Test
    void withoutARecordUpToThePointItIsSaid() {
        var before = RECORDS.files.getFirst().until().minusNanos(1);
        assertThat(outcome("cut", before, RECORDS)).isInstanceOf(Passed.class);
        assertThat(outcome("cut", before, RECORDS).seen()).isEqualTo("sizes not compared: no record up to " + before);
    }

    @Test
    void theCheckOfTheWholeDatabaseNamesWhatIsDamaged() {
        assertThat(outcome(".*").seen()).contains("public.cut has", "public.i_hash has");
        assertThat(RECORDS.files.getFirst().files()).hasSizeGreaterThan(20);
    }

    private static void record() {
        var recorder = new Recorder(
                Example.environment(Example.workload("catalog", resource())), contents(), RECORDS, RECORDS, files());
        var recording = new Recording(
                new RecordingId("catalog-orders-0123456789ab"),
                Example.CATALOG,
                resource().name());
        var pieces = recorder.plan(recording);
        pieces.forEach(piece -> recorder.read(recording, piece));
        recorder.record(recording, pieces);
    }

    private static Outcome outcome(String table) {
        return outcome(table, point, RECORDS);
    }

    private static Outcome outcome(String table, Instant at, InMemoryRecords records) {
        var recorded = new RecordedContents(contents(), records, only("public\\." + table));
        var subject =
                new Subject(resource(), new CopyName("lifeboat-drill-1-orders"), at, at, Subject.LiveTrust.ABSENT);
        var piece = new Segment("engine sizes");
        assertThat(recorded.plan(subject)).contains(piece);
        assertThat(recorded.plans(piece)).isTrue();
        var evidence = new HashMap<Segment, Evidence>();
        evidence.put(piece, recorded.inspect(Example.CATALOG, subject, piece));
        return Conclusion.of(subject, List.of(piece), evidence, Map.of())
                .outcomes()
                .getLast();
    }

    private static Resource resource() {
        return new Resource.RdsInstance(
                new ResourceName("orders"),
                "techmoda-orders",
                new SqlAccess("postgres", "techmoda/orders"),
                Optional.empty(),
                List.of(new Check.Fingerprint(Optional.empty()), new Check.EngineCheck()));
    }

    private static FileSizes files() {
        return new PostgresFileSizes(new Databases() {
            @Override
            public Connection live(Resource resource) throws SQLException {
                return server.connect();
            }

            @Override
            public Connection copy(Resource resource, CopyName copy) throws SQLException {
                return server.connect();
            }
        });
    }

    /// The files of some tables.
    private static FileSizes only(String tables) {
        var all = files();
        return new FileSizes() {
            @Override
            public Optional<RecordedFiles> live(Resource resource) {
                throw new AssertionError("recorded already");
            }

            @Override
            public List<RelationFile> copy(Subject subject) {
                return all.copy(subject).stream()
                        .filter(file -> file.table().matches(tables))
                        .toList();
            }

            @Override
            public Map<RelationFile, BeyondEnd> beyond(Subject subject, List<RelationFile> files) {
                return all.beyond(subject, files);
            }
        };
    }

    private static ContentReader contents() {
        return new ContentReader() {
            @Override
            public List<ContentPiece> pieces(Resource resource, String physicalName) {
                try (var tables = TableContents.open(new Endpoint(server.url()), Optional.empty())) {
                    return tables.tables().keySet().stream()
                            .map(table -> ContentPiece.whole(new Segment(table.toString())))
                            .toList();
                }
            }

            @Override
            public TableContent read(
                    Resource resource,
                    String physicalName,
                    ContentPiece piece,
                    Optional<String> explainedBy,
                    Optional<TableContent.Since> since) {
                try (var tables = TableContents.open(new Endpoint(server.url()), explainedBy)) {
                    var name = tables.tables().keySet().stream()
                            .filter(table ->
                                    table.toString().equals(piece.what().label()))
                            .findFirst();
                    return tables.of(name.orElseThrow(), since);
                }
            }

            @Override
            public String table(Resource resource, ContentPiece piece) {
                return piece.what().label();
            }
        };
    }
}
