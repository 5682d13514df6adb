package lifeboat.catalog;

import static lifeboat.catalog.Shape.Key.optional;
import static lifeboat.catalog.Shape.Key.required;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lifeboat.catalog.Shape.Block;
import lifeboat.catalog.Shape.Flag;
import lifeboat.catalog.Shape.ListOf;
import lifeboat.catalog.Shape.Named;
import lifeboat.catalog.Shape.OneWord;
import lifeboat.catalog.Shape.Span;
import lifeboat.catalog.Shape.Text;
import lifeboat.catalog.Shape.WordOr;

/// Every key of the environment file but those of a resource: the one description that reader, schema and pages share.
final class EnvironmentKeys {
    private static final int MANY = Integer.MAX_VALUE;
    static final Pattern EMAIL = new Pattern(
            "[^\\s@,;<>]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\\.[A-Za-z]{2,}",
            "an e-mail address, for example oncall@techmoda.example");
    static final Pattern CRON = new Pattern(
            "cron\\([^\\s()]+(?: +[^\\s()]+){5}\\)",
            "six fields in UTC: minutes hours day-of-month month day-of-week year, for example cron(0 1 * * ? *)");
    static final Pattern RULE = new Pattern("[a-zA-Z0-9_.-]{1,50}", "1 to 50 letters, digits, _ . -");
    static final Pattern PROSE = new Pattern("[^\\u0000-\\u001f]{1,500}", "1 to 500 characters on one line");
    static final Pattern ECS =
            new Pattern("[A-Za-z0-9_-]{1,255}/[A-Za-z0-9_-]{1,255}", "cluster/service, for example shop/api");
    static final Pattern URL = new Pattern(
            "https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:[/?][A-Za-z0-9._~!$&'()*+,;=:@/?-]*)?",
            "an http or https address without percent escapes, for example https://shop.techmoda.example/health");

    private EnvironmentKeys() {}

    static final Block OBJECTIVES = new Block(List.of(
            required("rpo", new Span(false), "The longest stretch of writes that may be lost.", "1h"),
            required("rto", new Span(false), "The longest time until the data is usable again.", "4h")));

    private static final Shape.Key REGION_LOST = optional(
            "regionLost",
            OBJECTIVES,
            "reported, not enforced",
            "Objectives for the day the region is lost.",
            "{rpo: 1h, rto: 4h}");

    private static final Block ACCOUNT_OBJECTIVES = new Block(List.of(
            OBJECTIVES.keys().getFirst(),
            OBJECTIVES
                    .keys()
                    .getLast()
                    .but(Effect.none(
                            "recovery in the other account is not built, so no time is measured against it"))));

    private static final Shape.Key ACCOUNT_LOST = optional(
            "accountLost",
            ACCOUNT_OBJECTIVES,
            "reported, not enforced",
            "Objectives for the day the account is lost or taken over.",
            "{rpo: 30h, rto: 24h}");

    private static final Block TIER = new Block(List.of(
            optional("rpo", new Span(false), "the tier's default", "Recovery point objective in the region.", "15m"),
            optional("rto", new Span(false), "the tier's default", "Recovery time objective in the region.", "1h"),
            REGION_LOST,
            ACCOUNT_LOST));

    private static final Block RULE_KEYS = new Block(List.of(
            required(
                    "cron",
                    new Text(CRON),
                    "When AWS Backup starts, in UTC; at most once an hour.",
                    "\"cron(0 1 * * ? *)\""),
            optional("startWindow", new Span(false), "1h", "How late the job may start; at least 1h.", "1h"),
            optional("completionWindow", new Span(false), "2h", "How long the job may take once its time came.", "2h"),
            optional(
                    "coldAfter",
                    new Span(true),
                    "never",
                    "Moves to cold storage after, in whole days; deleteAfter is at least 90d later.",
                    "30d"),
            required("deleteAfter", new Span(true), "Deleted after, in whole days.", "120d"),
            optional("copy", new Flag(), "true", "Copy each recovery point to the recovery region.", "true"),
            optional(
                    "continuous",
                    new Flag(),
                    "false",
                    "Back up S3, RDS and Aurora continuously; kept at most 35d.",
                    "false"),
            optional(
                    "stores",
                    new ListOf(new OneWord(ResourceKeys.RESOURCE.discriminators()), 1),
                    "every store",
                    "The stores that it backs up.",
                    "[rds, aurora]"),
            optional("purpose", new Text(PROSE), "the rule's name", "Why the rule exists.", "Archive for auditors")
                    .but(Effect.none("no page or report shows it"))));

    private static final Block VAULT_LOCK = new Block(List.of(
            required(
                    "mode",
                    new OneWord(List.of("governance", "compliance")),
                    "Who may lift the lock: whoever has the permission, or nobody.",
                    "governance"),
            required("minRetention", new Span(true), "The shortest retention that is let in, in whole days.", "7d"),
            optional("maxRetention", new Span(true), "no limit", "The longest, in whole days.", "7y"),
            optional(
                    "coolingOff",
                    new Span(true),
                    "3d",
                    "How long a compliance lock can still be lifted; at least 3d.",
                    "3d")));

