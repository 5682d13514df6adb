package lifeboat.catalog;

import static lifeboat.catalog.Shape.Key.optional;
import static lifeboat.catalog.Shape.Key.required;

import java.util.List;
import lifeboat.catalog.Shape.Block;
import lifeboat.catalog.Shape.Flag;
import lifeboat.catalog.Shape.ListOf;
import lifeboat.catalog.Shape.Named;
import lifeboat.catalog.Shape.OneWord;
import lifeboat.catalog.Shape.Span;
import lifeboat.catalog.Shape.Text;

/// The keys of what is deployed beside that which every environment has.
final class DeploymentKeys {
    private static final Pattern VPC = new Pattern("vpc-[0-9a-f]{8,17}", "the id of a VPC: vpc-0123456789abcdef0");
    private static final Pattern SUBNET =
            new Pattern("subnet-[0-9a-f]{8,17}", "the id of a subnet: subnet-0123456789abcdef0");
    private static final Pattern GROUP =
            new Pattern("sg-[0-9a-f]{8,17}", "the id of a security group: sg-0123456789abcdef0");
    private static final Pattern SUBNET_GROUP = new Pattern(
            "[a-zA-Z0-9 ._-]{1,255}", "the name of an RDS subnet group: 1 to 255 letters, digits, blanks and ._-");
    private static final Pattern PARAMETER_GROUP = new Pattern(
            "[a-zA-Z](?:[a-zA-Z0-9.-]{0,253}[a-zA-Z0-9])?",
            "the name of a DB parameter group: 1 to 255 letters, digits, hyphens and dots, starting with a letter");
    private static final Pattern OPTION_GROUP = new Pattern(
            "[a-zA-Z](?:[a-zA-Z0-9:.-]{0,253}[a-zA-Z0-9])?",
            "the name of an option group: 1 to 255 letters, digits, hyphens, colons and dots, starting with a letter");
    private static final Pattern CIDR = new Pattern(
            "(?:[0-9]{1,3}\\.){3}[0-9]{1,3}/(?:[89]|[12][0-9]|3[0-2])",
            "an IPv4 network of /8 or smaller, for example 203.0.113.7/32");
    private static final Pattern ZONE =
            new Pattern("Z[A-Z0-9]{1,31}", "the id of a hosted zone: Z0123456789ABCDEFGHIJ");
    private static final Pattern HOST = new Pattern(
            "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", "an IPv4 address or a host name without a scheme");
    static final Pattern ROLE = new Pattern(
            "arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}",
            "the whole ARN of an IAM role without wildcards, for example arn:aws:iam::111122223333:role/backup-admin");
    private static final Pattern ALARM = new Pattern("[^\\u0000-\\u001f]{1,255}", "the name of a CloudWatch alarm");

    private static final Block NETWORK = new Block(List.of(
            required("vpc", new Text(VPC), "The VPC.", "vpc-0123456789abcdef0"),
            required(
                    "subnets",
                    new ListOf(new Text(SUBNET), 1),
                    "Private subnets that reach the databases and AWS's endpoints.",
                    "[subnet-0123456789abcdef0]"),
            required(
                    "securityGroups",
                    new ListOf(new Text(GROUP), 1),
                    "The groups that the functions are in and the databases let in.",
                    "[sg-0123456789abcdef0]"),
            optional(
                    "databaseSubnetGroup",
                    new Text(SUBNET_GROUP),
                    "that of live",
                    "The RDS subnet group of restored copies. Required in recoveryNetwork where databases are copied there.",
                    "techmoda-restored"),
            optional(
                    "databaseSecurityGroups",
                    new ListOf(new Text(GROUP), 1),
                    "those of live",
                    "The groups that restored copies are in. Required in recoveryNetwork where databases are copied there.",
                    "[sg-0123456789abcdef0]"),
            optional(
                    "databaseParameterGroups",
                    groupsByName(PARAMETER_GROUP),
                    "those of live",
                    "Which DB parameter group restored copies get, by the name of live's.",
                    "{techmoda-pg17: techmoda-pg17}"),
            optional(
                    "databaseOptionGroups",
                    groupsByName(OPTION_GROUP),
                    "those of live",
                    "Which option group restored copies get, by the name of live's.",
                    "{techmoda-mysql8: techmoda-mysql8}")));

