package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.integrity.Tally.Kind;
import lifeboat.reconcile.check.ContentAsInLive;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Restored tables beside their live ones, in a real engine.
class DynamoDbInspectionsTest {
    private static final DynamoDbClient DYNAMODB = LocalDynamoDb.client();
    private static final DynamoDbSides SIDES = new DynamoDbSides(ItemTables.client());
    private static final Instant POINT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant INCIDENT = Instant.parse("2026-11-20T11:00:00Z");
    private static final Check.Items ONE_ITEM = new Check.Items(1);
    private static final Check.MatchesLive MATCHES = new Check.MatchesLive(Optional.of("updatedAt"));

    private final String live = LocalDynamoDb.tableName("products");
    private final CopyName copy = new CopyName("lifeboat-drill-" + UUID.randomUUID());
    private final DynamoDbInspections inspections = new DynamoDbInspections(
            DYNAMODB,
            DYNAMODB,
            new ContentAsInLive(
                    (subject, explainedBy) ->
                            SIDES.comparison(subject.live(), subject.copy(), Set.of(), explainedBy, List.of()),
                    InstantSource.fixed(INCIDENT)));

    @BeforeEach
    void bothTablesStand() {
        create(live, index("byCategory", ProjectionType.ALL));
        create(copy.value(), index("byCategory", ProjectionType.ALL));
    }

    @Test
    void aFaithfulCopyPassesEverything() {
        for (var i = 0; i < 120; i++) {
            put(live, item(i, POINT.minusSeconds(i)));
            put(copy.value(), item(i, POINT.minusSeconds(i)));
        }
        var conclusion = inspect(subject(LiveTrust.TRUSTED, new Check.Items(120), MATCHES));
        assertThat(conclusion.outcomes()).hasSize(4).allMatch(Passed.class::isInstance);
        assertThat(conclusion.tally().count(Kind.COPY_ROWS)).isEqualTo(120);
        assertThat(conclusion.tally().count(Kind.LIVE_ROWS)).isEqualTo(120);
        assertThat(conclusion.tally().newestInCopy()).contains(POINT);
        assertThat(conclusion.tally().newestInLive()).contains(POINT);
        assertThat(conclusion.samples()).isEmpty();
    }

    @Test
    void aMissingIndexIsSaid() {
        DYNAMODB.deleteTable(request -> request.tableName(copy.value()));
        create(copy.value());
        assertThat(inspect(subject(LiveTrust.TRUSTED)).outcomes())
                .contains(new Failed("structure as in live", "index byCategory is missing"));
        assertThat(inspect(subject(LiveTrust.SUSPECT)).outcomes())
                .contains(new Observed("structure as in live", "index byCategory is missing; live itself is suspect"));
        assertThat(inspect(subject(LiveTrust.ABSENT)).outcomes().getFirst()).isInstanceOf(Observed.class);
    }

    @Test
    void anIndexOfAnotherShapeAndOneTooManyAreSaid() {
        DYNAMODB.deleteTable(request -> request.tableName(copy.value()));
        create(copy.value(), index("byCategory", ProjectionType.KEYS_ONLY), index("extra", ProjectionType.ALL));
        assertThat(inspect(subject(LiveTrust.TRUSTED)).outcomes().getFirst().seen())
                .isEqualTo(
                        "index byCategory is global (HASH category S) KEYS_ONLY, in live global (HASH category S) ALL; "
                                + "index extra is not in live");
    }

