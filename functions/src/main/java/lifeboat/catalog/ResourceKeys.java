package lifeboat.catalog;

import static lifeboat.catalog.Shape.Key.optional;
import static lifeboat.catalog.Shape.Key.required;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lifeboat.catalog.Shape.Block;
import lifeboat.catalog.Shape.Flag;
import lifeboat.catalog.Shape.ListOf;
import lifeboat.catalog.Shape.Text;
import lifeboat.catalog.Shape.Variants;
import lifeboat.catalog.Shape.Whole;

/// The keys of a resource: which store has which, and which checks fit it.
final class ResourceKeys {
    static final Pattern SELECT =
            new Pattern("\\s*(?:[sS][eE][lL][eE][cC][tT]|[wW][iI][tT][hH])\\s[\\s\\S]+", "a single SELECT");
    static final Pattern TABLE = new Pattern(
            "[^\\s.\"]{1,63}(?:\\.[^\\s.\"]{1,63})?", "a table, optionally with its schema: orders or sales.orders");
    static final Pattern PERCENT = new Pattern(
            "[0-9]{1,2}(?:\\.[0-9]{1,6})?%",
            "0% to less than 100%, for example 1% or 0.5%: 100% would let an empty table pass");
    static final Pattern NAME = new Pattern("[^\\u0000-\\u001f]{1,255}", "1 to 255 characters on one line");

    private static final Block ITEMS = new Block(List.of(required(
            "items",
            new Block(List.of(required("atLeast", new Whole(0), "The smallest number that passes.", "1000"))),
            "The restored copy holds enough items, objects or files.",
            "{atLeast: 1000}")));
    private static final Block ROWS = new Block(List.of(required(
            "rows",
            new Block(List.of(
                    required("table", new Text(TABLE), "The table, optionally with its schema.", "orders"),
                    optional(
                            "within",
                            new Text(PERCENT),
                            "not compared with live",
                            "How far the count may lie from live.",
                            "1%"),
                    optional(
                            "atLeast",
                            new Whole(0),
                            "1; with within also as many as live has",
                            "The smallest number that passes; 0 lets an empty table pass.",
                            "1000"))),
            "A restored table holds as many rows as it should.",
            "{table: orders, within: 1%}")));
    private static final Block SQL = new Block(List.of(required(
            "sql",
            new Block(List.of(
                    required(
                            "query",
                            new Text(SELECT),
                            "One SELECT that returns one row with one column.",
                            "\"select count(*) from orders where total < 0\""),
                    required(
                            "equals",
                            new Shape.AnyScalar(),
                            "The value that passes, by its type: null, true, 0 and \"0\" are four different values.",
                            "0"))),
            "A query on the restored database returns exactly a value.",
            "{query: \"select count(*) from orders where total < 0\", equals: 0}")));
    private static final Block MATCHES_LIVE = new Block(List.of(required(
            "matchesLive",
            new Block(List.of(optional(
                    "explainedBy",
                    new Text(NAME),
                    "every difference counts",
                    "The attribute or column with the time of the last write. Rows that only the copy holds then prove nothing: a delete leaves no time.",
                    "updatedAt"))),
            "The content equals live, but for what was written after the point in time.",
            "{explainedBy: updatedAt}")));
    private static final Block CONTENT_MATCHES_LIVE = new Block(List.of(required(
            "matchesLive", new Block(List.of()), "The content equals live, byte for byte, by checksum.", "{}")));
    private static final Block FINGERPRINT = new Block(List.of(required(
            "fingerprint",
            new Block(List.of(
                    optional(
                            "explainedBy",
                            new Text(NAME),
                            "what differs is never a failure, and a copy passes only shortly after its record",
                            "The attribute or column with the time of the last write.",
                            "updatedAt"),
                    optional(
                            "quietFor",
                            new Shape.Span(false),
                            "1h",
                            "How long the resource may go without any write. A copy that shows none for longer before its point in time is unproven: it may be of an older one.",
                            "1h"))),
            "The content is what was recorded of live each day, but for what was written between; PostgreSQL and DynamoDB.",
            "{explainedBy: updatedAt}")));
    private static final Block ENGINE = new Block(List.of(required(
                    "engine", new Block(List.of()), "The engine verifies its own files: amcheck on PostgreSQL.", "{}")
            .but(Effect.part("CHECK TABLE of MySQL and MariaDB is not built, and the check is inconclusive there"))));
    private static final Effect NOT_BUILT =
            Effect.none("restoring this store is not built, so there is no copy to look at");

