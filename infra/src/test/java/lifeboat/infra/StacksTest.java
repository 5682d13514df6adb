package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lifeboat.catalog.BackupRule;
import org.junit.jupiter.api.Test;

class StacksTest {
    private final Templates everything = Templates.of(Templates.EVERYTHING);
    private final Templates practice = Templates.of(Templates.PRACTICE);

    @Test
    void everyVaultHasARotatingKeyOfItsOwnAndTheLockOfTheFile() {
        for (var stack : List.of("vault-us-east-1", "vault-us-west-2", "vault-isolated")) {
            var vault = only(everything.stack(stack), "AWS::Backup::BackupVault");

            assertThat(only(everything.stack(stack), "AWS::KMS::Key")
                            .path("EnableKeyRotation")
                            .asBoolean())
                    .isTrue();
            assertThat(vault.path("EncryptionKeyArn").toString()).contains("Key");
            assertThat(vault.at("/LockConfiguration/MinRetentionDays").asInt()).isEqualTo(7);
            assertThat(vault.at("/LockConfiguration/MaxRetentionDays").asInt()).isEqualTo(8 * 365);
            assertThat(vault.at("/LockConfiguration/ChangeableForDays").asInt()).isEqualTo(5);
        }
    }

    @Test
    void governanceLockHasNoCoolingOff() {
        var lock = only(Templates.of(Templates.PROD).stack("vault-us-east-1"), "AWS::Backup::BackupVault")
                .path("LockConfiguration");

        assertThat(lock.path("MinRetentionDays").asInt()).isPositive();
        assertThat(lock.has("ChangeableForDays")).isFalse();
    }

    @Test
    void nobodyDeletesFromAVaultWhateverTheirOwnPolicySays() {
        for (var stack : List.of("vault-us-east-1", "vault-us-west-2", "vault-isolated")) {
            var denied =
                    statement(only(everything.stack(stack), "AWS::Backup::BackupVault"), "NobodyDeletesRecoveryPoints");

            assertThat(denied.path("Effect").asText()).isEqualTo("Deny");
            assertThat(denied.at("/Principal/AWS").asText()).isEqualTo("*");
            assertThat(denied.has("Condition")).isFalse();
            assertThat(denied.path("Action").toString())
                    .contains("backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle");
        }
    }

    @Test
    void onlyTheRoleThatDeploysAndNamedAdministratorsChangeAVault() {
        for (var stack : List.of("vault-us-east-1", "vault-us-west-2", "vault-isolated")) {
            var account = stack.endsWith("isolated") ? "444455556666" : "111122223333";
            var region = stack.endsWith("us-east-1") ? "us-east-1" : "us-west-2";
            var roles = List.of(
                    "arn:${AWS::Partition}:iam::%s:role/cdk-hnb659fds-cfn-exec-role-%s-%s"
                            .formatted(account, account, region),
                    "arn:aws:iam::%s:role/backup-admin".formatted(account));
            var vault = only(everything.stack(stack), "AWS::Backup::BackupVault");
            var key = only(everything.stack(stack), "AWS::KMS::Key");
            var changes = statement(vault, "OnlyDeploymentsAndAdministratorsChangeTheVault");
            var policy = statement(key, "OnlyDeploymentsAndAdministratorsDeleteTheKeyOrChangeItsPolicy");

            assertThat(changes.path("Effect").asText()).isEqualTo("Deny");
            assertThat(exempt(changes)).isEqualTo(roles);
            assertThat(changes.path("Action").toString())
                    .contains("backup:PutBackupVaultLockConfiguration", "backup:PutBackupVaultAccessPolicy");
            assertThat(exempt(policy)).isEqualTo(roles);
            assertThat(texts(policy.path("Action"))).containsExactly("kms:ScheduleKeyDeletion", "kms:PutKeyPolicy");
        }
    }

