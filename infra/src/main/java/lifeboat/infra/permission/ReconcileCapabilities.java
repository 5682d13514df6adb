package lifeboat.infra.permission;

import static lifeboat.infra.permission.Permission.allow;
import static lifeboat.infra.permission.Scope.COPIED_DATABASES;
import static lifeboat.infra.permission.Scope.COPIED_TABLES;
import static lifeboat.infra.permission.Scope.CREDENTIALS;
import static lifeboat.infra.permission.Scope.KEYS;
import static lifeboat.infra.permission.Scope.LIVE_DATABASES;
import static lifeboat.infra.permission.Scope.LIVE_TABLES;
import static lifeboat.infra.permission.Scope.PLANS;
import static lifeboat.infra.permission.Scope.PLANS_BUCKET;
import static lifeboat.infra.permission.Scope.RECONCILES;
import static lifeboat.infra.permission.Scope.RECONCILE_MACHINE;

import java.util.List;

/// What the functions of reconcile need, by what they do.
final class ReconcileCapabilities {
    private ReconcileCapabilities() {}

    static final List<Permission> START_RECONCILE = List.of(
            allow("states:StartExecution")
                    .on(RECONCILE_MACHINE)
                    .because("starts the comparison, repair or undo that a person asks for"),
            allow("states:DescribeExecution").on(RECONCILES).because("says whether a run is under way"));

    static final List<Permission> KEEP_PLANS = List.of(
            allow("s3:GetObject", "s3:PutObject")
                    .on(PLANS)
                    .because("keeps plans, and what live held before each batch of a repair; never over what is there"),
            allow("s3:ListBucket").on(PLANS_BUCKET).because("tells a file that is not there from one that is denied"),
            allow("kms:Decrypt", "kms:GenerateDataKey")
                    .on(KEYS)
                    .because("plans name rows of live, so they are encrypted with a key of their own")
                    .onlyIf("StringLike", "kms:ViaService", "s3.*.amazonaws.com"));

    static final List<Permission> REACH_BOTH_SIDES = List.of(
            allow("rds:DescribeDBInstances")
                    .on(LIVE_DATABASES, COPIED_DATABASES)
                    .because("knows where live and its copy are reached"),
            allow("dynamodb:DescribeTimeToLive")
                    .on(LIVE_TABLES, COPIED_TABLES)
                    .because("tells items that expired from items that are lost"));

    /// Given to one function alone, which knows no way to write but one row on condition.
    static final List<Permission> REPAIR_LIVE = List.of(
            allow("secretsmanager:GetSecretValue").on(CREDENTIALS).because("logs in to live as who may write"),
            allow("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
                    .on(LIVE_TABLES)
                    .because("repairs the items of an approved plan, each only if live still is what the plan saw"));
}
