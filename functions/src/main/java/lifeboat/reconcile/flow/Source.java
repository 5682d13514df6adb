package lifeboat.reconcile.flow;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.recovery.CopyEntry;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.restore.CopyName;
import lifeboat.restore.RestorePoint;

/// The copy that live is reconciled with.
///
/// @param resource the live resource
/// @param copy its restored copy
/// @param restoredTo the time whose state the copy holds
/// @param toTheSecond whether it holds just that state; a recovery point may have been taken a little later
record Source(Resource resource, CopyName copy, Instant restoredTo, boolean toTheSecond) {
    /// Finds it in the ledger.
    ///
    /// @throws Invalid where the ledger has no such copy, or the copy is not there
    static Source of(RecoveryLedger ledger, RecoveryId id, ResourceName name) {
        Recovery recovery = ledger.find(id)
                .orElseThrow(() -> new Invalid(
                        "LB-102", "recovery \"%s\" is not in the ledger of this environment".formatted(id)));
        CopyEntry entry = recovery.copy(name)
                .orElseThrow(() -> new Invalid(
                        "LB-107",
                        "resource \"%s\" is not part of recovery %s: one of %s"
                                .formatted(
                                        name,
                                        id,
                                        recovery.copies().stream()
                                                .map(copy ->
                                                        copy.copy().source().name())
                                                .toList())));
        if (entry.restoreCompletedAt().isEmpty() || entry.remains() == CopyEntry.Remains.GONE) {
            throw new Invalid(
                    "LB-451",
                    "the copy \"%s\" of recovery %s is not there: %s. hint: recover in mode INCIDENT, whose copies stay"
                            .formatted(
                                    entry.copy().name(),
                                    id,
                                    entry.restoreCompletedAt().isEmpty()
                                            ? "it is not restored yet"
                                            : "it was torn down"));
        }
        RestorePoint point = entry.copy().point();
        return new Source(
                entry.copy().source(), entry.copy().name(), point.time(), point instanceof RestorePoint.Continuous);
    }

    /// The column or attribute that the catalog names for the time of the last write; empty: none.
    Optional<String> explainedBy() {
        Stream<String> byChecks = checks(resource).flatMap(check -> check.explainedBy().stream());
        return Stream.concat(byChecks, freshness(resource).stream()).findFirst();
    }

    private static Stream<Check.MatchesLive> checks(Resource resource) {
        return resource.checks().stream()
                .filter(Check.MatchesLive.class::isInstance)
                .map(Check.MatchesLive.class::cast);
    }

    private static Optional<String> freshness(Resource resource) {
        return resource instanceof Resource.DynamoDbTable table
                ? table.freshness()
                        .filter(Freshness.Attribute.class::isInstance)
                        .map(attribute -> ((Freshness.Attribute) attribute).name())
                : Optional.empty();
    }
}
