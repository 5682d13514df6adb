package lifeboat.infra;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lifeboat.infra.Roles.Question;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.permission.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the roles of the recovery may do, asked of an evaluator of IAM policies that is not ours.
class PermissionsTest {
    private static final String ACCOUNT = "111122223333";
    private static final Map<String, String> NO_TAGS = Map.of();
    private static final Map<String, String> DRILL = tags("DRILL");
    private static final Map<String, String> INCIDENT = tags("INCIDENT");
    private static final List<String> DELETES =
            List.of("dynamodb:DeleteTable", "rds:DeleteDBInstance", "rds:DeleteDBCluster");
    private static final List<String> OVERWRITES = List.of(
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:UpdateTable",
            "rds:ModifyDBInstance",
            "dynamodb:TagResource",
            "rds:AddTagsToResource");
    private static Roles roles;

    @BeforeAll
    static void synthesize() {
        roles = Roles.of(Templates.of(Templates.EVERYTHING).stack("recovery-us-east-1"), ACCOUNT);
    }

    @Test
    void noRoleDeletesProductionEvenWithTheTagsOfADrill() throws Exception {
        for (var tags : List.of(NO_TAGS, DRILL)) {
            assertThat(allowed(DELETES, "techmoda-products", tags)).isEmpty();
            assertThat(allowed(DELETES, "techmoda-lifeboat-drill-products", tags))
                    .isEmpty();
        }
    }

    @Test
    void theSettingsOfAnIndexAreReadAndGivenLikeThoseOfItsTable() throws Exception {
        assertThat(allowed(List.of("dynamodb:DescribeContributorInsights"), "techmoda-products/index/by-kind", NO_TAGS))
                .contains("plan dynamodb:DescribeContributorInsights");
        assertThat(allowed(
                        List.of("dynamodb:UpdateContributorInsights"),
                        "lifeboat-restored-20261120-k3v9x2-products/index/by-kind",
                        NO_TAGS))
                .containsExactly("configure dynamodb:UpdateContributorInsights");
    }

    @Test
    void onlyTeardownAndSweepDeleteTheCopyOfADrill() throws Exception {
        assertThat(allowed(DELETES, "lifeboat-drill-20261120-k3v9x2-products", DRILL))
                .containsExactlyInAnyOrder(
                        "teardown dynamodb:DeleteTable",
                        "teardown rds:DeleteDBInstance",
                        "teardown rds:DeleteDBCluster",
                        "sweep dynamodb:DeleteTable",
                        "sweep rds:DeleteDBInstance",
                        "sweep rds:DeleteDBCluster");
    }

    @Test
    void nobodyDeletesWhatOnlyBearsTheNameOfADrill() throws Exception {
        assertThat(allowed(DELETES, "lifeboat-drill-20261120-k3v9x2-products", NO_TAGS))
                .isEmpty();
        assertThat(allowed(DELETES, "lifeboat-drill-of-somebody-else", Map.of("aws:ResourceTag/env", "prod")))
                .isEmpty();
    }

    @Test
    void nobodyDeletesTheCopyOfAnIncident() throws Exception {
        assertThat(allowed(DELETES, "lifeboat-restored-20261120-k3v9x2-products", INCIDENT))
                .isEmpty();
        assertThat(allowed(DELETES, "lifeboat-drill-20261120-k3v9x2-products", INCIDENT))
                .isEmpty();
    }

    @Test
    void nobodyDeletesTheLedger() throws Exception {
        assertThat(allowed(
                        List.of("dynamodb:DeleteTable", "dynamodb:UpdateTable"), "lifeboat-ledger-everything", DRILL))
                .isEmpty();
    }

    @Test
    void onlyRepairWritesIntoProductionItemByItemAndNobodyTagsIt() throws Exception {
        for (var tags : List.of(NO_TAGS, DRILL)) {
            assertThat(allowed(OVERWRITES, "techmoda-products", tags))
                    .containsExactlyInAnyOrder(
                            "repair dynamodb:PutItem", "repair dynamodb:UpdateItem", "repair dynamodb:DeleteItem");
        }
    }

