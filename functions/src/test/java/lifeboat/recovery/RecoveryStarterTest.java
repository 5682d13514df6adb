package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import lifeboat.catalog.Drill;
import lifeboat.catalog.WorkloadName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a schedule and a region switch start.
class RecoveryStarterTest {
    private final List<String> asked = new ArrayList<>();
    private final List<RecoveryId> started = new ArrayList<>();
    private final RecoveryStarter starter = new RecoveryStarter(
            Example.environment(
                    DrillCalendarTest.drilled("checkout", Drill.Cadence.DAY),
                    Example.workload("by-hand", Example.ORDERS)),
            new Executions() {
                @Override
                public void start(RecoveryId id, String request) {
                    started.add(id);
                    asked.add(request);
                }

                @Override
                public boolean running(String execution) {
                    throw new AssertionError("nobody asks");
                }
            });
    private Instant due = Example.START;

    @BeforeEach
    void findTheHour() {
        due = LongStream.range(0, 24)
                .mapToObj(hour -> Example.START.plusSeconds(hour * 3600))
                .filter(at -> !starter.drills(at).isEmpty())
                .findFirst()
                .orElseThrow();
        asked.clear();
        started.clear();
    }

    @Test
    void aDrillIsAskedForAsTheEnvironmentHasIt() {
        assertThat(starter.drills(due))
                .containsExactly(new RecoveryStarter.Started(new WorkloadName("checkout"), started.getFirst()));
        assertThat(asked).containsExactly("{\"workload\":\"checkout\",\"mode\":\"DRILL\",\"from\":\"RECOVERY_POINT\"}");
    }

    @Test
    void theSameHourStartsTheSameDrillAndTheNextDayAnother() {
        starter.drills(due);
        starter.drills(due);
        starter.drills(due.plusSeconds(86_400));

        assertThat(started.get(1)).isEqualTo(started.get(0));
        assertThat(started.get(2)).isNotEqualTo(started.get(0));
    }

    @Test
    void aWorkloadThatCannotBeStartedKeepsNoOtherFromBeingStarted() {
        RecoveryStarter half = new RecoveryStarter(
                Example.environment(
                        Example.workload("broken", Example.PRODUCTS), Example.workload("fine", Example.ORDERS)),
                new Executions() {
                    @Override
                    public void start(RecoveryId id, String request) {
                        if (request.contains("broken")) {
                            throw new IllegalStateException("throttled");
                        }
                        started.add(id);
                    }

                    @Override
                    public boolean running(String execution) {
                        throw new AssertionError("nobody asks");
                    }
                });

        assertThatThrownBy(() -> half.everything("region switch", due))
                .hasMessageStartingWith("1 of 2 recoveries could not be started, the first is broken: ")
                .hasMessageContaining("throttled");
        assertThat(started).hasSize(1);
    }

    @Test
    void aLostRegionIsAnIncidentOfEveryWorkload() {
        starter.everything("region switch", due);

        assertThat(asked)
                .containsExactly(
                        "{\"workload\":\"checkout\",\"mode\":\"INCIDENT\"}",
                        "{\"workload\":\"by-hand\",\"mode\":\"INCIDENT\"}");
        assertThat(started).doesNotHaveDuplicates();
        starter.drills(due);
        assertThat(started).doesNotHaveDuplicates();
    }
}
