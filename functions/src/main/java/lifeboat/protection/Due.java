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
/// @param before what was made at this instant or later is of the rule's next firing; the time that a backup has may
///     reach into that
/// @param by when it had to be there
public record Due(BackupRule rule, Instant at, Instant before, Instant by) {

    /// The recovery points that came due in a span of time, and at least the newest before its end.
    ///
    /// @param after the instant before the first
    /// @param until the last instant
    public static List<Due> backups(List<BackupRule> rules, Instant after, Instant until) {
        return due(rules, after, until, Firing::startsBefore, Firing::availableBy);
    }

    /// The copies that came due in a span of time, and at least the newest before its end; none where no rule copies.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html">
    ///     Copies keep the creation date of their source</a>
    public static List<Due> copies(List<BackupRule> rules, Instant after, Instant until) {
        return copied(due(rules, after, until, Firing::startsBefore, Firing::copiedBy));
    }

    /// The same, of jobs that copy: each is made once its backup is complete.
    public static List<Due> copyJobs(List<BackupRule> rules, Instant after, Instant until) {
        return copied(due(rules, after, until, Firing::availableBy, Firing::copiedBy));
    }

    /// Whether what was made at an instant can be it.
    public boolean holds(Instant createdAt) {
        return !createdAt.isBefore(at) && createdAt.isBefore(before) && !createdAt.isAfter(by);
    }

    private static List<Due> copied(List<Due> dues) {
        return dues.stream().filter(due -> due.rule().copy()).toList();
    }

    /// @param made when it is made at the latest, though the rule fires again before that
    private static List<Due> due(
            List<BackupRule> rules,
            Instant after,
            Instant until,
            Function<Firing, Instant> made,
            Function<Firing, Instant> by) {
        var firings = Firings.of(rules, LocalDate.ofInstant(until, ZoneOffset.UTC));
        var past = firings.carriedOut().stream()
                .filter(firing -> firing.deletedAfter().isAfter(until))
                .map(firing -> new Due(
                        firing.rule(), firing.at(), before(firings, firing, made.apply(firing)), by.apply(firing)))
                .filter(due -> !due.by().isAfter(until))
                .toList();
        var newest = past.stream().max(Comparator.comparing(Due::at));
        return past.stream()
                .filter(due ->
                        due.by().isAfter(after) || newest.filter(due::equals).isPresent())
                .toList();
    }

    private static Instant before(Firings firings, Firing firing, Instant made) {
        return firings.next(firing)
                .map(next -> next.isAfter(made) ? next : made)
                .orElse(Instant.MAX);
    }
}
