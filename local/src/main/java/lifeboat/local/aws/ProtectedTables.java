package lifeboat.local.aws;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.TableImage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Tables as AWS Backup protects them: full backups, restored into a new table without a point in time.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html">Restoring a table</a>
record ProtectedTables(World world, DynamoDbEngine engine, DynamoDbStandIn tables) implements ProtectedStore {
    private static final Set<String> KEYS =
            Set.of("targettablename", "encryptiontype", "kmsmasterkeyarn", "aws:backup:request-id");

    private record Content(TableDescription schema, TableImage image) {}

    @Override
    public String type() {
        return "DynamoDB";
    }

    @Override
    public boolean has(String resourceArn) {
        if (!resourceArn.startsWith(tables.arn(""))) {
            return false;
        }
        try {
            tables.describe(DynamoDbStandIn.name(resourceArn));
            return true;
        } catch (ResourceNotFoundException _) {
            return false;
        }
    }

    @Override
    public Saving save(String resourceArn, String jobId) {
        String table = DynamoDbStandIn.name(resourceArn);
        TableDescription schema = tables.describe(table);
        String arn = world.account().arn("backup", "recovery-point:" + jobId);
        return new Saving(arn, world.undertake(world.timings().backup(), () -> saved(schema, engine.image(table))));
    }

    private static Saved saved(TableDescription schema, TableImage image) {
        return new Saved(new Content(schema, image), image.takenAt(), schema.tableSizeBytes());
    }

    @Override
    public Map<String, String> metadata(String resourceArn) {
        return Map.of("originalTableName", DynamoDbStandIn.name(resourceArn), "encryptionType", "Default");
    }

    @Override
    public Restoring restore(Saved saved, Map<String, String> metadata) {
        Map<String, String> given = metadata.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        String target = target(given);
        Content content = (Content) saved.content();
        RestoreSummary summary = RestoreSummary.builder()
                .sourceTableArn(content.schema().tableArn())
                .restoreDateTime(saved.consistentAt())
                .restoreInProgress(true)
                .build();
        try {
            Undertaking<Long> filling = tables.restores()
                    .begin(
                            target,
                            new TableRestores.Origin(
                                    content.schema(), summary, table -> engine.fill(table, content.image())));
            return new Restoring(tables.arn(target), () -> outcome(filling));
        } catch (LimitExceededException limit) {
            // not documented: AWS Backup is taken to accept the job and to end it with what DynamoDB said
            Optional<Outcome> failed =
                    Optional.of(new Outcome(world.now(), Optional.of(String.valueOf(limit.getMessage()))));
            return new Restoring(tables.arn(target), () -> failed);
        }
    }

    private static String target(Map<String, String> given) {
        given.keySet().stream()
                .filter(key -> !KEYS.contains(key) && !key.equals("originaltablename"))
                .findFirst()
                .ifPresent(key -> {
                    throw BackupRefusals.invalid("Invalid restore metadata key for DynamoDB: " + key);
                });
        @Nullable String target = given.get("targettablename");
        if (target == null || target.isEmpty()) {
            throw BackupRefusals.invalid("Restore metadata is missing targetTableName");
        }
        String encryption = given.getOrDefault("encryptiontype", "Default");
        if (!encryption.equals("Default") && !encryption.equals("KMS")) {
            throw BackupRefusals.invalid("encryptionType must be Default or KMS, not " + encryption);
        }
        return target;
    }

    static <T> Optional<Outcome> outcome(Undertaking<T> work) {
        return switch (work.standing()) {
            case Undertaking.Standing.UnderWay<T> _ -> Optional.empty();
            case Undertaking.Standing.Done<T> done -> Optional.of(new Outcome(done.at(), Optional.empty()));
            case Undertaking.Standing.Broken<T> broken ->
                Optional.of(new Outcome(broken.at(), Optional.of(broken.why())));
        };
    }
}
