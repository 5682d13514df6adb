package lifeboat.reconcile.flow;

import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.objective.Soundness;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryLedger;

/// What the checks of its recovery prove about the copy that live is to be repaired from.
///
/// @param recovery that made the copy
/// @param resource whose copy it is
/// @param soundness what the checks prove
record CopyStanding(RecoveryId recovery, ResourceName resource, Soundness soundness) {
    private static final String DAMAGED = "damaged";
    private static final String UNPROVEN = "unproven";

    /// What a request can accept by name.
    static final List<String> ACCEPTED = List.of(DAMAGED, UNPROVEN);

    /// Judges the copy anew, by what the ledger holds. Reconcile runs where live is.
    static CopyStanding of(RecoveryLedger ledger, RecoveryId recovery, ResourceName resource) {
        Soundness soundness = new Assessor(ledger, false)
                .judge(recovery).copies().stream()
                        .map(copy -> copy.result())
                        .filter(result -> result.resource().equals(resource))
                        .findFirst()
                        .orElseThrow()
                        .soundness();
        return new CopyStanding(recovery, resource, soundness);
    }

    /// Refuses a copy that is not proven sound, unless its standing is accepted by name.
    ///
    /// @param accepted the standing that the person who asks accepts; empty: none
    void refuse(Optional<String> accepted) {
        if (!(soundness instanceof Soundness.Sound) && !accepted.equals(Optional.of(word()))) {
            throw new Invalid(
                    "LB-469",
                    "%s. hint: repair from a copy that passed its checks; to use this one all the same, say {\"acceptCopy\": \"%s\"}"
                            .formatted(text(), word()));
        }
    }

    private String word() {
        return switch (soundness) {
            case Soundness.Sound _ -> "sound";
            case Soundness.Damaged _ -> DAMAGED;
            case Soundness.Unproven _ -> UNPROVEN;
        };
    }

    /// One sentence. What the checks saw stays where it is: this text goes into e-mails.
    String text() {
        return switch (soundness) {
            case Soundness.Sound(int checks) ->
                "the copy of %s by recovery %s is sound: %d checks passed".formatted(resource, recovery, checks);
            case Soundness.Damaged(var failures) ->
                "the copy of %s by recovery %s FAILED %d of its checks; the result of the recovery says which"
                        .formatted(resource, recovery, failures.size());
            case Soundness.Unproven(var gaps) ->
                "the copy of %s by recovery %s is NOT PROVEN sound, for %d reasons; the result of the recovery says which"
                        .formatted(resource, recovery, gaps.size());
        };
    }
}
