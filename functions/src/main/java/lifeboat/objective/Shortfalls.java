package lifeboat.objective;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.catalog.Objectives;

/// Finds where recoveries fell short: late, with too much lost, damaged, or not measured.
record Shortfalls(Objectives objectives, List<PastRecovery> recoveries) {

    List<Shortfall> all() {
        List<Shortfall> all = new ArrayList<>();
        late(where(recovery -> recovery.rto(objectives), Standing.MISSED), all);
        lossy(where(recovery -> recovery.rpo(objectives), Standing.MISSED), all);
        damaged(where(PastRecovery::integrity, Standing.MISSED), all);
        unmeasured(where(recovery -> recovery.standing(objectives), Standing.UNMEASURED), all);
        return List.copyOf(all);
    }

    private List<PastRecovery> where(Function<PastRecovery, Standing> part, Standing standing) {
        return recoveries.stream()
                .filter(recovery -> part.apply(recovery) == standing)
                .toList();
    }

    private void late(List<PastRecovery> late, List<Shortfall> all) {
        if (late.isEmpty()) {
            return;
        }
        Map<String, Duration> phases = byPhase(late);
        String missed = "the RTO was missed in " + of(late);
        all.add(phases.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(costliest -> new Shortfall(
                        "%s; \"%s\" costs most, %s of the time"
                                .formatted(missed, costliest.getKey(), percent(costliest.getValue(), phases)),
                        Remedies.shorten(costliest.getKey())))
                .orElseGet(() -> new Shortfall(missed + "; no phases are recorded", "read their results")));
    }

    private void lossy(List<PastRecovery> lossy, List<Shortfall> all) {
        lossy.stream()
                .max(Comparator.comparing(recovery -> recovery.dataLoss().orElseThrow()))
                .ifPresent(worst -> all.add(new Shortfall(
                        "the RPO was missed in %s, at worst by a loss of %s (%s)"
                                .formatted(
                                        of(lossy),
                                        Figures.text(worst.dataLoss().orElseThrow()),
                                        worst.basis().words()),
                        Remedies.lower(worst.basis()))));
    }

    private void damaged(List<PastRecovery> damaged, List<Shortfall> all) {
        if (!damaged.isEmpty()) {
            all.add(new Shortfall(
                    "integrity failed in " + of(damaged),
                    "read the failed checks of the latest of them before anything else is trusted"));
        }
    }

    private void unmeasured(List<PastRecovery> unmeasured, List<Shortfall> all) {
        if (!unmeasured.isEmpty()) {
            all.add(new Shortfall(
                    of(unmeasured) + " could not be measured in full, and so are not clean",
                    "mend what their results name, then drill again"));
        }
    }

    private String of(List<PastRecovery> some) {
        return "%d of %d recoveries".formatted(some.size(), recoveries.size());
    }

    private static Map<String, Duration> byPhase(List<PastRecovery> recoveries) {
        return recoveries.stream()
                .flatMap(recovery -> recovery.phases().stream())
                .collect(Collectors.toMap(Phase::name, Phase::took, Duration::plus, LinkedHashMap::new));
    }

    private static String percent(Duration part, Map<String, Duration> phases) {
        Duration whole = phases.values().stream().reduce(Duration.ZERO, Duration::plus);
        return "%d %%".formatted(whole.isZero() ? 0 : Math.round(100.0 * part.toMillis() / whole.toMillis()));
    }
}