    private static final Block DRILL = new Block(List.of(
            required(
                    "every",
                    new OneWord(List.of("day", "week", "month", "quarter", "year")),
                    "How often recovery is rehearsed.",
                    "week"),
            optional(
                    "from",
                    new OneWord(List.of("latest", "recoveryPoint")),
                    "latest",
                    "What the drill restores from: the store's latest restorable time, or the newest recovery point.",
                    "latest")));

    private static final Block APPLICATION = new Block(List.of(
            optional(
                            "ecs",
                            new ListOf(new Text(ECS), 1),
                            "none",
                            "ECS services that are redeployed on a cutover.",
                            "[shop/api]")
                    .but(Effect.none("cutover is not built: point the application at the copy by hand")),
            optional(
                            "health",
                            new Text(URL),
                            "not checked",
                            "The page that answers 200 when the application is well.",
                            "\"https://shop.techmoda.example/health\"")
                    .but(Effect.none("cutover is not built: nothing asks for the page")),
            optional(
                    "failover",
                    DeploymentKeys.FAILOVER,
                    "DNS is left alone",
                    "A DNS name that moves to the recovery region by itself.",
                    "{zone: ..., name: shop.techmoda.example, ...}")));

    private static final Block ACCEPT = new Block(List.of(
            required("rpo", new Span(false), "The data loss that is accepted, in every failure domain.", "27h"),
            required("until", new Shape.Day(), "The last day (UTC) on which it is accepted.", "2027-06-30"),
            required("because", new Text(PROSE), "The reason, for the auditor.", "EFS has no point-in-time recovery")));

    private static final Block WORKLOAD = new Block(List.of(
            required("tier", new OneWord(tiers()), "How important it is; gives the objectives.", "critical"),
            optional("owner", new Text(PROSE), "nobody named", "The team that answers for it.", "Product team"),
            required(
                    "resources",
                    new Named(ResourceName.FORM, ResourceKeys.RESOURCE, 1, Workload.MOST_RESOURCES),
                    "What holds its data, by names of your choice; at most 97.",
                    "{orders: {rds: techmoda-orders, ...}}"),
            REGION_LOST,
            ACCOUNT_LOST,
            optional("drill", DRILL, "only by hand", "How recovery is rehearsed.", "{every: week, from: latest}"),
            optional("application", APPLICATION, "none", "What is pointed at the restored copy.", "{ecs: [shop/api]}"),
            optional(
                    "accept",
                    ACCEPT,
                    "no shortfall is accepted",
                    "A shortfall that is accepted in writing.",
                    "{...}")));

    private static final List<Shape.Key> OWN = List.of(
            required("environment", new Text(EnvironmentName.FORM), "Its name, part of every stack's.", "prod"),
            required("account", new Text(AccountId.FORM), "The AWS account; quoted.", "\"111122223333\""),
            required("region", new Text(RegionName.FORM), "Where the workloads live.", "us-east-1"),
            required(
                    "recoveryRegion",
                    new Text(RegionName.FORM),
                    "Where they are recovered when that region is lost; another one.",
                    "us-west-2"),
            optional(
                    "recoveryAccount",
                    new Text(AccountId.FORM),
                    "no copies in another account",
                    "The account that receives a copy of each copied recovery point; another one.",
                    "\"444455556666\""),
            optional(
                    "contacts",
                    new Block(List.of(
                            optional(
                                    "email",
                                    new ListOf(new Text(EMAIL), 1),
                                    "nobody",
                                    "Who is notified of every result.",
                                    "[oncall@techmoda.example]"),
                            optional(
                                    "rowKeys",
                                    new Flag(),
                                    "true",
                                    "Whether keys of rows may leave, in e-mails, refusals and the state machine. What rows hold never does.",
                                    "false"),
                            optional(
                                            "slack",
                                            new Block(List.of(required(
                                                    "secret",
                                                    new Text(SqlAccess.SECRET),
                                                    "The Secrets Manager secret with the webhook's URL.",
                                                    "lifeboat/slack"))),
                                            "no chat",
                                            "Where chat messages go.",
                                            "{secret: lifeboat/slack}")
                                    .but(Effect.none("messages go by e-mail only")))),
                    "nobody is notified",
                    "Who is notified.",
                    "{email: [oncall@techmoda.example]}"),
            optional(
                    "schedules",
                    new WordOr(new OneWord(Presets.NAMES), new Named(RULE, RULE_KEYS, 1, 10)),
                    "techmoda",
                    "How everything is backed up: a preset, or one to ten rules by names of your choice.",
                    "techmoda"),
            optional("vaultLock", VAULT_LOCK, "not locked", "How hard recovery points are to delete.", "{...}"),
            optional(
                    "tiers",
                    new Block(tiers().stream()
                            .map(tier -> optional(tier, TIER, "the defaults", "Overrides the tier.", "{rpo: 15m}"))
                            .toList()),
                    "the defaults",
                    "What the tiers promise here.",
                    "{critical: {rpo: 15m, rto: 1h}}"),
            required(
                    "workloads",
                    new Named(WorkloadName.FORM, WORKLOAD, 1, MANY),
                    "What is protected, by names of your choice.",
                    "{catalog: {tier: critical, ...}}"));

    static final Block FILE =
            new Block(Stream.concat(OWN.stream(), DeploymentKeys.KEYS.stream()).toList());

    private static List<String> tiers() {
        return Arrays.stream(Tier.values()).map(Tier::label).toList();
    }
}