    @Test
    void repairReachesNoTableButThoseOfTheCatalogAndNeverTheLedger() throws Exception {
        var writes = List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem");

        assertThat(allowed(writes, "somebody-elses", NO_TAGS)).isEmpty();
        assertThat(allowed(writes, "lifeboat-ledger-everything", NO_TAGS)).noneMatch(who -> who.startsWith("repair"));
        assertThat(answersOfRepairEverywhere("lifeboat-ledger-everything")).containsOnly("ExplicitlyDenied");
        assertThat(answersOfRepairEverywhere("techmoda-products")).containsOnly("Allowed");
    }

    private static List<String> answersOfRepairEverywhere(String table) throws Exception {
        return roles.answers(Stream.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
                .map(action -> new Question(role(Handler.REPAIR), action, arn(action, table), NO_TAGS))
                .toList());
    }

    @Test
    void nobodyDeletesPlansAndOnlyReconcileReadsThem() throws Exception {
        var plan = "arn:aws:s3:::lifeboat-plans-everything-111122223333/plans/0123/plan.json";

        assertThat(allowedOn("s3:DeleteObject", plan, NO_TAGS)).isEmpty();
        assertThat(allowedOn("s3:DeleteObjectVersion", plan, NO_TAGS)).isEmpty();
        assertThat(allowedOn("s3:GetObject", plan, NO_TAGS))
                .containsExactlyInAnyOrder("reconcile", "compare", "repair", "reconciled");
    }

    @Test
    void onlyRepairLogsInAsWhoMayWriteWhereThereIsAReader() throws Exception {
        var writer = "arn:aws:secretsmanager:us-east-1:111122223333:secret:techmoda/orders-a1b2c3";
        var reader = "arn:aws:secretsmanager:us-east-1:111122223333:secret:techmoda/orders-reader-a1b2c3";

        assertThat(allowedOn("secretsmanager:GetSecretValue", writer, NO_TAGS)).containsExactly("repair");
        assertThat(allowedOn("secretsmanager:GetSecretValue", reader, NO_TAGS))
                .containsExactlyInAnyOrder("plan-checks", "check", "compare", "repair", "read-content");
    }

    @Test
    void restoresStartOnlyFromWhatTheCatalogNames() throws Exception {
        var restores = List.of("dynamodb:RestoreTableToPointInTime", "rds:RestoreDBInstanceToPointInTime");

        assertThat(allowed(restores, "somebody-elses", NO_TAGS)).isEmpty();
        assertThat(allowed(List.of("dynamodb:RestoreTableToPointInTime"), "techmoda-products", NO_TAGS))
                .containsExactly("restore dynamodb:RestoreTableToPointInTime");
        assertThat(allowed(List.of("rds:RestoreDBInstanceToPointInTime"), "techmoda-orders", NO_TAGS))
                .containsExactly("restore rds:RestoreDBInstanceToPointInTime");
    }

    @Test
    void onlyRestoringPassesOneRoleToOneService() throws Exception {
        var role = "arn:aws:iam::111122223333:role/lifeboat-everything-restore-us-east-1";
        var backup = Map.of("iam:PassedToService", "backup.amazonaws.com");

        assertThat(allowedOn("iam:PassRole", role, backup)).containsExactly("restore");
        assertThat(allowedOn("iam:PassRole", role, Map.of("iam:PassedToService", "ec2.amazonaws.com")))
                .isEmpty();
        assertThat(allowedOn("iam:PassRole", "arn:aws:iam::111122223333:role/Admin", backup))
                .isEmpty();
    }

    @Test
    void nobodyTouchesRecoveryPointsVaultsOrKeys() throws Exception {
        var point = "arn:aws:backup:us-east-1:111122223333:recovery-point:1EB3B5E7-9EB0-435A-A80B-108B488B0D45";
        var vault = "arn:aws:backup:us-east-1:111122223333:backup-vault:lifeboat-everything-vault";
        var key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

        assertThat(allowedOn("backup:DeleteRecoveryPoint", point, NO_TAGS)).isEmpty();
        assertThat(allowedOn("backup:DeleteBackupVault", vault, NO_TAGS)).isEmpty();
        assertThat(allowedOn("backup:PutBackupVaultAccessPolicy", vault, NO_TAGS))
                .isEmpty();
        assertThat(allowedOn("kms:ScheduleKeyDeletion", key, NO_TAGS)).isEmpty();
        assertThat(allowedOn("kms:Decrypt", key, NO_TAGS)).isEmpty();
    }