    private static final Block ATTRIBUTE = new Block(List.of(required(
            "attribute",
            new Text(NAME),
            "A top-level attribute with the time of the last write: ISO-8601 text, or seconds or milliseconds since 1970.",
            "updatedAt")));
    private static final Block QUERY = new Block(List.of(required(
            "sql",
            new Text(SELECT),
            "One SELECT that returns the time of the newest write.",
            "\"select max(updated_at) from orders\"")));

    static final Variants RESOURCE = new Variants(List.of(
            block(
                    physical("dynamodb", Resource.DynamoDbTable.FORM, "Name of the table.", "techmoda-products"),
                    pointInTime(),
                    freshness(ATTRIBUTE, "{attribute: updatedAt}"),
                    checks(ITEMS, MATCHES_LIVE, FINGERPRINT)),
            database(
                    physical("rds", Resource.RdsInstance.FORM, "Identifier of the instance.", "techmoda-orders"),
                    Effect.WHOLE,
                    checks(ROWS, SQL, MATCHES_LIVE, FINGERPRINT, ENGINE)),
            database(
                    physical("aurora", Resource.AuroraCluster.FORM, "Identifier of the cluster.", "techmoda-carts"),
                    NOT_BUILT,
                    checks(ROWS, SQL, MATCHES_LIVE, ENGINE)),
            block(
                    physical("s3", Resource.S3Bucket.FORM, "Name of the bucket.", "techmoda-media"),
                    checks(ITEMS, CONTENT_MATCHES_LIVE).but(NOT_BUILT)),
            block(
                    physical("efs", Resource.EfsFileSystem.FORM, "Id of the file system.", "fs-0123456789abcdef0"),
                    checks(ITEMS, CONTENT_MATCHES_LIVE).but(NOT_BUILT)),
            block(
                    physical("ebs", Resource.EbsVolume.FORM, "Id of the volume.", "vol-0123456789abcdef0"),
                    checks(CONTENT_MATCHES_LIVE).but(NOT_BUILT))));

    private ResourceKeys() {}

    /// @param effect of what speaks of the content of a restored copy
    private static Block database(Shape.Key physical, Effect effect, Shape.Key checks) {
        return block(
                physical,
                required("database", new Text(SqlAccess.DATABASE), "Name of the database on it.", "orders")
                        .but(effect),
                required(
                                "credentials",
                                new Text(SqlAccess.SECRET),
                                "The Secrets Manager secret with username and password.",
                                "techmoda/orders")
                        .but(effect),
                optional(
                                "readCredentials",
                                new Text(SqlAccess.SECRET),
                                "all log in with credentials",
                                "The same of a user who can only read: all functions but repair log in with it.",
                                "techmoda/orders-reader")
                        .but(effect),
                pointInTime(),
                freshness(QUERY, "{sql: \"select max(updated_at) from orders\"}")
                        .but(effect),
                checks.but(effect));
    }

    private static Block block(Shape.Key... keys) {
        var size = optional(
                "sizeGb",
                new Whole(1),
                "its cost is unknown",
                "How much it holds, in gigabytes, about: for the estimate of costs only.",
                "100");
        return new Block(Stream.concat(Arrays.stream(keys), Stream.of(size)).toList());
    }

    private static Shape.Key physical(String store, Pattern form, String meaning, String example) {
        return required(store, new Text(form), meaning, example);
    }

    private static Shape.Key pointInTime() {
        return optional(
                "pointInTime",
                new Flag(),
                "true",
                "Whether the store's own point-in-time recovery is on; the daily validation checks it.",
                "false");
    }

    private static Shape.Key freshness(Block kind, String example) {
        return optional(
                "freshness",
                kind,
                "data loss is known only as the age of the recovery point",
                "Where the time of the newest write is read.",
                example);
    }

    private static Shape.Key checks(Block... kinds) {
        var shape = new ListOf(new Variants(List.of(kinds)), 0);
        return optional("checks", shape, "only those that always run", "Integrity checks of your own.", "[...]");
    }
}
