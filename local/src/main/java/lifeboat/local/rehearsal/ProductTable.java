package lifeboat.local.rehearsal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// A table of products.
final class ProductTable implements Shop {
    private static final int BATCH = 25;
    private static final List<String> KINDS = List.of("shoe", "shirt", "scarf", "coat", "hat");

    private final Resource.DynamoDbTable resource;
    private final DynamoDbClient aws;
    private final DynamoDbClient engine;
    private final int size;
    private final String time;
    private final Journal journal = new Journal();
    private final AtomicInteger next;

    /// @param aws where the table is made, as in an account
    /// @param engine where the shop writes, without being judged
    ProductTable(Resource.DynamoDbTable resource, DynamoDbClient aws, DynamoDbClient engine, int size) {
        this.resource = resource;
        this.aws = aws;
        this.engine = engine;
        this.size = size;
        this.next = new AtomicInteger(size);
        this.time = resource.freshness()
                .filter(Freshness.Attribute.class::isInstance)
                .map(Freshness.Attribute.class::cast)
                .map(Freshness.Attribute::name)
                .or(() -> explainedBy(resource))
                .orElse("updatedAt");
    }

    private static Optional<String> explainedBy(Resource.DynamoDbTable resource) {
        return resource.checks().stream()
                .filter(Check.MatchesLive.class::isInstance)
                .flatMap(check -> ((Check.MatchesLive) check).explainedBy().stream())
                .findFirst();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public String things() {
        return "products";
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public void open(IntConsumer progress) {
        create();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService loaders = Executors.newFixedThreadPool(2)) {
            for (int from = 0; from < size; from += BATCH) {
                int first = from;
                loaders.execute(() -> progress.accept(done.addAndGet(put(first, Math.min(first + BATCH, size)))));
            }
        }
        aws.updateContinuousBackups(update -> update.tableName(resource.table())
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
        journal.open(rows(resource.table()));
    }

    // SuppressWarnings: the SDK's consumers of builders are generic varargs
    @SuppressWarnings("unchecked")
    private void create() {
        String table = resource.table();
        aws.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(true)
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("kind").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexes(index -> index.indexName("byKind")
                        .keySchema(key -> key.attributeName("kind").keyType(KeyType.HASH))
                        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY)))
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))
                .tags(
                        tag -> tag.key("env").value("prod"),
                        tag -> tag.key("backup").value("true")));
        aws.updateTimeToLive(update -> update.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName("expiresAt").enabled(true)));
    }

    private int put(int from, int to) {
        List<WriteRequest> puts = new ArrayList<>();
        for (int product = from; product < to; product++) {
            Map<String, AttributeValue> item = product(product, 5 + product % 200, Instant.now());
            puts.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
        }
        engine.batchWriteItem(write -> write.requestItems(Map.of(resource.table(), puts)));
        return to - from;
    }

    private Map<String, AttributeValue> product(int number, int price, Instant writtenAt) {
        String kind = KINDS.get(number % KINDS.size());
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("id", AttributeValue.fromS(id(number)));
        item.put("kind", AttributeValue.fromS(kind));
        item.put("name", AttributeValue.fromS("%s no. %d, délicat".formatted(kind, number)));
        item.put("price", AttributeValue.fromN(price + ".95"));
        item.put("stock", AttributeValue.fromN(Integer.toString(number % 50)));
        item.put("sizes", AttributeValue.fromSs(List.of("S", "M", "L")));
        item.put(
                "care",
                AttributeValue.fromM(
                        Map.of("wash", AttributeValue.fromN("30"), "iron", AttributeValue.fromBool(number % 2 == 0))));
        item.put(time, AttributeValue.fromS(writtenAt.toString()));
        return item;
    }

    private static String id(int number) {
        return "p-%07d".formatted(number);
    }

    @Override
    public String writtenAt() {
        return time;
    }

    @Override
    public void write(RandomGenerator dice) {
        boolean fresh = dice.nextInt(10) == 0;
        int number = fresh ? next.getAndIncrement() : dice.nextInt(size);
        put(product(number, 5 + dice.nextInt(500), Instant.now()), false);
    }

    /// A script that knows nothing of the attribute with the time of the last write: it stays as it was.
    @Override
    public void damage(RandomGenerator dice) {
        int each = Math.max(1, size / 100);
        for (int i = 0; i < each; i++) {
            delete(id(dice.nextInt(size)));
            corrupt(id(dice.nextInt(size)));
        }
        Instant longAgo = Instant.now().minus(Duration.ofDays(1));
        for (int i = 0; i < Math.max(1, each / 4); i++) {
            Map<String, AttributeValue> bogus = product(next.getAndIncrement(), 0, longAgo);
            bogus.put("name", AttributeValue.fromS("null null"));
            put(bogus, true);
        }
    }

    private void corrupt(String id) {
        Instant sentAt = Instant.now();
        try {
            Map<String, AttributeValue> item = engine.updateItem(update -> update.tableName(resource.table())
                            .key(Map.of("id", AttributeValue.fromS(id)))
                            .updateExpression("set price = :nothing")
                            .conditionExpression("attribute_exists(id)")
                            .expressionAttributeValues(Map.of(":nothing", AttributeValue.fromN("0")))
                            .returnValues(ReturnValue.ALL_NEW))
                    .attributes();
            journal.add(new Journal.Write(id, sentAt, Instant.now(), Optional.of(content(item)), true));
        } catch (ConditionalCheckFailedException deleted) {
            return; // by the same script, a moment ago
        }
    }

    private void put(Map<String, AttributeValue> item, boolean damage) {
        Instant sentAt = Instant.now();
        engine.putItem(put -> put.tableName(resource.table()).item(item));
        Optional<String> content = Optional.of(content(item));
        journal.add(new Journal.Write(key(item), sentAt, Instant.now(), content, damage));
    }

    private void delete(String id) {
        Instant sentAt = Instant.now();
        engine.deleteItem(delete -> delete.tableName(resource.table()).key(Map.of("id", AttributeValue.fromS(id))));
        journal.add(new Journal.Write(id, sentAt, Instant.now(), Optional.empty(), true));
    }

    @Override
    public Map<String, String> rows(String table) {
        Map<String, String> rows = new HashMap<>();
        engine.scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .forEach(item -> rows.put(key(item), content(item)));
        return rows;
    }

    private static String key(Map<String, AttributeValue> item) {
        return String.valueOf(item.getOrDefault("id", AttributeValue.fromS("")).s());
    }

    // Sets have no order: DynamoDB gives them back sorted.
    private static String content(Map<String, AttributeValue> item) {
        return new TreeMap<>(item)
                .entrySet().stream()
                        .map(attribute -> attribute.getKey() + "=" + text(attribute.getValue()))
                        .toList()
                        .toString();
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n()).stripTrailingZeros().toPlainString();
            case SS -> value.ss().stream().sorted().toList().toString();
            case M -> content(value.m());
            default -> value.toString();
        };
    }
}
