package lifeboat.protection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import lifeboat.catalog.BackupRule;

/// A recovery point that the plan promised and whose time has come: it must be there.
///
/// @param rule the rule that promised it
/// @param at when the rule fired: the recovery point is not older
/// @param by when it had to be there
public record Due(BackupRule rule, Instant at, Instant by) {

    /// The recovery points that came due in a span of time, and at least the newest before its end.
    ///
    /// @param after the instant before the first
    /// @param until the last instant
    public static List<Due> backups(List<BackupRule> rules, Instant after, Instant until) {
        return due(rules, after, until, Firing::availableBy);
    }

    /// The copies that came due in a span of time, and at least the newest before its end; none where no rule copies.
    public static List<Due> copies(List<BackupRule> rules, Instant after, Instant until) {
        return due(rules, after, until, Firing::copiedBy).stream()
                .filter(due -> due.rule().copy())
                .toList();
    }

    private static List<Due> due(List<BackupRule> rules, Instant after, Instant until, Function<Firing, Instant> by) {
        var past = Firings.of(rules, LocalDate.ofInstant(until, ZoneOffset.UTC)).carriedOut().stream()
                .filter(firing -> firing.deletedAfter().isAfter(until))
                .map(firing -> new Due(firing.rule(), firing.at(), by.apply(firing)))
                .filter(due -> !due.by().isAfter(until))
                .toList();
        var newest = past.stream().max(Comparator.comparing(Due::at));
        return past.stream()
                .filter(due ->
                        due.by().isAfter(after) || newest.filter(due::equals).isPresent())
                .toList();
    }
}