    @Test
    void eachFunctionWritesItsOwnPartOfTheLedger() throws Exception {
        assertThat(writersOf("dynamodb:PutItem", "RECOVERY#20261120-k3v9x2")).containsExactly("plan");
        assertThat(writersOf("dynamodb:UpdateItem", "RECOVERY#20261120-k3v9x2"))
                .containsExactlyInAnyOrder(
                        "restore",
                        "status",
                        "configure",
                        "plan-checks",
                        "check",
                        "teardown",
                        "record-failure",
                        "sweep");
        assertThat(writersOf("dynamodb:PutItem", "EVIDENCE#20261120-k3v9x2#orders"))
                .containsExactly("check");
        assertThat(writersOf("dynamodb:PutItem", "SETTINGS#catalog")).containsExactly("plan");
        assertThat(writersOf("dynamodb:PutItem", "REQUEST#catalog#DRILL")).containsExactly("plan");
        assertThat(writersOf("dynamodb:DeleteItem", "REQUEST#catalog#DRILL"))
                .containsExactlyInAnyOrder("plan", "close");
        assertThat(writersOf("dynamodb:PutItem", "VALIDATION#catalog")).containsExactly("validate");
        assertThat(writersOf("dynamodb:PutItem", "REPORT#DAILY")).containsExactly("report");
        assertThat(writersOf("dynamodb:PutItem", "CONTENT#catalog#orders#orders"))
                .containsExactly("read-content");
        assertThat(writersOf("dynamodb:PutItem", "READING#1")).containsExactly("read-content");
    }

    @Test
    void oneFunctionAloneGivesVerdictsAndNoneChangesOrDeletesThem() throws Exception {
        var verdict = "VERDICT#20261120-k3v9x2";

        assertThat(writersOf("dynamodb:PutItem", verdict)).containsExactly("close");
        for (var action : List.of("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")) {
            assertThat(writersOf(action, verdict)).isEmpty();
        }
        assertThat(allowedOn(
                        "s3:PutObject",
                        "arn:aws:s3:::lifeboat-evidence-everything-111122223333/verdicts/20261120-k3v9x2.json",
                        NO_TAGS))
                .containsExactly("close");
        assertThat(allowedOn(
                        "s3:PutObject",
                        "arn:aws:s3:::lifeboat-evidence-everything-111122223333/reports/everything/daily/2026-11-20.html",
                        NO_TAGS))
                .containsExactly("report");
    }

    @Test
    void noWriteToTheLedgerReachesAnyPartition() throws Exception {
        for (var action : List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")) {
            assertThat(writersOf(action, "SOMETHING#else")).isEmpty();
        }
    }

    private static List<String> writersOf(String action, String partition) throws Exception {
        return allowedOn(
                action,
                "arn:aws:dynamodb:us-east-1:111122223333:table/lifeboat-ledger-everything",
                Map.of("dynamodb:LeadingKeys", partition));
    }

    /// AWS Backup's own policies are not in the template: whatever they allow, an explicit denial goes first.
    @Test
    void roleInWhichAwsBackupRestoresTouchesCopiesOnly() throws Exception {
        var restore = roles.role("Restore");

        assertThat(answers(roles, restore, production(), DRILL)).containsOnly("ExplicitlyDenied");
        assertThat(answers(roles, restore, copies("lifeboat-drill-20261120-k3v9x2-"), NO_TAGS))
                .containsOnly("ImplicitlyDenied");
        assertThat(answers(roles, restore, copies("lifeboat-restored-20261120-k3v9x2-"), NO_TAGS))
                .containsOnly("ImplicitlyDenied");
    }