    @Test
    void onlyNamedAdministratorsDisableTheKeyOfAVaultAndCloudFormationMayUndoItsCreation() {
        var named = statement(
                only(everything.stack("vault-us-east-1"), "AWS::KMS::Key"), "OnlyAdministratorsDisableTheKey");
        var key = only(Templates.of(Templates.PROD).stack("vault-us-east-1"), "AWS::KMS::Key");
        var nobody = statement(key, "OnlyAdministratorsDisableTheKey");
        var deletion = statement(key, "OnlyDeploymentsAndAdministratorsDeleteTheKeyOrChangeItsPolicy");

        assertThat(exempt(deletion))
                .as("without this CloudFormation could not undo a first deployment that failed")
                .containsExactly(
                        "arn:${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1");
        assertThat(named.path("Action").asText()).isEqualTo("kms:DisableKey");
        assertThat(exempt(named)).containsExactly("arn:aws:iam::111122223333:role/backup-admin");
        assertThat(nobody.path("Effect").asText()).isEqualTo("Deny");
        assertThat(nobody.has("Condition")).isFalse();
    }

    private static List<String> exempt(JsonNode statement) {
        var roles = statement.at("/Condition/ArnNotEquals/aws:PrincipalArn");
        return (roles.isArray() ? StreamSupport.stream(roles.spliterator(), false) : Stream.of(roles))
                .map(role -> role.has("Fn::Sub") ? role.path("Fn::Sub").asText() : role.asText())
                .toList();
    }

    @Test
    void planHasTheRulesOfTheFileAndCopiesGoToTheOtherRegionAndTheOtherAccount() {
        planHasTheRules("lifeboat-everything-plan", "rds");
        planHasTheRules("lifeboat-everything-plan-dynamodb", "dynamodb");
        assertThat(everything.environment().schedules().rulesFor("dynamodb"))
                .isNotEqualTo(everything.environment().schedules().rulesFor("rds"));
    }