    private static Shape groupsByName(Pattern group) {
        return new Named(group, new Text(group), 1, 50);
    }

    private static final Block ENDPOINT = new Block(List.of(
            required("address", new Text(HOST), "IPv4 address or host name.", "203.0.113.10"),
            optional(
                    "health",
                    new Text(EnvironmentKeys.URL),
                    "alarm says it",
                    "The page that answers 200 when the endpoint is well; health checkers must reach it.",
                    "\"https://shop-east.techmoda.example/health\""),
            optional(
                    "alarm",
                    new Text(ALARM),
                    "health says it",
                    "A CloudWatch alarm in the endpoint's region; the only way for a private address.",
                    "shop-unhealthy")));

    static final Block FAILOVER = new Block(List.of(
            required("zone", new Text(ZONE), "The hosted zone.", "Z0123456789ABCDEFGHIJ"),
            required("name", new Text(HOST), "The DNS name.", "shop.techmoda.example"),
            optional("ttl", new Span(false), "5m", "How long resolvers may keep an answer.", "1m"),
            required("primary", ENDPOINT, "The endpoint in the region.", "{address: 203.0.113.10, health: \"...\"}"),
            required(
                    "secondary",
                    ENDPOINT,
                    "The endpoint in the recovery region.",
                    "{address: 10.2.0.10, alarm: ...}")));

    static final List<Shape.Key> KEYS = List.of(
            optional("network", NETWORK, "in no VPC", "Where databases are reached.", "{vpc: ...}"),
            optional("recoveryNetwork", NETWORK, "in no VPC", "The same in the recovery region.", "{vpc: ...}"),
            optional(
                    "audit",
                    new Block(List.of(
                            required("keep", new Span(true), "How long evidence is kept, in whole days.", "7y"),
                            optional(
                                    "mode",
                                    new OneWord(List.of("governance", "compliance")),
                                    "governance",
                                    "Who may delete evidence before: whoever has the permission, or nobody.",
                                    "governance"))),
                    "no framework, no evidence bucket",
                    "AWS Backup Audit Manager and a bucket with evidence. Needs AWS Config.",
                    "{keep: 7y}"),
            optional(
                    "vaultAdministrators",
                    new ListOf(new Text(ROLE), 1),
                    "only deployments",
                    "IAM roles that may change vaults, their locks and policies, and schedule the deletion of their keys, beside the role"
                            + " that CloudFormation deploys in. Nobody deletes recovery points.",
                    "[\"arn:aws:iam::111122223333:role/backup-admin\"]"),
            optional(
                    "deletionProtection",
                    new Flag(),
                    "false",
                    "Whether the stacks and the ledger refuse to be deleted. Set it when the first deployment has succeeded: before, a"
                            + " deployment that failed could not be tried again.",
                    "true"),
            optional(
                    "restoreTesting",
                    new OneWord(List.of("day", "week", "month", "quarter", "year")),
                    "never",
                    "How often AWS Backup itself tests restores.",
                    "month"),
            optional(
                    "regionSwitch",
                    new Flag(),
                    "false",
                    "Whether an ARC Region switch plan can recover everything in the recovery region.",
                    "false"),
            optional(
                    "lab",
                    new Block(List.of(optional(
                            "trustedCidr",
                            new Text(CIDR),
                            "the database is private",
                            "Addresses from which the database may be reached over the internet.",
                            "203.0.113.7/32"))),
                    "nothing to practise on",
                    "A table and a database to practise on.",
                    "{}"));

    private DeploymentKeys() {}
}