    @Test
    void roleInWhichAwsBackupTestsTouchesTestsOnly() throws Exception {
        var testing = Roles.of(Templates.of(Templates.EVERYTHING).stack("restore-testing"), ACCOUNT);
        var role = testing.role("Test");
        var test = Map.of("aws:ResourceTag/awsbackup-restore-test", "job");

        assertThat(answers(testing, role, production(), DRILL)).containsOnly("ExplicitlyDenied");
        assertThat(answers(testing, role, copies("awsbackup-restore-test-"), test))
                .containsOnly("ImplicitlyDenied");
    }

    @Test
    void anythingIsMeantOnlyWhereAwsKnowsNoResource() throws Exception {
        var unrestricted = deployed().stream()
                .flatMap(handler -> handler.permissions().stream())
                .filter(permission -> permission.on().contains(Scope.ANYTHING))
                .flatMap(permission -> permission.actions().stream())
                .collect(toCollection(TreeSet::new));

        var told = Tool.run(
                List.of("node", "infra/src/test/node/wildcards.mjs"),
                new ObjectMapper().writeValueAsString(unrestricted));

        assertThat(unrestricted).hasSizeGreaterThan(3);
        // Composite alarms are only told to who may see all alarms.
        assertThat(told.output()).isEqualTo("cloudwatch:DescribeAlarms\n");
    }

    private static Map<String, String> production() {
        return Map.ofEntries(
                Map.entry("dynamodb:DeleteTable", "arn:aws:dynamodb:us-east-1:111122223333:table/techmoda-products"),
                Map.entry("dynamodb:PutItem", "arn:aws:dynamodb:us-east-1:111122223333:table/techmoda-products"),
                Map.entry("dynamodb:BatchWriteItem", "arn:aws:dynamodb:us-east-1:111122223333:table/techmoda-products"),
                Map.entry("rds:DeleteDBInstance", "arn:aws:rds:us-east-1:111122223333:db:techmoda-orders"),
                Map.entry("rds:DeleteDBCluster", "arn:aws:rds:us-east-1:111122223333:cluster:techmoda-carts"),
                Map.entry("s3:PutObject", "arn:aws:s3:::techmoda-media/a"),
                Map.entry("s3:PutObjectAcl", "arn:aws:s3:::techmoda-media/a"),
                Map.entry("s3:DeleteObject", "arn:aws:s3:::techmoda-media/a"),
                Map.entry("s3:PutBucketVersioning", "arn:aws:s3:::techmoda-media"),
                Map.entry("ec2:DeleteVolume", "arn:aws:ec2:us-east-1:111122223333:volume/vol-0123456789abcdef0"),
                Map.entry("ec2:TerminateInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0"),
                Map.entry(
                        "elasticfilesystem:DeleteFileSystem",
                        "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-0123456789abcdef0"));
    }

    private static Map<String, String> copies(String prefix) {
        return Map.of(
                "dynamodb:PutItem", "arn:aws:dynamodb:us-east-1:111122223333:table/" + prefix + "products",
                "dynamodb:BatchWriteItem", "arn:aws:dynamodb:us-east-1:111122223333:table/" + prefix + "products",
                "rds:DeleteDBInstance", "arn:aws:rds:us-east-1:111122223333:db:" + prefix + "orders",
                "s3:PutObject", "arn:aws:s3:::" + prefix + "media/a",
                "s3:PutBucketVersioning", "arn:aws:s3:::" + prefix + "media");
    }

    private static List<String> answers(
            Roles asked, String role, Map<String, String> resources, Map<String, String> context) throws Exception {
        return asked.answers(resources.entrySet().stream()
                .map(one -> new Question(
                        role,
                        one.getKey(),
                        one.getValue(),
                        one.getKey().startsWith("s3:") ? NO_TAGS : context)) // objects are not judged by tags of ours
                .toList());
    }

