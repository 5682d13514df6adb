package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import lifeboat.catalog.BackupRule;

/// How many recovery points a rule keeps of a resource, once the plan has run for as long as it keeps them.
///
/// @param rule the rule that makes them
/// @param aMonth how many are made in 30 days
/// @param warm how many are kept in warm storage
/// @param cold how many in cold storage
record StoredBackups(BackupRule rule, double aMonth, double warm, double cold) {
    private static final int JUDGED_DAYS = 366;
    private static final int MONTH_DAYS = 30;

    /// Of each rule.
    ///
    /// @param rules the rules of one store
    /// @param cold whether the store can move to cold storage
    static List<StoredBackups> of(List<BackupRule> rules, boolean cold, LocalDate today) {
        var firings = Firings.of(rules, today);
        var carriedOut = firings.carriedOut().stream()
                .filter(firing -> !firing.at().isBefore(firings.from()))
                .toList();
        return rules.stream()
                .map(rule -> of(
                        rule,
                        carriedOut.stream()
                                        .filter(firing -> firing.rule().equals(rule))
                                        .count()
                                / (double) JUDGED_DAYS,
                        cold))
                .toList();
    }

    private static StoredBackups of(BackupRule rule, double aDay, boolean canBeCold) {
        var kept = days(rule.deleteAfter());
        var warm = canBeCold ? rule.coldAfter().map(StoredBackups::days).orElse(kept) : kept;
        return new StoredBackups(rule, aDay * MONTH_DAYS, aDay * warm, aDay * (kept - warm));
    }

    private static double days(Duration time) {
        return time.toDays();
    }
}
