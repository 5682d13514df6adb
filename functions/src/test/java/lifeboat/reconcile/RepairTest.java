package lifeboat.reconcile;

import static lifeboat.reconcile.ScriptedRepairs.HERE;
import static lifeboat.reconcile.ScriptedRepairs.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.EnvironmentName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever speaks against a repair or an undo is said before the first write.
class RepairTest {
    private static final TableName ORDERS = TableName.of("orders");
    private static final Cap CAP = new Cap(50, false);

    @TempDir
    Path folder;

    private final ScriptedRepairs store = new ScriptedRepairs(Map.of());
    private Archive archive = new LocalArchive(Path.of("none"));
    private RepairPlan plan = new RepairPlan(
            new PlanId("0".repeat(32)),
            new RepairPlan.Header(HERE, new StoreIdentity("c"), new StoreIdentity("l"), NOW, Rules.plain(NOW), "s"),
            List.of(),
            List.of(),
            StructureFindings.NONE,
            List.of());

    @BeforeEach
    void compared() {
        archive = new LocalArchive(folder);
        plan = ScriptedRepairs.plan(archive, List.of(ORDERS), Map.of(ORDERS, Map.of(DifferenceClass.CHANGED, 3)));
    }

    @Test
    void rowsAreWrittenThenSequencesSettledThenEveryRowIsLookedAt() throws Refused {
        RepairReport report = repair(HERE, NOW, CAP);
        assertThat(report.total()).isEqualTo(new BatchOutcome(3, 0, List.of()));
        assertThat(report.verification()).isEqualTo(new RepairReport.Verification.Verified(3, 0));
        assertThat(report.settled()).containsExactly("settled");
        assertThat(report.plan()).isEqualTo(plan.id());
        assertThat(store.asked.subList(2, store.asked.size())).containsExactly("settle", "look at 2", "look at 1");
    }

    @Test
    void planThatIsStaleOrOfElsewhereIsRefused() {
        refused("LB-411", () -> repair(new EnvironmentName("test"), NOW, CAP));
        refused("LB-412", () -> repair(HERE, NOW.plus(Duration.ofDays(2)), CAP));
    }

    @Test
    void planBeyondTheCapIsRefused() {
        refused("LB-410", () -> repair(HERE, NOW, new Cap(1, false)));
    }

    @Test
    void whatTheStoreSaysAgainstItIsHeeded() {
        store.refusal = Optional.of(new Refusal("LB-420", "another structure", "compare again"));
        refused("LB-420", () -> repair(HERE, NOW, CAP));
        refused("LB-420", this::undo);
    }

    @Test
    void rowsThatWereChangedInTheArchiveAreRefused() throws IOException {
        Path chunk = folder.resolve(plan.chunks().getFirst().name());
        Files.writeString(chunk, Files.readString(chunk).replace("\"l\"", "\"x\""));
        refused("LB-414", () -> repair(HERE, NOW, CAP));
    }

    @Test
    void everyFileOfRowsIsCheckedBeforeTheFirstIsWritten() throws IOException {
        plan = ScriptedRepairs.plan(
                archive,
                List.of(ORDERS),
                Map.of(ORDERS, Map.of(DifferenceClass.CHANGED, 1, DifferenceClass.UNEXPECTED_IN_LIVE, 1)));
        Files.delete(folder.resolve(plan.chunks().getLast().name()));
        refused("LB-414", () -> repair(HERE, NOW, CAP));
    }

    @Test
    void secondOfTwoIsToldWhoIsAtIt() {
        store.holder = Optional.of("ann on bastion");
        refused("ann on bastion", () -> repair(HERE, NOW, CAP));
        refused("LB-415", this::undo);
    }

    @Test
    void undoOfWhatWasNeverCarriedOutIsRefused() {
        refused("LB-416", this::undo);
    }

    private void refused(String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOf(Refused.class).hasMessageContaining(why);
        assertThat(store.asked).as("what the store was asked to write").isEmpty();
    }

    private RepairReport repair(EnvironmentName at, Instant now, Cap cap) throws Refused {
        return new Repair(store, archive, Progress.SILENT).run(request(at, now, cap));
    }

    private RepairReport undo() throws Refused {
        return new Undo(store, archive, Progress.SILENT).run(request(HERE, NOW, CAP));
    }

    private RepairRequest request(EnvironmentName at, Instant now, Cap cap) {
        return new RepairRequest(plan.id(), at, now, RepairRequest.DEFAULT_MAX_AGE, cap, "a test");
    }
}
