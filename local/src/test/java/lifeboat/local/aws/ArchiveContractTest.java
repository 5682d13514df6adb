package lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import lifeboat.aws.S3Archive;
import lifeboat.reconcile.Archive;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.items.RepairLease;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an archive promises, whether it is a folder or a bucket.
class ArchiveContractTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path folder;

    enum Kind {
        FOLDER,
        BUCKET
    }

    @ParameterizedTest
    @EnumSource
    void fileAppearsWholeWhenItIsClosed(Kind kind) throws IOException {
        Archive archive = archive(kind);
        OutputStream out = archive.create("plans/a/plan.json");
        out.write("half".getBytes(StandardCharsets.UTF_8));
        assertThat(archive.has("plans/a/plan.json")).isFalse();
        out.write(" whole".getBytes(StandardCharsets.UTF_8));
        out.close();

        assertThat(text(archive, "plans/a/plan.json")).isEqualTo("half whole");
    }

    @ParameterizedTest
    @EnumSource
    void noFileIsEverReplaced(Kind kind) throws IOException {
        Archive archive = archive(kind);
        write(archive, "undo/a/1.rows", "first");

        assertThatThrownBy(() -> write(archive, "undo/a/1.rows", "second"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(text(archive, "undo/a/1.rows")).isEqualTo("first");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsNotThere(Kind kind) throws IOException {
        Archive archive = archive(kind);

        assertThat(archive.has("plans/b")).isFalse();
        assertThat(archive.text("plans/b")).isEmpty();
        assertThat(archive.list("plans/")).isEmpty();
        assertThatThrownBy(() -> archive.open("plans/b")).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @EnumSource
    void filesAreListedInOrderByTheirPrefix(Kind kind) throws IOException {
        Archive archive = archive(kind);
        for (int i = 0; i < 1_005; i++) {
            write(archive, "undo/p/%08d.rows".formatted(1_004 - i), "x");
        }
        write(archive, "undo/q/00000000.rows", "x");

        assertThat(archive.list("undo/p/"))
                .hasSize(1_005)
                .isSorted()
                .startsWith("undo/p/00000000.rows")
                .endsWith("undo/p/00001004.rows");
    }

    @ParameterizedTest
    @EnumSource
    void swapHoldsOnlyForWhoSawWhatIsThere(Kind kind) throws IOException {
        Archive archive = archive(kind);

        assertThat(archive.swap("leases/x", Optional.of("old"), Optional.of("new")))
                .isFalse();
        assertThat(archive.swap("leases/x", Optional.empty(), Optional.of("mine")))
                .isTrue();
        assertThat(archive.swap("leases/x", Optional.empty(), Optional.of("yours")))
                .isFalse();
        assertThat(archive.text("leases/x")).contains("mine");
        assertThat(archive.swap("leases/x", Optional.of("mine"), Optional.empty()))
                .isTrue();
        assertThat(archive.text("leases/x")).isEmpty();
        assertThat(archive.swap("leases/x", Optional.empty(), Optional.of("yours")))
                .isTrue();
        assertThat(archive.text("leases/x")).contains("yours");
    }

    @ParameterizedTest
    @EnumSource
    void rightToRepairStaysBetweenTheCallsOfARunAndIsGivenBackAtItsEnd(Kind kind) {
        Archive archive = archive(kind);
        StoreIdentity live = new StoreIdentity("postgresql:1 db.internal:5432/orders");

        assertThat(lease(archive, live, NOW).take("run one")).isEmpty();
        lease(archive, live, NOW).close();
        assertThat(lease(archive, live, NOW.plusSeconds(60)).take("run two")).contains("run one");
        assertThat(lease(archive, live, NOW.plusSeconds(60)).take("run one")).isEmpty();
        lease(archive, live, NOW.plusSeconds(61)).giveBack("run two");
        assertThat(lease(archive, live, NOW.plusSeconds(62)).take("run two")).contains("run one");
        lease(archive, live, NOW.plusSeconds(63)).giveBack("run one");
        assertThat(lease(archive, live, NOW.plusSeconds(64)).take("run two")).isEmpty();
        assertThat(lease(archive, live, NOW.plus(Duration.ofMinutes(22))).take("run three"))
                .isEmpty();
    }

    private static RepairLease lease(Archive archive, StoreIdentity live, Instant now) {
        return RepairLease.ofManyCalls(archive, live, Duration.ofMinutes(20), InstantSource.fixed(now));
    }

    private Archive archive(Kind kind) {
        return switch (kind) {
            case FOLDER -> new LocalArchive(folder);
            case BUCKET ->
                new S3Archive(
                        new S3StandIn(new World(
                                new Account("111122223333", "us-east-1"),
                                InstantSource.fixed(NOW),
                                Timings.brisk(),
                                FaultPlan.none(),
                                new Judge(),
                                Runnable::run)),
                        "lifeboat-plans-test-111122223333");
        };
    }

    private static void write(Archive archive, String name, String text) throws IOException {
        try (OutputStream out = archive.create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(Archive archive, String name) throws IOException {
        try (InputStream in = archive.open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
