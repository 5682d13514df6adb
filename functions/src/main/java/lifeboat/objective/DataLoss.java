package lifeboat.objective;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How much data a recovery lost, and what that figure rests on.
public sealed interface DataLoss {
    /// Read on both sides, and nothing hid a write: newest write in live up to the incident, less the newest in the
    /// copy.
    ///
    /// @param lost zero where the copy holds the newest write
    /// @param writes rows whose last write is lost
    record Exact(Duration lost, long writes) implements DataLoss {}

    /// At most this: rows written again since the incident hide an earlier write, or live is itself suspect.
    ///
    /// @param lost from the newest write known to be in the copy, or from the restored point, up to the incident
    /// @param atLeastWrites lost writes that could be seen; there may be more
    record Bounded(Duration lost, long atLeastWrites) implements DataLoss {}

    /// At most this, from the copy alone: the incident, less the newest write in the copy.
    ///
    /// @param lost an idle store looks worse than it is
    record FromCopy(Duration lost) implements DataLoss {}

    /// Not read from the data: the incident, less the time of the recovery point.
    ///
    /// @param age what the service claims, not what was measured
    record AgeOfRecoveryPoint(Duration age) implements DataLoss {}

    /// Not known.
    ///
    /// @param why what prevented the measurement
    record Unknown(String why) implements DataLoss {}

    /// Chooses the best basis that the readings allow.
    ///
    /// @param incidentAt writes after this are not part of the loss
    /// @param restoredTo the point in time that was restored
    /// @param newestInCopy the newest write read in the copy; empty: no freshness is given for this resource
    /// @param live what was read in live; empty: live was not, or could not be, read
    static DataLoss measured(
            Instant incidentAt, Instant restoredTo, Optional<Instant> newestInCopy, Optional<LiveWrites> live) {
        if (newestInCopy.isEmpty()) {
            return new AgeOfRecoveryPoint(between(restoredTo, incidentAt));
        }
        Instant newest = newestInCopy.get();
        if (live.isEmpty()) {
            return new FromCopy(between(newest, incidentAt));
        }
        LiveWrites writes = live.get();
        Duration seen = between(newest, writes.newestBeforeIncident().orElse(newest));
        if (writes.lost() > 0 && seen.isZero()) {
            // lost, though the copy holds a newer one: the clocks of those who write disagree
            return new Bounded(between(restoredTo, incidentAt), writes.lost());
        }
        if (writes.complete()) {
            return new Exact(seen, writes.lost());
        }
        Instant knownInCopy = newest.isAfter(restoredTo) ? newest : restoredTo;
        return new Bounded(between(knownInCopy, incidentAt), writes.lost());
    }

    /// The figure that is compared with the objective; empty where there is none.
    default Optional<Duration> duration() {
        return switch (this) {
            case Exact exact -> Optional.of(exact.lost());
            case Bounded bounded -> Optional.of(bounded.lost());
            case FromCopy(var lost) -> Optional.of(lost);
            case AgeOfRecoveryPoint(var age) -> Optional.of(age);
            case Unknown _ -> Optional.empty();
        };
    }

    /// The kinds of basis, from the best to none.
    enum Basis {
        EXACT("exact against live"),
        BOUNDED("upper bound, live was written again or is suspect"),
        FROM_COPY("upper bound, from the newest write in the copy"),
        AGE_OF_RECOVERY_POINT("age of the recovery point, not read from the data"),
        UNKNOWN("not known");

        private final String words;

        Basis(String words) {
            this.words = words;
        }

        /// The kind in words, for people.
        public String words() {
            return words;
        }
    }

    /// The kind of basis, for figures that stand without their recovery.
    default Basis kind() {
        return switch (this) {
            case Exact _ -> Basis.EXACT;
            case Bounded _ -> Basis.BOUNDED;
            case FromCopy _ -> Basis.FROM_COPY;
            case AgeOfRecoveryPoint _ -> Basis.AGE_OF_RECOVERY_POINT;
            case Unknown _ -> Basis.UNKNOWN;
        };
    }

    /// What the figure rests on, in words.
    default String basis() {
        return switch (this) {
            case Exact exact -> "exact against live, %d writes".formatted(exact.writes());
            case Bounded bounded -> "upper bound, at least %d writes seen in live".formatted(bounded.atLeastWrites());
            case FromCopy _ -> "upper bound, from the newest write in the copy";
            case AgeOfRecoveryPoint _ -> "age of the recovery point, not read from the data";
            case Unknown(var why) -> why;
        };
    }

    /// The verdict against a recovery point objective.
    default Verdict against(Duration rpo) {
        return switch (this) {
            case Unknown(var why) -> new Verdict.Unmeasured(why);
            case Exact _, Bounded _, FromCopy _, AgeOfRecoveryPoint _ ->
                Verdict.on(duration().orElseThrow(), rpo);
        };
    }

    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
