package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.items.KeySchema;
import lifeboat.recording.InMemoryRecords;
import lifeboat.recording.NoFiles;
import lifeboat.recording.Recorder;
import lifeboat.recording.Recording;
import lifeboat.recording.RecordingId;
import lifeboat.recovery.Example;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A table recorded while it was sound, and its copy compared with that on DynamoDB Local when it is gone.
class RecordedTableTest {
    private static final KeySchema KEY = new KeySchema(new KeySchema.Part("id", KeySchema.Type.S), Optional.empty());
    private static final Instant RECORDED = Instant.parse("2026-11-26T05:00:00Z");
    private Instant point = RECORDED.plus(Duration.ofMinutes(30));
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final DynamoDbClient dynamoDb = ItemTables.client();
    private final DynamoDbContents contents = new DynamoDbContents(dynamoDb, InstantSource.fixed(RECORDED));
    private final InMemoryRecords records = new InMemoryRecords();
    private final String live = ItemTables.table(dynamoDb, "live", KEY);
    private final CopyName copy;

    RecordedTableTest() {
        dynamoDb.createTable(table -> table.tableName("lifeboat-drill-" + live)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(attribute -> attribute.attributeName("id").attributeType("S"))
                .keySchema(key -> key.attributeName("id").keyType("HASH")));
        copy = new CopyName("lifeboat-drill-" + live);
        IntStream.range(0, 500).forEach(id -> put(live, id, 10, LONG_AGO));
        IntStream.range(0, 500).forEach(id -> put(copy.value(), 499 - id, 10, LONG_AGO));
        record();
        dynamoDb.deleteTable(table -> table.tableName(live));
    }

    @Test
    void soundCopyPassesWhenLiveIsGone() {
        assertThat(outcome()).isInstanceOf(Outcome.Passed.class);
        assertThat(outcome().seen())
                .contains(
                        "500 rows recorded at 2026-11-26T05:00:00Z, 500 in the copy",
                        "500 of the recorded rows are the same");
    }

    @Test
    void copyOfAnOlderPointLacksWhatWasWrittenAfterTheRecord() {
        point = RECORDED.plus(Duration.ofHours(6));
        assertThat(outcome()).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome().seen()).contains("Nothing shows that the copy reaches its point in time");
        put(copy.value(), 7, 11, point.minusSeconds(600));
        assertThat(outcome()).isInstanceOf(Outcome.Observed.class);
    }

    @Test
    void itemThatChangedWithoutAWriteFailsTheCopy() {
        put(copy.value(), 7, 11, LONG_AGO);
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void itemThatWasWrittenBetweenIsToldAndHidesNoOther() {
        put(copy.value(), 7, 11, RECORDED.plusSeconds(1200));
        assertThat(outcome()).isInstanceOf(Outcome.Observed.class);
        assertThat(outcome().seen()).contains("499 of the recorded rows are the same, 1 were written since");
        put(copy.value(), 8, 11, LONG_AGO);
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void itemsOfTheFutureFailTheCopy() {
        IntStream.range(0, 300).forEach(id -> put(copy.value(), id, 11, Instant.parse("2099-01-01T00:00:00Z")));
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void itemThatIsMissingLeavesTheAnswerOpenHoweverManyAreNew() {
        IntStream.range(500, 600).forEach(id -> put(copy.value(), id, 11, RECORDED.plusSeconds(1200)));
        assertThat(outcome()).isInstanceOf(Outcome.Observed.class);
        dynamoDb.deleteItem(delete -> delete.tableName(copy.value()).key(Map.of("id", AttributeValue.fromS("p-7"))));
        assertThat(outcome()).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome().seen()).contains("1 are gone");
    }

    @Test
    void emptyCopyFails() {
        IntStream.range(0, 500)
                .forEach(id -> dynamoDb.deleteItem(
                        delete -> delete.tableName(copy.value()).key(Map.of("id", AttributeValue.fromS("p-" + id)))));
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void piecesOfAScanAddUpToTheWhole() {
        var whole = read(new ContentPiece(1, 1, new Segment("scan 1/1 by 16")));
        var sum = IntStream.rangeClosed(1, 4)
                .mapToObj(n -> read(new ContentPiece(n, 4, new Segment("scan %d/4 by 2".formatted(n)))))
                .reduce(TableContent::plus);

        assertThat(sum).contains(whole);
    }

    private TableContent read(ContentPiece piece) {
        return contents.read(resource(), copy.value(), piece, Optional.of("updatedAt"), Optional.empty());
    }

    private void record() {
        var recorder = new Recorder(
                Example.environment(Example.workload("catalog", resource())),
                contents,
                records,
                records,
                new NoFiles());
        var recording = new Recording(
                new RecordingId("catalog-products-0123456789ab"),
                Example.CATALOG,
                resource().name());
        var pieces = recorder.plan(recording);
        pieces.forEach(piece -> recorder.read(recording, piece));
        assertThat(recorder.record(recording, pieces)).isEqualTo(1);
    }

    private Outcome outcome() {
        var recorded = new RecordedContents(contents, records, new NoFiles());
        var subject = new Subject(resource(), copy, point, point, Subject.LiveTrust.ABSENT);
        var pieces = recorded.plan(subject);
        var evidence = new HashMap<Segment, Evidence>();
        pieces.forEach(piece -> evidence.put(piece, recorded.inspect(Example.CATALOG, subject, piece)));
        return Conclusion.of(subject, pieces, evidence, Map.of()).outcomes().getLast();
    }

    private Resource resource() {
        return new Resource.DynamoDbTable(
                new ResourceName("products"),
                live,
                Optional.empty(),
                List.of(new Check.Fingerprint(Optional.of("updatedAt"))));
    }

    private void put(String table, int id, int price, Instant writtenAt) {
        dynamoDb.putItem(put -> put.tableName(table)
                .item(Map.of(
                        "id", AttributeValue.fromS("p-" + id),
                        "price", AttributeValue.fromN(Integer.toString(price)),
                        "updatedAt", AttributeValue.fromS(writtenAt.toString()))));
    }
}