    @Test
    void anotherKeyIsSaid() {
        DYNAMODB.deleteTable(request -> request.tableName(copy.value()));
        DYNAMODB.createTable(CreateTableRequest.builder()
                .tableName(copy.value())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("id", KeyType.HASH))
                .attributeDefinitions(attribute("id", ScalarAttributeType.N))
                .build());
        assertThat(inspect(subject(LiveTrust.TRUSTED)).outcomes().getFirst())
                .isEqualTo(new Failed(
                        "structure as in live",
                        "key is (HASH id N), in live (HASH id S, RANGE part N); index byCategory is missing"));
    }

    @Test
    void whereNothingNeedsTheItemsTheyAreNotRead() {
        var subject = new Subject(table(Optional.empty()), copy, POINT, INCIDENT, LiveTrust.TRUSTED);
        assertThat(inspections.plan(subject)).containsExactly(new Segment("structure"));
    }

    @Test
    void itemsAloneAreCountedWithoutReadingLive() {
        put(copy.value(), item(1, POINT));
        DYNAMODB.deleteTable(request -> request.tableName(live));
        var subject = new Subject(table(Optional.empty(), ONE_ITEM), copy, POINT, INCIDENT, LiveTrust.TRUSTED);
        assertThat(inspections.inspect(subject, new Segment("scan 1/1")).tally().count(Kind.COPY_ROWS))
                .isEqualTo(1);
    }

    @Test
    void withoutLiveTheCopyIsCountedAndItsNewestWriteFound() {
        put(copy.value(), item(1, POINT.minusSeconds(5)));
        DYNAMODB.deleteTable(request -> request.tableName(live));
        var conclusion = inspect(subject(LiveTrust.ABSENT, ONE_ITEM, MATCHES));
        assertThat(conclusion.tally().newestInCopy()).contains(POINT.minusSeconds(5));
        assertThat(conclusion.outcomes().stream().map(Object::getClass).toList())
                .isEqualTo(List.of(Observed.class, Passed.class, Passed.class, Observed.class));
    }

    @Test
    void aTableThatIsNotThereIsThrownNotReportedAsSound() {
        DYNAMODB.deleteTable(request -> request.tableName(copy.value()));
        var subject = subject(LiveTrust.TRUSTED);
        assertThatThrownBy(() -> inspections.inspect(subject, new Segment("structure")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> inspections.inspect(subject, new Segment("scan 1/1")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aWriteThatTheCopyLacksIsLostUpToTheIncidentAndHiddenAfterIt() {
        both(item(1, POINT.minusSeconds(1)));
        put(live, item(2, INCIDENT));
        put(live, item(3, INCIDENT.plusNanos(1_000_000)));
        put(copy.value(), item(4, POINT.minusSeconds(9)));
        put(live, item(4, POINT.minusSeconds(8)));
        put(copy.value(), item(5, POINT.minusSeconds(7)));
        put(live, item(5, POINT.minusSeconds(8)));
        var tally = inspect(subject(LiveTrust.TRUSTED)).tally();
        assertThat(tally.count(Kind.LOST_WRITES)).isEqualTo(2);
        assertThat(tally.count(Kind.REWRITTEN_SINCE)).isEqualTo(1);
        assertThat(tally.newestInLive()).contains(INCIDENT);
        assertThat(tally.newestInCopy()).contains(POINT.minusSeconds(1));
    }

    @Test
    void timesThatCannotBeReadAreCountedOnBothSides() {
        both(with(item(1, POINT), "updatedAt", fromS("yesterday")));
        both(without(item(2, POINT), "updatedAt"));
        put(live, with(item(3, POINT), "updatedAt", fromL(List.of())));
        var conclusion = inspect(subject(LiveTrust.TRUSTED));
        assertThat(conclusion.tally().count(Kind.UNREADABLE_TIMES)).isEqualTo(5);
        assertThat(conclusion.outcomes().getLast())
                .isEqualTo(new Inconclusive("time of the newest write", "5 times of last write cannot be read"));
    }

    @Test
    void aTimeInTheCopyAfterItsPointFailsUnlessLiveHoldsItToo() {
        both(item(1, POINT));
        put(copy.value(), item(2, POINT.plusSeconds(61)));
        assertThat(inspect(subject(LiveTrust.TRUSTED)).outcomes().getLast()).isInstanceOf(Failed.class);
        assertThat(inspect(subject(LiveTrust.ABSENT)).outcomes().getLast()).isInstanceOf(Failed.class);
        put(live, item(2, POINT.plusSeconds(61)));
        assertThat(inspect(subject(LiveTrust.TRUSTED)).outcomes().getLast()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void timesMayBeNumbersToo() {
        both(with(item(1, POINT), "updatedAt", fromN("1763633730")));
        both(with(item(2, POINT), "updatedAt", fromN("1763633730500")));
        assertThat(inspect(subject(LiveTrust.TRUSTED)).tally().newestInCopy())
                .contains(Instant.parse("2025-11-20T10:15:30.500Z"));
    }

    @Test
    void whatLiveWroteSinceThePointInTimeIsExplainedAndCounted() {
        put(live, item(1, POINT.plusSeconds(1)));
        put(copy.value(), item(2, POINT.minusSeconds(1)));
        put(live, item(2, POINT.plusSeconds(2)));
        var conclusion = inspect(subject(LiveTrust.TRUSTED, MATCHES));
        assertThat(conclusion.tally().count(Kind.EXPLAINED)).isEqualTo(2);
        assertThat(conclusion.tally().differences()).isZero();
        assertThat(conclusion.outcomes().getLast())
                .as("where everything is explained nothing is proven")
                .isInstanceOf(Inconclusive.class);
        both(item(3, POINT));
        both(item(4, POINT));
        assertThat(inspect(subject(LiveTrust.TRUSTED, MATCHES)).outcomes().getLast())
                .isInstanceOf(Passed.class);
    }

    @Test
    void anEmptyCopyIsNotProvenByWritesSince() {
        for (var i = 0; i < 100; i++) {
            put(live, item(i, POINT.plusSeconds(1)));
        }
        var outcome = inspect(subject(LiveTrust.TRUSTED, MATCHES)).outcomes().getLast();
        assertThat(outcome).isInstanceOf(Inconclusive.class);
        assertThat(outcome.seen()).contains("100 explained", "at least 0 equal");
    }

    @Test
    void tablesWithoutItemsProveNothing() {
        assertThat(inspect(subject(LiveTrust.TRUSTED, MATCHES)).outcomes().getLast())
                .isInstanceOf(Inconclusive.class)
                .satisfies(outcome -> assertThat(outcome.seen()).contains("there were no rows to compare"));
    }

    @Test
    void aTimeInTheCopyAfterItsPointFailsTheContentWhereLiveDoesNotHoldIt() {
        for (var i = 0; i < 9; i++) {
            both(item(i, POINT));
        }
        put(copy.value(), item(9, POINT.plusSeconds(61)));
        put(live, item(9, POINT.plusSeconds(100)));
        assertThat(inspect(subject(LiveTrust.TRUSTED, MATCHES)).outcomes().getLast())
                .isInstanceOf(Failed.class)
                .satisfies(outcome -> assertThat(outcome.seen()).contains("1 rows", "after its point in time"));
        assertThat(inspect(subject(LiveTrust.SUSPECT, MATCHES)).outcomes().getLast())
                .isInstanceOf(Failed.class);
    }

    @Test
    void itemsThatOnlyTheCopyHasAreAGap() {
        for (var i = 0; i < 9; i++) {
            both(item(i, POINT));
        }
        put(copy.value(), item(9, POINT));
        assertThat(inspect(subject(LiveTrust.TRUSTED, MATCHES)).outcomes().getLast())
                .isInstanceOf(Inconclusive.class);
    }

    @Test
    void itemsAreCountedOnceThoughTheyAreComparedToo() {
        for (var i = 0; i < 9; i++) {
            both(item(i, POINT));
        }
        var conclusion = inspect(subject(LiveTrust.TRUSTED, new Check.Items(10), MATCHES));
        assertThat(conclusion.outcomes()).contains(new Failed("items >= 10", "9 items"));
        assertThat(inspect(subject(LiveTrust.TRUSTED, MATCHES, new Check.Items(9)))
                        .outcomes())
                .contains(new Passed("items >= 9", "9 items"));
    }

    @Test
    void whatDynamoDbWouldNotHaveDeletedIsMissing() {
        DYNAMODB.updateTimeToLive(request -> request.tableName(live)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
        both(item(9, POINT));
        put(copy.value(), with(item(1, POINT), "expires", fromN("0")));
        put(copy.value(), with(item(2, POINT), "expires", fromN("1")));
        var sixYears = INCIDENT.minus(Duration.ofDays(6 * 366)).getEpochSecond();
        put(copy.value(), with(item(3, POINT), "expires", fromN(Long.toString(sixYears))));
        put(copy.value(), with(item(4, POINT), "expires", fromN(Long.toString(POINT.toEpochMilli()))));
        var tally = inspect(subject(LiveTrust.TRUSTED, MATCHES)).tally();
        assertThat(tally.count(Kind.EXPLAINED)).isZero();
        assertThat(tally.count(Kind.MISSING_IN_LIVE)).isEqualTo(4);
    }

    @Test
    void withoutAnAttributeThatExplainsEveryDifferenceCounts() {
        put(live, item(1, POINT.plusSeconds(1)));
        var conclusion = inspect(subject(LiveTrust.TRUSTED, new Check.MatchesLive(Optional.empty())));
        assertThat(conclusion.tally().count(Kind.UNEXPECTED_IN_LIVE)).isEqualTo(1);
        assertThat(conclusion.outcomes().getLast()).isInstanceOf(Failed.class);
        assertThat(conclusion.samples()).singleElement().asString().contains("unexpected in live", "p-1");
    }

    @Test
    void anItemThatHasExpiredInLiveIsExplained() {
        DYNAMODB.updateTimeToLive(request -> request.tableName(live)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
        var second = INCIDENT.getEpochSecond();
        put(copy.value(), with(item(1, POINT), "expires", fromN(Long.toString(second))));
        put(copy.value(), with(item(2, POINT), "expires", fromN(Long.toString(second + 1))));
        put(copy.value(), with(item(3, POINT), "expires", fromS("1")));
        var tally = inspect(subject(LiveTrust.TRUSTED, MATCHES)).tally();
        assertThat(tally.count(Kind.EXPLAINED)).isEqualTo(1);
        assertThat(tally.count(Kind.MISSING_IN_LIVE)).isEqualTo(2);
    }

    @Test
    void aSegmentOfAScanSeesItsShareAndAllTogetherSeeEverything() {
        for (var i = 0; i < 60; i++) {
            both(item(i, POINT));
        }
        var subject = subject(LiveTrust.TRUSTED, MATCHES);
        var shares = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> inspections
                        .inspect(subject, Segment.of("content", "scan %d/5 by 1".formatted(i)))
                        .tally())
                .toList();
        assertThat(shares).allMatch(share -> share.count(Kind.COPY_ROWS) < 60);
        assertThat(shares.stream()
                        .mapToLong(share -> share.count(Kind.COPY_ROWS))
                        .sum())
                .isEqualTo(60);
        assertThat(shares.stream()
                        .mapToLong(share -> share.count(Kind.LIVE_ROWS))
                        .sum())
                .isEqualTo(60);
    }

    @Test
    void itemsThatFillManyPagesAreAllCompared() {
        for (var i = 0; i < 12; i++) {
            both(with(item(i, POINT.minusSeconds(1)), "blob", fromS("x".repeat(350_000))));
        }
        put(live, with(item(7, POINT.minusSeconds(1)), "blob", fromS("x".repeat(349_999) + "y")));
        var tally = inspect(subject(LiveTrust.TRUSTED, MATCHES)).tally();
        assertThat(tally.count(Kind.COPY_ROWS)).isEqualTo(12);
        assertThat(tally.count(Kind.LIVE_ROWS)).isEqualTo(12);
        assertThat(tally.count(Kind.CHANGED)).isEqualTo(1);
    }

    /// Random damage of every kind: what is counted is what was done.
    @Test
    void randomDamageIsCountedExactly() {
        var random = new Random(42);
        var expected = new TreeMap<String, Long>();
        Consumer<String> expect = kind -> expected.merge(kind, 1L, Long::sum);
        for (var i = 0; i < 160; i++) {
            damage(i, random, expect);
        }
        var tally = inspect(subject(LiveTrust.TRUSTED, MATCHES)).tally();
        assertThat(Map.of(
                        "missing", tally.count(Kind.MISSING_IN_LIVE),
                        "changed", tally.count(Kind.CHANGED),
                        "unexpected", tally.count(Kind.UNEXPECTED_IN_LIVE),
                        "explained", tally.count(Kind.EXPLAINED),
                        "lost", tally.count(Kind.LOST_WRITES),
                        "rewritten", tally.count(Kind.REWRITTEN_SINCE)))
                .isEqualTo(expected);
    }

    private void damage(int i, Random random, Consumer<String> expect) {
        var item = item(i, POINT.minusSeconds(1 + random.nextInt(1000)));
        switch (random.nextInt(8)) {
            case 0 -> {
                put(copy.value(), item);
                expect.accept("missing");
            }
            case 1 -> {
                put(copy.value(), item);
                put(live, with(item, "price", fromN("1.001")));
                expect.accept("changed");
            }
            case 2 -> {
                put(copy.value(), item);
                put(live, without(item, "tags"));
                expect.accept("changed");
            }
            case 3 -> {
                put(live, item);
                expect.accept("unexpected");
                expect.accept("lost");
            }
            case 4 -> {
                put(live, item(i, POINT.plusSeconds(random.nextInt(3000))));
                expect.accept("explained");
                expect.accept("lost");
            }
            case 5 -> {
                put(copy.value(), item);
                put(live, item(i, INCIDENT.plusSeconds(1)));
                expect.accept("explained");
                expect.accept("rewritten");
            }
            default -> both(item);
        }
    }

    private Conclusion inspect(Subject subject) {
        var planned = inspections.plan(subject);
        var evidence = new HashMap<Segment, Evidence>();
        planned.forEach(segment -> evidence.put(segment, inspections.inspect(subject, segment)));
        return Conclusion.of(subject, planned, evidence, Map.of());
    }

    private Subject subject(LiveTrust trust, Check... checks) {
        return new Subject(
                table(Optional.of(new Freshness.Attribute("updatedAt")), checks), copy, POINT, INCIDENT, trust);
    }

    private Resource table(Optional<Freshness> freshness, Check... checks) {
        return new Resource.DynamoDbTable(new ResourceName("products"), live, freshness, List.of(checks));
    }

    private void both(Map<String, AttributeValue> item) {
        put(live, item);
        put(copy.value(), item);
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        DYNAMODB.putItem(request -> request.tableName(table).item(item));
    }

    private static Map<String, AttributeValue> item(int number, Instant updatedAt) {
        return Map.of(
                "id", fromS("p-" + number),
                "part", fromN(Integer.toString(number % 3)),
                "category", fromS("shoes"),
                "price", fromN("12.50"),
                "tags", fromSs(List.of("a", "b")),
                "updatedAt", fromS(updatedAt.toString()));
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> item, String name, AttributeValue value) {
        var changed = new HashMap<>(item);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, AttributeValue> without(Map<String, AttributeValue> item, String name) {
        var changed = new HashMap<>(item);
        changed.remove(name);
        return changed;
    }

    private static void create(String name, GlobalSecondaryIndex... indexes) {
        var attributes = new ArrayList<>(
                List.of(attribute("id", ScalarAttributeType.S), attribute("part", ScalarAttributeType.N)));
        if (indexes.length > 0) {
            attributes.add(attribute("category", ScalarAttributeType.S));
        }
        DYNAMODB.createTable(CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("id", KeyType.HASH), key("part", KeyType.RANGE))
                .attributeDefinitions(attributes)
                .globalSecondaryIndexes(indexes.length == 0 ? null : List.of(indexes))
                .build());
    }

    private static GlobalSecondaryIndex index(String name, ProjectionType projection) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(key("category", KeyType.HASH))
                .projection(Projection.builder().projectionType(projection).build())
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }
}
