package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.flow.Ended;
import lifeboat.reconcile.flow.Run;
import lifeboat.reconcile.flow.RunId;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.Example;
import org.junit.jupiter.api.Test;

class ReconcileLettersTest {
    private static final PlanId PLAN = new PlanId("0123456789abcdef0123456789abcdef");
    private final List<Letter> sent = new ArrayList<>();
    private final ReconcileLetters letters = new ReconcileLetters(Example.environment(), sent::add);
    private final Run run = new Run(
            new RunId("run-20261120-k3v9x2"),
            Example.ID,
            new ResourceName("orders"),
            new Run.Work.Apply(PLAN, Cap.DEFAULT, Triggers.ASK, Optional.empty()));

    @Test
    void verdictStandsInTheSubjectAndTheWayBackInTheBody() {
        letters.tell(
                run,
                new Ended(Ended.State.REPAIRED, "orders REPAIRED: 36 rows, 0 skipped", "DONE.\n", Optional.of(PLAN)));

        assertThat(sent).singleElement().satisfies(letter -> {
            assertThat(letter.subject()).isEqualTo("[prod] orders REPAIRED: 36 rows, 0 skipped");
            assertThat(letter.body()).isEqualTo("""
                    orders REPAIRED: 36 rows, 0 skipped

                      run         run-20261120-k3v9x2
                      resource    orders
                      copy of     recovery 20261120-k3v9x2
                      plan        0123456789abcdef0123456789abcdef

                    DONE.

                    What to do next: compare again to see where live stands; to take it back: {"action": "undo", "plan": "0123456789abcdef0123456789abcdef"}
                    """);
        });
    }

    @Test
    void runThatFailedSaysWhatToDo() {
        letters.tell(
                run,
                new Ended(Ended.State.FAILED, "orders: reconcile FAILED", "LB-415 another repair\n", Optional.empty()));

        assertThat(sent).singleElement().satisfies(letter -> {
            assertThat(letter.subject()).contains("FAILED");
            assertThat(letter.body())
                    .contains("LB-415")
                    .contains("plan        none")
                    .contains("ask for the same again");
        });
    }
}