    @Test
    void everyActionAndConditionKeyExists() throws Exception {
        var actions = new TreeSet<String>();
        var keys = new ArrayList<List<String>>();
        for (var policy : roles.policies().values()) {
            policy.path("Statement").forEach(statement -> {
                var named = texts(statement.path("Action"));
                actions.addAll(named);
                statement
                        .path("Condition")
                        .forEach(operator -> operator.fieldNames()
                                .forEachRemaining(key -> named.forEach(action -> keys.add(List.of(action, key)))));
            });
        }
        var asked = new ObjectMapper().writeValueAsString(Map.of("actions", actions, "keys", keys));

        var told = Tool.run(List.of("node", "infra/src/test/node/actions.mjs"), asked);

        assertThat(actions).hasSizeGreaterThan(40);
        assertThat(told.output()).isEmpty();
        assertThat(told.exit()).isZero();
    }

    @Test
    void unknownActionsAreSeen() throws Exception {
        var told = Tool.run(
                List.of("node", "infra/src/test/node/actions.mjs"),
                "{\"actions\":[\"dynamodb:DropTable\"],\"keys\":[[\"dynamodb:DeleteTable\",\"dynamodb:Color\"]]}");

        assertThat(told.output()).isEqualTo("action dynamodb:DropTable\nkey dynamodb:Color of dynamodb:DeleteTable\n");
    }

    @Test
    void noActionIsAWildcard() {
        assertThat(roles.policies().values())
                .allSatisfy(policy -> policy.path("Statement")
                        .forEach(statement ->
                                assertThat(texts(statement.path("Action"))).noneMatch(action -> action.contains("*"))));
    }

    @Test
    void everyRoleStaysFarBelowTheSizeThatIamAllows() {
        assertThat(roles.policies().values())
                .allSatisfy(policy -> assertThat(policy.toString().length()).isLessThan(9_000)); // of 10,240
    }

    /// `handler action` for every handler that may, on the table, instance or cluster of that name.
    private static List<String> allowed(List<String> actions, String name, Map<String, String> tags) throws Exception {
        var asked = new LinkedHashMap<String, Question>();
        for (var handler : deployed()) {
            for (var action : actions) {
                asked.put(handler.label() + " " + action, new Question(role(handler), action, arn(action, name), tags));
            }
        }
        return allowedOf(asked);
    }

    private static List<String> allowedOn(String action, String arn, Map<String, String> context) throws Exception {
        var asked = new LinkedHashMap<String, Question>();
        deployed().forEach(handler -> asked.put(handler.label(), new Question(role(handler), action, arn, context)));
        return allowedOf(asked);
    }

    private static List<String> allowedOf(Map<String, Question> asked) throws Exception {
        var answers = roles.answers(List.copyOf(asked.values()));
        assertThat(answers)
                .hasSameSizeAs(asked.values())
                .isSubsetOf(Set.of("Allowed", "ExplicitlyDenied", "ImplicitlyDenied"));
        var names = List.copyOf(asked.keySet());
        return Stream.iterate(0, index -> index + 1)
                .limit(names.size())
                .filter(index -> answers.get(index).equals("Allowed"))
                .map(names::get)
                .toList();
    }

    /// The lab's own function is deployed only where a lab is.
    private static List<Handler> deployed() {
        return Stream.of(Handler.values())
                .filter(handler -> handler != Handler.LAB_REHEARSAL && handler != Handler.LAB_SEED)
                .toList();
    }

    private static String role(Handler handler) {
        return roles.role("Functions" + handler.label().replace("-", "") + "role");
    }

    private static String arn(String action, String name) {
        return switch (action) {
            case "rds:DeleteDBCluster" -> "arn:aws:rds:us-east-1:111122223333:cluster:" + name;
            case String rds when rds.startsWith("rds:") -> "arn:aws:rds:us-east-1:111122223333:db:" + name;
            default -> "arn:aws:dynamodb:us-east-1:111122223333:table/" + name;
        };
    }

    private static List<String> texts(com.fasterxml.jackson.databind.JsonNode oneOrMore) {
        var all = new ArrayList<String>();
        if (oneOrMore.isTextual()) {
            all.add(oneOrMore.asText());
        }
        oneOrMore.forEach(one -> all.add(one.asText()));
        return all;
    }

    private static Map<String, String> tags(String mode) {
        return Map.of("aws:ResourceTag/lifeboat:recovery", "20261120-k3v9x2", "aws:ResourceTag/lifeboat:mode", mode);
    }
}
