package lifeboat.catalog;

import java.util.List;
import java.util.Optional;

/// Turns a resource that fits its shape into a record.
final class ResourceMapping {
    private ResourceMapping() {}

    static Resource resource(String name, Cursor resource) {
        var called = new ResourceName(name);
        var checks = checks(resource);
        var store = ResourceKeys.RESOURCE.discriminators().stream()
                .filter(resource::has)
                .findFirst()
                .orElseThrow();
        var physical = resource.need(store);
        return switch (store) {
            case "dynamodb" ->
                new Resource.DynamoDbTable(called, physical, pointInTime(resource), freshness(resource), checks);
            case "rds" ->
                new Resource.RdsInstance(
                        called, physical, sql(resource), pointInTime(resource), freshness(resource), checks);
            case "aurora" ->
                new Resource.AuroraCluster(
                        called, physical, sql(resource), pointInTime(resource), freshness(resource), checks);
            case "s3" -> new Resource.S3Bucket(called, physical, checks);
            case "efs" -> new Resource.EfsFileSystem(called, physical, checks);
            case "ebs" -> new Resource.EbsVolume(called, physical, checks);
            default -> throw new IllegalStateException("a store without a record: " + store);
        };
    }

    private static boolean pointInTime(Cursor resource) {
        return resource.flag("pointInTime", true);
    }

    private static SqlAccess sql(Cursor resource) {
        return new SqlAccess(resource.need("database"), resource.need("credentials"), resource.text("readCredentials"));
    }

    private static Optional<Freshness> freshness(Cursor resource) {
        return resource.block("freshness")
                .map(freshness -> freshness
                        .text("attribute")
                        .<Freshness>map(Freshness.Attribute::new)
                        .orElseGet(() -> new Freshness.Sql(freshness.need("sql"))));
    }

    private static List<Check> checks(Cursor resource) {
        return resource.blocks("checks").stream().map(ResourceMapping::check).toList();
    }

    private static Check check(Cursor check) {
        var kind = check.map().fields().keySet().iterator().next();
        var body = check.block(kind).orElseThrow();
        return switch (kind) {
            case "items" -> new Check.Items(body.whole("atLeast").orElseThrow());
            case "rows" ->
                new Check.Rows(
                        body.need("table"), body.text("within").map(ResourceMapping::percent), body.whole("atLeast"));
            case "sql" -> new Check.SqlAssertion(body.need("query"), expected(body));
            case "matchesLive" -> new Check.MatchesLive(body.text("explainedBy"));
            case "fingerprint" ->
                new Check.Fingerprint(
                        body.text("explainedBy"), body.span("quietFor").orElse(Check.Fingerprint.QUIET_FOR));
            case "engine" -> new Check.EngineCheck();
            default -> throw new IllegalStateException("a check without a record: " + kind);
        };
    }

    private static Expected expected(Cursor body) {
        var value = (Node.Scalar) body.node("equals").orElseThrow();
        return switch (value.kind()) {
            case TEXT -> new Expected.Text(value.text());
            case NUMBER -> Expected.number(value.text());
            case FLAG -> new Expected.Truth(Boolean.parseBoolean(value.text()));
            case NOTHING -> new Expected.Nothing();
        };
    }

    private static double percent(String text) {
        return Double.parseDouble(text.substring(0, text.length() - 1));
    }
}
