package lifeboat.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/// How failures end a command.
class OutcomeTest {
    @Test
    void aStoreThatCannotBeReachedIsNoDifference() throws Exception {
        StringWriter said = new StringWriter();
        int code = Outcome.told(new PrintWriter(said), () -> {
            throw SdkClientException.create("connection refused");
        });
        assertThat(code).isEqualTo(2);
        assertThat(said.toString()).contains("failed: connection refused", "hint:");
    }

    @Test
    void onlyAProcessThatIsGoneIsDead() {
        assertThat(RepairCommand.isDead("repair of plan 1 by ann, process "
                        + ProcessHandle.current().pid()))
                .isFalse();
        assertThat(RepairCommand.isDead("repair of plan 1 by ann, process 999999999"))
                .isTrue();
        assertThat(RepairCommand.isDead("repair of plan 1 by a function")).isFalse();
    }
}
