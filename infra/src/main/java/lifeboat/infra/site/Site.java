package lifeboat.infra.site;

import java.util.Optional;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Network;
import lifeboat.catalog.RegionName;
import software.amazon.awscdk.StackProps;

/// One place of an environment, an account and a region, and what things are called there.
///
/// Everything that a person or the other region must name has a name of its own; nothing else has. No name starts
/// like that of a restored copy, whatever the environment is called: what may be deleted is told by its name.
///
/// @param environment what is deployed
/// @param role what the place is for
public record Site(Environment environment, Role role) {
    /// What a place is for.
    public enum Role {
        /// The workloads live here.
        PRIMARY,
        /// They are recovered here when the region is lost.
        RECOVERY,
        /// Copies are kept here, in another account, for the day the account is lost.
        ISOLATED
    }

    public static Site primary(Environment environment) {
        return new Site(environment, Role.PRIMARY);
    }

    public static Site recovery(Environment environment) {
        return new Site(environment, Role.RECOVERY);
    }

    /// Where copies for the day the account is lost are kept; empty: nowhere.
    public static Optional<Site> isolated(Environment environment) {
        return environment.recoveryAccount().map(_ -> new Site(environment, Role.ISOLATED));
    }

    public RegionName region() {
        return switch (role) {
            case PRIMARY -> environment.region();
            case RECOVERY, ISOLATED -> environment.recoveryRegion();
        };
    }

    public AccountId account() {
        return switch (role) {
            case PRIMARY, RECOVERY -> environment.account();
            case ISOLATED -> environment.recoveryAccount().orElseThrow();
        };
    }

    /// Where databases are reached here; absent: in no VPC.
    public Optional<Network> network() {
        return switch (role) {
            case PRIMARY -> environment.deployment().network();
            case RECOVERY -> environment.deployment().recoveryNetwork();
            case ISOLATED -> Optional.empty();
        };
    }

    /// The name of a stack: what it is for, and where.
    public String stack(String purpose) {
        var where = role == Role.ISOLATED ? "isolated-" + region() : region().toString();
        return "lifeboat-%s-%s-%s".formatted(environment.name(), purpose, where);
    }

    /// What metrics are told apart by: environments of one account share their namespace.
    public String service() {
        return "lifeboat-" + environment.name();
    }

    /// The name of a function, state machine or topic: the same in both regions.
    public String named(String thing) {
        return "lifeboat-%s-%s".formatted(environment.name(), thing);
    }

    /// One name for both regions: the ledger is one table with a replica.
    public String ledgerName() {
        return "lifeboat-ledger-" + environment.name();
    }

    public String vaultName() {
        return switch (role) {
            case PRIMARY -> named("vault");
            case RECOVERY -> named("vault-dr");
            case ISOLATED -> named("vault-isolated");
        };
    }

    /// The role that AWS Backup takes to restore. Roles are global, so its name says the region.
    public String restoreRoleName() {
        return named("restore-" + region());
    }

    /// The bucket that keeps evidence; absent: nobody asked for one.
    public Optional<String> evidenceBucket() {
        return environment
                .deployment()
                .audit()
                .map(_ -> "lifeboat-evidence-%s-%s".formatted(environment.name(), environment.account()));
    }

    /// The bucket that keeps plans of repairs and what live held before them.
    public String plansBucket() {
        return "lifeboat-plans-%s-%s".formatted(environment.name(), environment.account());
    }

    /// The plan of AWS Backup's own restore tests. It is named with letters, digits and underscores only.
    public String restoreTestingPlan() {
        return named("restore_testing").replace('-', '_');
    }

    public String vaultArn() {
        return arn("backup", "backup-vault:" + vaultName());
    }

    public String topicArn() {
        return arn("sns", named("results"));
    }

    public String stateMachineArn() {
        return arn("states", "stateMachine:" + named("recovery"));
    }

    /// The state machine that compares, repairs and undoes.
    public String reconcileArn() {
        return arn("states", "stateMachine:" + named("reconcile"));
    }

    /// The state machine that records what live holds.
    public String recordArn() {
        return arn("states", "stateMachine:" + named("record"));
    }

    /// The state machine that rehearses when the lab is deployed.
    public String labRehearsalArn() {
        return arn("states", "stateMachine:" + named("lab-rehearsal"));
    }

    public String functionArn(String label) {
        return arn("lambda", "function:" + named(label));
    }

    /// The ARN of something in this region and account.
    public String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition(), service, region(), account(), resource);
    }

    /// The ARN of something that belongs to the account but to no region.
    public String globalArn(String service, String resource) {
        return "arn:%s:%s::%s:%s".formatted(partition(), service, account(), resource);
    }

    /// The ARN of something whose name is unique in the world: a bucket.
    public String worldArn(String service, String resource) {
        return "arn:%s:%s:::%s".formatted(partition(), service, resource);
    }

    /// Every EBS snapshot of the region: AWS makes up their names, and their ARNs have no account.
    public String snapshotArns() {
        return "arn:%s:ec2:%s::snapshot/*".formatted(partition(), region());
    }

    private String partition() {
        if (region().value().startsWith("cn-")) {
            return "aws-cn";
        }
        return region().value().startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    public software.amazon.awscdk.Environment target() {
        return software.amazon.awscdk.Environment.builder()
                .account(account().value())
                .region(region().value())
                .build();
    }

    /// What every stack is given: where it stands, what it is for, and whether it refuses to be deleted.
    ///
    /// CDK protects a stack before it creates it, and deletes one whose creation failed before it tries again.
    public StackProps properties(String purpose) {
        return StackProps.builder()
                .env(target())
                .description("Lifeboat %s: %s".formatted(environment.name(), purpose))
                .terminationProtection(environment.deployment().deletionProtection())
                .build();
    }
}
