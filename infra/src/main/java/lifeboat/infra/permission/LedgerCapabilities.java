package lifeboat.infra.permission;

import static lifeboat.infra.permission.Permission.allow;
import static lifeboat.infra.permission.Scope.LEDGER;
import static lifeboat.infra.permission.Scope.VERDICTS;

import java.util.List;

/// What the functions need of the ledger, by what they write there: each part of it has its writers.
final class LedgerCapabilities {
    private LedgerCapabilities() {}

    static final List<Permission> READ_RECOVERIES =
            List.of(allow("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
                    .on(LEDGER)
                    .because("reads where recoveries stand and what became of them"));

    static final List<Permission> PLAN_RECOVERY = List.of(
            write("dynamodb:PutItem", "RECOVERY#*", "REQUEST#*", "SETTINGS#*", "UNCLOSED#*")
                    .because("writes down what is planned before it is done, and the settings of live"),
            write("dynamodb:DeleteItem", "REQUEST#*").because("lets the next recovery of the same request begin"));

    static final List<Permission> NOTE_PROGRESS =
            List.of(write("dynamodb:UpdateItem", "RECOVERY#*").because("writes down what has happened to a copy"));

    static final List<Permission> NOTE_EVIDENCE =
            List.of(write("dynamodb:PutItem", "EVIDENCE#*").because("writes down what a check saw"));

    /// Given to one function alone: a verdict has one writer.
    static final List<Permission> GIVE_VERDICT = List.of(
            write("dynamodb:PutItem", "VERDICT#*").because("writes down the verdict, once"),
            write("dynamodb:DeleteItem", "REQUEST#*", "UNCLOSED#*")
                    .because("lets the next recovery of the same request begin, and no longer counts this one as open"),
            allow("s3:PutObject").on(VERDICTS).because("keeps the verdict as evidence"));

    static final List<Permission> NOTE_VALIDATION =
            List.of(write("dynamodb:PutItem", "VALIDATION#*").because("writes down what the daily validation found"));

    static final List<Permission> NOTE_REPORT =
            List.of(write("dynamodb:PutItem", "REPORT#*").because("writes down that a report was sent"));

    /// Writes to items of the ledger whose partition keys begin like this, and to no others.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html">
    ///     Fine-grained access control</a>
    static Write write(String action, String... partitions) {
        return reason -> allow(action)
                .on(LEDGER)
                .because(reason)
                .onlyIf("ForAllValues:StringLike", "dynamodb:LeadingKeys", partitions);
    }

    /// A write to the ledger, still without a reason.
    interface Write {
        Permission because(String reason);
    }
}
