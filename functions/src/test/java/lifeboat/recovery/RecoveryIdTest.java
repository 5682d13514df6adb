package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryIdTest {
    private static final Instant START = Instant.parse("2026-11-20T23:59:59Z");

    @Test
    void anExecutionThatIsNamedByAnIdKeepsIt() {
        assertThat(RecoveryId.ofExecution("20261119-k3v9x2", START)).isEqualTo(new RecoveryId("20261119-k3v9x2"));
    }

    @Test
    void anyOtherExecutionAlwaysGetsTheSameId() {
        String name = "4d0f7dd8-51ad-4d79-a4a4-a8d3b6e4ec02_1b7a";

        assertThat(RecoveryId.ofExecution(name, START))
                .isEqualTo(RecoveryId.ofExecution(name, START))
                .isNotEqualTo(RecoveryId.ofExecution(name + "x", START));
    }

    @Test
    void theDayIsThatOfTheStartInUtc() {
        assertThat(RecoveryId.from("call", START).value()).startsWith("20261120-");
        assertThat(RecoveryId.from("call", START.plusSeconds(1)).value()).startsWith("20261121-");
    }

    @Test
    void whateverItIsMadeFromItHasTheFormOfAnId() {
        Set<RecoveryId> ids = new HashSet<>();
        for (int number = 0; number < 10_000; number++) {
            ids.add(RecoveryId.from("call-" + number, START));
        }

        assertThat(ids).hasSizeGreaterThan(9_990);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20261120",
                "20261120-k3v9x",
                "20261120-k3v9x23",
                "20261120-K3V9X2",
                "2026112-k3v9x2",
                "../x",
                " 20261120-k3v9x2"
            })
    void anythingElseIsRefused(String value) {
        assertThatThrownBy(() -> new RecoveryId(value))
                .hasMessage("LB-102 recovery \"%s\" is not allowed: a recovery's id, for example 20261120-k3v9x2"
                        .formatted(value));
    }
}
