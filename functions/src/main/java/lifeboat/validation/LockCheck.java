package lifeboat.validation;

import java.time.Duration;
import java.util.Optional;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.VaultLock;
import lifeboat.validation.Finding.Aspect;
import lifeboat.validation.Finding.Failed;
import lifeboat.validation.Finding.Passed;
import lifeboat.validation.Finding.Subject;
import lifeboat.validation.Finding.Unknown;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;

/// Compares a vault's lock with the environment file.
///
/// @param wanted absent: the file asks for no lock, and none is looked for
record LockCheck(Optional<VaultLock> wanted) {
    Optional<Finding> of(Looked<VaultFacts> settings, RegionName region) {
        return wanted.map(lock -> switch (settings) {
            case Unseen<VaultFacts>(var why) ->
                new Unknown(Subject.ENVIRONMENT, Aspect.VAULT_LOCK, "vault in " + region + ": " + why);
            case Seen<VaultFacts>(var facts) -> judged(lock, facts, region);
        });
    }

    private static Finding judged(VaultLock lock, VaultFacts facts, RegionName region) {
        if (!facts.locked()) {
            return failed("the vault in " + region + " is not locked");
        }
        if (!facts.minRetention().equals(Optional.of(lock.minRetention()))
                || !facts.maxRetention().equals(lock.maxRetention())) {
            return failed("the lock of the vault in %s keeps %s to %s, not %s to %s"
                    .formatted(
                            region,
                            days(facts.minRetention()),
                            days(facts.maxRetention()),
                            days(Optional.of(lock.minRetention())),
                            days(lock.maxRetention())));
        }
        var isFinal = facts.finalFrom().isPresent();
        return isFinal == (lock.mode() == VaultLock.Mode.COMPLIANCE)
                ? new Passed(Subject.ENVIRONMENT, Aspect.VAULT_LOCK)
                : failed("the lock of the vault in %s is a %s lock"
                        .formatted(region, isFinal ? "compliance" : "governance"));
    }

    private static String days(Optional<Duration> retention) {
        return retention.map(duration -> duration.toDays() + " d").orElse("any");
    }

    private static Finding failed(String told) {
        return new Failed(Subject.ENVIRONMENT, Aspect.VAULT_LOCK, told, "deploy again; find out who changed it");
    }
}
