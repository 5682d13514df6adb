package lifeboat.protection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lifeboat.catalog.BackupRule;

/// A year of real firings of a plan, with what the overlap rule does to them.
///
/// Where the start windows of two rules overlap, AWS Backup takes only the backup of the rule with the longer
/// retention. Which one it takes where both are equally long is not documented: such a plan is refused.
///
/// @param from the first instant that is judged; a good year of firings before it is known too
/// @param until the instant after the last
/// @param byRule the firings of each rule by their time
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html">Backup
/// plan options</a>
record Firings(Instant from, Instant until, Map<BackupRule, NavigableMap<Instant, Firing>> byRule) {
    private static final int LOOK_BACK_DAYS = 400;
    private static final int JUDGED_DAYS = 366;

    /// Two firings of different rules whose start windows overlap.
    record Overlap(Firing one, Firing other) {}

    /// A job that may still run when the start window of a later one ends.
    record Held(Firing running, Firing waiting) {}

    /// @throws lifeboat.catalog.Invalid where a schedule is none
    static Firings of(Collection<BackupRule> rules, LocalDate today) {
        var byRule = new LinkedHashMap<BackupRule, NavigableMap<Instant, Firing>>();
        for (var rule : rules) {
            var firings = new TreeMap<Instant, Firing>();
            Cron.parse(rule.schedule())
                    .firings(today.minusDays(LOOK_BACK_DAYS), today.plusDays(JUDGED_DAYS))
                    .forEach(at -> firings.put(at, new Firing(rule, at)));
            byRule.put(rule, firings);
        }
        return new Firings(midnight(today), midnight(today.plusDays(JUDGED_DAYS)), byRule);
    }

    /// The firings that AWS Backup carries out, in order.
    List<Firing> carriedOut() {
        return byRule.values().stream()
                .flatMap(firings -> firings.values().stream())
                .filter(firing -> !isDropped(firing))
                .sorted(Comparator.comparing(Firing::at))
                .toList();
    }

    /// When the rule of a firing fires again; empty: not within the year.
    Optional<Instant> next(Firing firing) {
        return Optional.ofNullable(firings(firing.rule()).higherKey(firing.at()));
    }

    /// The first overlap of each pair of rules that overlap in the year that is judged.
    Stream<Overlap> overlaps() {
        var rules = List.copyOf(byRule.keySet());
        return rules.stream()
                .flatMap(one -> rules.subList(rules.indexOf(one) + 1, rules.size()).stream()
                        .flatMap(other -> firstOverlap(one, other).stream()));
    }

    /// The first time that each rule may keep each from starting: AWS Backup runs one job of a resource at a time.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html">Quotas</a>
    Collection<Held> held() {
        var jobs = carriedOut().stream().filter(job -> !job.at().isBefore(from)).toList();
        var first = new LinkedHashMap<List<BackupRule>, Held>();
        for (int i = 0; i < jobs.size(); i++) {
            var running = jobs.get(i);
            for (int j = i + 1; j < jobs.size() && jobs.get(j).at().isBefore(running.availableBy()); j++) {
                var waiting = jobs.get(j);
                if (waiting.startsBefore().isBefore(running.availableBy())) {
                    first.putIfAbsent(List.of(running.rule(), waiting.rule()), new Held(running, waiting));
                }
            }
        }
        return first.values();
    }

    private boolean isDropped(Firing firing) {
        return byRule.keySet().stream()
                .filter(rule -> rule.deleteAfter().compareTo(firing.rule().deleteAfter()) > 0)
                .anyMatch(longer -> overlapping(firing, longer).isPresent());
    }

    private Optional<Overlap> firstOverlap(BackupRule one, BackupRule other) {
        return firings(one).tailMap(from, true).values().stream()
                .flatMap(firing -> overlapping(firing, other).map(found -> new Overlap(firing, found)).stream())
                .findFirst();
    }

    private Optional<Firing> overlapping(Firing firing, BackupRule other) {
        var before = firings(other).floorEntry(firing.at());
        var after = firings(other).ceilingEntry(firing.at());
        return Stream.of(Optional.ofNullable(before), Optional.ofNullable(after))
                .flatMap(Optional::stream)
                .map(Map.Entry::getValue)
                .filter(firing::overlaps)
                .findFirst();
    }

    private NavigableMap<Instant, Firing> firings(BackupRule rule) {
        return byRule.getOrDefault(rule, new TreeMap<>());
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
