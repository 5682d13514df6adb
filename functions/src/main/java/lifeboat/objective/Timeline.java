package lifeboat.objective;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The instants of one resource's recovery, all UTC. Each is absent until it has happened.
///
/// @param incidentAt when the data was lost or the drill began
/// @param startedAt when the recovery was started
/// @param restoreStartedAt when the restore was asked for
/// @param restoreCompletedAt when the service says that it was done; where it says nothing, when that was
///     first seen
/// @param configuredAt when the settings were re-applied
/// @param verifiedAt when the last integrity check ended
/// @param usableAt when the copy was proven sound, or the application was pointed at it
public record Timeline(
        Instant incidentAt,
        Instant startedAt,
        Optional<Instant> restoreStartedAt,
        Optional<Instant> restoreCompletedAt,
        Optional<Instant> configuredAt,
        Optional<Instant> verifiedAt,
        Optional<Instant> usableAt) {

    /// Of a recovery of which nothing has happened yet but its start.
    public static Timeline begun(Instant incidentAt, Instant startedAt) {
        return new Timeline(
                incidentAt,
                startedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// From the incident until the data is usable again; empty where it never was.
    public Optional<Duration> timeToRecover() {
        return usableAt.map(usable -> lasting(incidentAt, usable));
    }

    /// The phases that have ended, in order.
    public List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("detect", lasting(incidentAt, startedAt)));
        add(phases, "choose", Optional.of(startedAt), restoreStartedAt);
        add(phases, "restore", restoreStartedAt, restoreCompletedAt);
        add(phases, "configure", restoreCompletedAt, configuredAt);
        add(phases, "verify", configuredAt, verifiedAt);
        if (!usableAt.equals(verifiedAt)) {
            add(phases, "cut over", verifiedAt, usableAt);
        }
        return List.copyOf(phases);
    }

    private static void add(List<Phase> phases, String name, Optional<Instant> from, Optional<Instant> to) {
        if (from.isPresent() && to.isPresent()) {
            phases.add(new Phase(name, lasting(from.get(), to.get())));
        }
    }

    private static Duration lasting(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
