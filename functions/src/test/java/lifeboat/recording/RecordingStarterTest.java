package lifeboat.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
import lifeboat.recovery.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What starts recordings: the hour, or a person.
class RecordingStarterTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-26T00:40:00Z");
    private static final Environment SHOP = Example.environment(
            Example.workload("catalog", Example.PRODUCTS, asked("carts"), asked("orders")),
            Example.workload("payments", Example.table("cards")));

    private final List<Recording> started = new ArrayList<>();
    private final RecordingStarter starter = new RecordingStarter(SHOP, started::add, false);

    @Test
    void everyResourceThatAsksIsRecordedOnceADay() {
        for (var hour = 0; hour < 24; hour++) {
            starter.start(new RecordRequest.Hour(MIDNIGHT.plus(Duration.ofHours(hour))), "call " + hour);
        }

        assertThat(started.stream().map(recording -> recording.resource().value()))
                .containsExactlyInAnyOrder("carts", "orders");
    }

    @Test
    void sameHourStartsTheSameHoweverOftenAndLateItIsTold() {
        var crowd = new RecordingStarter(
                Example.environment(Example.workload(
                        "crowd",
                        IntStream.range(0, 90).mapToObj(n -> asked("t" + n)).toArray(Resource[]::new))),
                started::add,
                false);
        var five = MIDNIGHT.plus(Duration.ofHours(5));
        var first = crowd.start(new RecordRequest.Hour(five), "one");
        var again = crowd.start(new RecordRequest.Hour(five.plusSeconds(900)), "two");

        assertThat(again).isEqualTo(first).isNotEmpty().hasSizeLessThan(20);
        assertThat(new HashSet<>(first)).hasSameSizeAs(first);
        assertThat(crowd.start(new RecordRequest.Hour(five.plus(Duration.ofDays(1))), "three"))
                .doesNotContainAnyElementsOf(first);
    }

    @Test
    void personStartsAWorkloadOrSomeOfItNow() {
        assertThat(ask("{'workload': 'catalog'}"))
                .extracting(recording -> recording.resource().value())
                .containsExactly("carts", "orders");
        assertThat(ask("{'workload': 'catalog', 'resources': ['orders', 'orders']}"))
                .singleElement()
                .satisfies(recording -> assertThat(recording.id().value()).matches("catalog-orders-[0-9a-f]{12}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                | LB-460 | "workload" is missing
                    []                                                | LB-460 | not a JSON object
                    {'workload': 'catalog', 'table': 'x'}             | LB-460 | field "table" is not allowed: at, resources, workload
                    {'workload': 7}                                   | LB-460 | workload 7 is not allowed
                    {'workload': 'shop'}                              | LB-460 | one of catalog, payments
                    {'workload': 'catalog', 'resources': []}          | LB-460 | a list of names
                    {'workload': 'catalog', 'resources': ['products']} | LB-461 | one of carts, orders
                    {'workload': 'payments'}                          | LB-461 | check fingerprint
                    {'at': 'noon'}                                    | LB-460 | not an instant
                    {'at': '2026-11-26T00:40:00Z', 'workload': 'catalog'} | LB-460 | with no other field
                    """, quoteCharacter = '`')
    void whatIsNotUnderstoodIsRefusedBeforeAnythingStarts(String request, String code, String says) {
        assertThatThrownBy(() -> ask(request))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(code)
                .hasMessageContaining(says);
        assertThat(started).isEmpty();
    }

    @Test
    void elsewhereThanWhereLiveIsNothingIsStarted() {
        var away = new RecordingStarter(SHOP, started::add, true);

        assertThatThrownBy(() -> away.start(new RecordRequest.Hour(MIDNIGHT), "call"))
                .hasMessageContaining("LB-457");
    }

    @Test
    void namesOfFullLengthFitTheNameOfAnExecution() {
        Workload longest = Example.workload("w".repeat(32), asked("r".repeat(24)));

        assertThat(Recording.of(
                                "call",
                                longest.name(),
                                longest.resources().getFirst().name())
                        .id()
                        .value())
                .hasSizeLessThanOrEqualTo(80);
    }

    private List<Recording> ask(String request) {
        try {
            return starter.start(
                    RecordRequestReader.read(new ObjectMapper().readTree(request.replace('\'', '"'))), "call");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Resource asked(String name) {
        return new Resource.DynamoDbTable(
                new ResourceName(name),
                "techmoda-" + name,
                Optional.empty(),
                List.of(new Check.Fingerprint(Optional.empty())));
    }
}