    private void planHasTheRules(String name, String store) {
        var rules = everything.environment().schedules().rulesFor(store);
        var plan = Templates.properties(everything.stack("protection"), "AWS::Backup::BackupPlan")
                .filter(one -> one.at("/BackupPlan/BackupPlanName").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .at("/BackupPlan/BackupPlanRule");

        assertThat(plan.size()).isEqualTo(rules.size());
        for (var index = 0; index < rules.size(); index++) {
            same(plan.path(index), rules.get(index));
            assertThat(plan.path(index).path("CopyActions").toString())
                    .contains("us-west-2:111122223333:backup-vault:lifeboat-everything-vault-dr")
                    .contains("us-west-2:444455556666:backup-vault:lifeboat-everything-vault-isolated");
        }
    }

    private static void same(JsonNode planned, BackupRule rule) {
        assertThat(planned.path("RuleName").asText()).isEqualTo(rule.name());
        assertThat(planned.path("ScheduleExpression").asText()).isEqualTo(rule.schedule());
        assertThat(planned.path("StartWindowMinutes").asLong())
                .isEqualTo(rule.startWindow().toMinutes());
        assertThat(planned.path("CompletionWindowMinutes").asLong())
                .isEqualTo(rule.completionWindow().toMinutes());
        assertThat(planned.at("/Lifecycle/DeleteAfterDays").asLong())
                .isEqualTo(rule.deleteAfter().toDays());
        assertThat(planned.at("/Lifecycle/MoveToColdStorageAfterDays").asLong())
                .isEqualTo(rule.coldAfter().map(cold -> cold.toDays()).orElse(0L));
        assertThat(planned.path("EnableContinuousBackup").asBoolean()).isEqualTo(rule.continuous());
    }

    @Test
    void everyResourceIsSelectedByItsArn() {
        assertThat(selectedBy("PlanDynamodb.*"))
                .containsExactly("arn:aws:dynamodb:us-east-1:111122223333:table/techmoda-products");
        assertThat(selectedBy("Plan(?!Dynamodb).*"))
                .containsExactly(
                        "arn:aws:ec2:us-east-1:111122223333:volume/vol-0123456789abcdef0",
                        "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-0123456789abcdef0",
                        "arn:aws:rds:us-east-1:111122223333:cluster:techmoda-carts",
                        "arn:aws:rds:us-east-1:111122223333:db:techmoda-orders",
                        "arn:aws:s3:::techmoda-media");
    }

    private List<String> selectedBy(String plan) {
        return Templates.properties(everything.stack("protection"), "AWS::Backup::BackupSelection")
                .filter(selection ->
                        selection.at("/BackupPlanId/Fn::GetAtt/0").asText().matches(plan))
                .flatMap(selection -> texts(selection.at("/BackupSelection/Resources")).stream())
                .toList();
    }

    @Test
    void bucketsAreBackedUpWithThePoliciesThatNobodyElseAdds() {
        assertThat(everything.stack("protection").toString()).contains("AWSBackupServiceRolePolicyForS3Backup");
        assertThat(everything.stack("recovery-us-east-1").toString())
                .contains("AWSBackupServiceRolePolicyForS3Restore");
        assertThat(practice.stack("protection").toString()).doesNotContain("AWSBackupServiceRolePolicyForS3Backup");
    }

    @Test
    void ledgerIsOneTableInBothRegionsThatCannotBeLost() {
        var ledger = only(everything.stack("ledger"), "AWS::DynamoDB::GlobalTable");

        assertThat(ledger.path("TableName").asText()).isEqualTo("lifeboat-ledger-everything");
        assertThat(texts(ledger.path("Replicas"), "Region")).containsExactlyInAnyOrder("us-east-1", "us-west-2");
        assertThat(ledger.path("Replicas")).allSatisfy(replica -> {
            assertThat(replica.path("DeletionProtectionEnabled").asBoolean()).isTrue();
            assertThat(replica.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                            .asBoolean())
                    .isTrue();
        });
        assertThat(texts(ledger.path("GlobalSecondaryIndexes"), "IndexName")).containsExactly("byWorkload", "open");
        assertThat(ledger.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo("expiresAt");
    }

    @Test
    void plansAreEncryptedWithAKeyOfTheirOwnAndStandWhereLiveIs() {
        var bucket = only(everything.stack("plans"), "AWS::S3::Bucket");

        assertThat(bucket.path("BucketName").asText()).isEqualTo("lifeboat-plans-everything-111122223333");
        assertThat(bucket.at(
                                "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm")
                        .asText())
                .isEqualTo("aws:kms");
        assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
        assertThat(only(everything.stack("plans"), "AWS::KMS::Key")
                        .path("EnableKeyRotation")
                        .asBoolean())
                .isTrue();
        assertThat(Templates.properties(everything.stack("recovery-us-east-1"), "AWS::StepFunctions::StateMachine"))
                .hasSize(3);
        assertThat(Templates.properties(everything.stack("recovery-us-west-2"), "AWS::StepFunctions::StateMachine"))
                .hasSize(1);
    }

    @Test
    void evidenceCannotBeChangedAndControlsMatchTheEnvironment() {
        var audit = everything.stack("audit");
        var bucket = only(audit, "AWS::S3::Bucket");

        assertThat(bucket.path("ObjectLockEnabled").asBoolean()).isTrue();
        assertThat(bucket.at("/ObjectLockConfiguration/Rule/DefaultRetention/Mode")
                        .asText())
                .isEqualTo("COMPLIANCE");
        assertThat(bucket.at("/ObjectLockConfiguration/Rule/DefaultRetention/Days")
                        .asInt())
                .isEqualTo(7 * 365);
        assertThat(texts(only(audit, "AWS::Backup::Framework").path("FrameworkControls"), "ControlName"))
                .contains(
                        "BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION",
                        "BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT",
                        "BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK")
                .doesNotHaveDuplicates();
        assertThat(Templates.properties(audit, "AWS::Backup::ReportPlan")).hasSize(5);
        assertThat(Templates.resources(
                                audit,
                                (_, resource) -> resource.path("Type").asText().equals("AWS::S3::BucketPolicy"))
                        .findFirst()
                        .orElseThrow()
                        .path("DependsOn")
                        .size())
                .as("the role that the policy names comes with the first report plan")
                .isEqualTo(5);
    }

    @Test
    void failoverAsksPublicEndpointsAndWatchesTheAlarmOfPrivateOnes() {
        var failover = everything.stack("failover");
        var checks = Templates.properties(failover, "AWS::Route53::HealthCheck")
                .map(check -> check.path("HealthCheckConfig"))
                .toList();

        assertThat(checks)
                .extracting(check -> check.path("Type").asText())
                .containsExactlyInAnyOrder("HTTPS", "CLOUDWATCH_METRIC");
        assertThat(Templates.properties(failover, "AWS::Route53::RecordSet"))
                .hasSize(2)
                .allSatisfy(record -> {
                    assertThat(record.path("TTL").asText()).isEqualTo("60");
                    assertThat(record.has("HealthCheckId")).isTrue();
                })
                .extracting(record -> record.path("Failover").asText())
                .containsExactlyInAnyOrder("PRIMARY", "SECONDARY");
    }

    @Test
    void regionSwitchStandsWhereItIsNeededAndCallsOurRecovery() {
        var plan = only(everything.stack("region-switch-us-west-2"), "AWS::ARCRegionSwitch::Plan");

        assertThat(plan.path("Workflows").toString())
                .contains("arn:aws:lambda:us-west-2:111122223333:function:lifeboat-everything-region-switch")
                .contains("activatingRegion");
        assertThat(plan.path("Description").asText())
                .as("whoever executes it reads that the other mode skips functions")
                .contains("Execute it gracefully");
    }

    @Test
    void labIsPrivateUnlessTrustedAddressesAreGiven() {
        var open = only(practice.stack("lab-us-east-1"), "AWS::RDS::DBInstance");
        var closed = only(
                Templates.of(
                                lifeboat.catalog.EnvironmentFile.parse(
                                        "private.yaml",
                                        read(Templates.PRACTICE)
                                                .replace("lab: {trustedCidr: 203.0.113.7/32}", "lab: {}")),
                                "private")
                        .stack("lab-us-east-1"),
                "AWS::RDS::DBInstance");

        assertThat(open.path("PubliclyAccessible").asBoolean()).isTrue();
        assertThat(closed.path("PubliclyAccessible").asBoolean()).isFalse();
        assertThat(practice.stack("lab-us-east-1").toString())
                .contains("203.0.113.7/32")
                .doesNotContain("0.0.0.0/0\",\"Description\":\"the");
    }

    @Test
    void deployingTheLabRehearsesARecoveryAndTellsCloudFormationEitherWay(
            @org.junit.jupiter.api.io.TempDir java.nio.file.Path directory) throws Exception {
        var site = lifeboat.infra.site.Site.primary(practice.environment());
        var text = FlowDefinition.definition(
                practice.stack("recovery-us-east-1").path("Resources"), site, "lab-rehearsal");
        var states =
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(text).path("States");
        var file = directory.resolve("lab.asl.json");
        java.nio.file.Files.writeString(file, text);

        assertThat(Tool.run("node_modules/.bin/asl-validator", "--json-path", file.toString())
                        .exit())
                .isZero();
        assertThat(states.at("/Seed/Branches").size()).isEqualTo(10);
        assertThat(states.at("/Seed").toString()).contains("attribute_not_exists(id)");
        for (var step : List.of("Seed", "Fill databases", "Wait until restorable", "Rehearse")) {
            assertThat(states.path(step).at("/Catch/0/Next").asText()).isEqualTo("Answer");
        }
        assertThat(states.at("/Rehearse/Parameters/StateMachineArn").asText()).isEqualTo(site.stateMachineArn());
        assertThat(everything.stacks().keySet()).noneMatch(stack -> stack.contains("lab"));
        assertThat(everything.stack("recovery-us-east-1").toString()).doesNotContain("lab-rehearsal");
    }

    @Test
    void labRecordsWhatItSeededBeforeItRehearses() throws Exception {
        var lab = Templates.of(java.nio.file.Path.of("infra/environments/lab.yaml"));
        var site = lifeboat.infra.site.Site.primary(lab.environment());
        var text = FlowDefinition.definition(lab.stack("recovery-us-east-1").path("Resources"), site, "lab-rehearsal");
        var states =
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(text).path("States");

        assertThat(states.at("/Seed/Next").asText()).isEqualTo("Fill databases");
        assertThat(states.at("/Fill databases/Resource").asText()).isEqualTo(site.functionArn("lab-seed"));
        assertThat(states.at("/Fill databases/Next").asText()).isEqualTo("Seeded");
        assertThat(states.at("/Seeded/Next").asText()).isEqualTo("Record");
        assertThat(states.at("/Record/Parameters").toString())
                .isEqualTo("{\"workload\":\"catalog\",\"resources\":[\"products\",\"orders\"]}");
        assertThat(states.at("/Record/Catch/0/Next").asText()).isEqualTo("Answer");
        assertThat(states.at("/Record/Next").asText()).isEqualTo("Wait until restorable");
        assertThat(states.at("/Record/Resource").asText()).isEqualTo(site.functionArn("record"));
    }

    /// Point-in-time recovery is about five minutes behind, and sometimes more: a fixed wait is too long or too
    /// short.
    @Test
    void labAsksEachTableUntilItCanBeRestoredAndAnswersBeforeCloudFormationGivesUp() throws Exception {
        var site = lifeboat.infra.site.Site.primary(practice.environment());
        var text = FlowDefinition.definition(
                practice.stack("recovery-us-east-1").path("Resources"), site, "lab-rehearsal");
        var states =
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(text).path("States");
        var asking = states.at("/Wait until restorable/Branches/0/States");

        assertThat(states.at("/Wait until restorable/Type").asText()).isEqualTo("Parallel");
        assertThat(asking.at("/Look at products/Resource").asText())
                .isEqualTo("arn:aws:states:::aws-sdk:dynamodb:describeContinuousBackups");
        assertThat(asking.at("/Is it in products/Default").asText()).isEqualTo("Wait for products");
        var looking = asking.at("/Is it in products/Choices/1/NumericGreaterThanEquals")
                        .asInt()
                * asking.at("/Wait for products/Seconds").asInt();
        var recovering = states.at("/Rehearse/TimeoutSeconds").asInt();
        assertThat(looking).isBetween(600, 1200);
        assertThat(looking + recovering).isLessThan(3400);
    }

    @Test
    void everyDeploymentOfTheLabRehearses() {
        var first = rehearsal(java.time.Instant.parse("2026-11-28T06:00:00Z"));
        var second = rehearsal(java.time.Instant.parse("2026-11-28T07:00:00Z"));

        assertThat(second).isNotEqualTo(first);
    }

    private JsonNode rehearsal(java.time.Instant at) {
        var app = new software.amazon.awscdk.App(software.amazon.awscdk.AppProps.builder()
                .analyticsReporting(false)
                .build());
        var stack = new lifeboat.infra.lab.LabRehearsalStack(
                app, lifeboat.infra.site.Site.primary(practice.environment()), at);
        var template = new com.fasterxml.jackson.databind.ObjectMapper()
                .<JsonNode>valueToTree(
                        app.synth().getStackByName(stack.getStackName()).getTemplate());
        return only(template, "AWS::CloudFormation::CustomResource");
    }

    @Test
    void functionsThatReadDatabasesStandInTheirNetwork() {
        var inside = Templates.properties(everything.stack("recovery-us-east-1"), "AWS::Lambda::Function")
                .filter(function -> function.has("VpcConfig"))
                .map(function -> function.path("FunctionName").asText())
                .toList();

        assertThat(inside)
                .containsExactlyInAnyOrder(
                        "lifeboat-everything-check",
                        "lifeboat-everything-plan-checks",
                        "lifeboat-everything-compare",
                        "lifeboat-everything-repair",
                        "lifeboat-everything-read-content");
    }

    @Test
    void everyAlarmTellsTheContacts() {
        var alarms = Templates.properties(everything.stack("recovery-us-east-1"), "AWS::CloudWatch::Alarm")
                .toList();

        assertThat(alarms)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        alarm -> assertThat(alarm.path("AlarmActions").size()).isEqualTo(1));
    }

    @Test
    void schedulesHaveADeadLetterQueueAndOnlyTheSweepsRunInTheRecoveryRegion() {
        var primary = Templates.properties(everything.stack("recovery-us-east-1"), "AWS::Scheduler::Schedule")
                .toList();
        var recovery = Templates.properties(everything.stack("recovery-us-west-2"), "AWS::Scheduler::Schedule")
                .toList();

        assertThat(recovery)
                .extracting(schedule -> schedule.path("Description").textValue())
                .containsExactlyInAnyOrder(
                        "Picks up what a recovery left behind", "Closes recoveries that ended without being closed");
        assertThat(Stream.concat(primary.stream(), recovery.stream())).allSatisfy(schedule -> {
            assertThat(schedule.at("/Target/DeadLetterConfig").has("Arn")).isTrue();
            assertThat(schedule.at("/Target/Input").toString()).contains("aws.scheduler.scheduled-time");
        });
    }

    private static String read(java.nio.file.Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static JsonNode only(JsonNode template, String type) {
        var found = Templates.properties(template, type).toList();
        assertThat(found).as(type).hasSize(1);
        return found.getFirst();
    }

    private static JsonNode statement(JsonNode owner, String sid) {
        return StreamSupport.stream(
                        owner.at(owner.has("KeyPolicy") ? "/KeyPolicy/Statement" : "/AccessPolicy/Statement")
                                .spliterator(),
                        false)
                .filter(statement -> statement.path("Sid").asText().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(one -> one.path(field).asText())
                .toList();
    }
}
