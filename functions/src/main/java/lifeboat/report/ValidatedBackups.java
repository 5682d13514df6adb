package lifeboat.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lifeboat.catalog.Workload;
import lifeboat.validation.Validations;
import lifeboat.validation.Validations.Entry;
import org.jspecify.annotations.Nullable;

/// What the daily validation wrote down, as a report shows it. A look that is older than a day and a bit is none.
public final class ValidatedBackups implements BackupFindings {
    private static final Duration FRESH = Duration.ofHours(26);
    private final Validations validations;

    public ValidatedBackups(Validations validations) {
        this.validations = validations;
    }

    @Override
    public Findings of(Workload workload, Period period, Instant until) {
        return switch (period) {
            case DAILY -> newest(workload, until);
            case WEEKLY, MONTHLY, QUARTERLY -> byDay(workload, period.before(until), until);
        };
    }

    private Findings newest(Workload workload, Instant until) {
        return validations
                .newest(workload.name(), until)
                .map(entry -> shown(entry, until))
                .orElseGet(() -> new Findings.NotValidated("the backups were never looked at"));
    }

    private static Findings shown(Entry entry, Instant until) {
        return entry.at().isBefore(until.minus(FRESH))
                ? new Findings.NotValidated("the backups were last looked at on " + entry.at())
                : new Findings.Validated(entry.at(), entry.passed(), entry.failures(), entry.gaps());
    }

    /// Days begin at midnight, periods do not. The first day is that of the period before where all its looks were; the
    /// last is not over while its look is not yet late.
    private Findings byDay(Workload workload, Instant from, Instant until) {
        Map<LocalDate, List<Entry>> looks =
                validations.within(workload.name(), midnight(Period.day(from)), until).stream()
                        .collect(Collectors.groupingBy(entry -> Period.day(entry.at())));
        return new Findings.ByDay(Period.day(from)
                .datesUntil(Period.day(until).plusDays(1))
                .filter(day -> !ofThePeriodBefore(looks.get(day), from) && !notOver(day, looks, until))
                .map(day -> ValidatedDay.of(
                        day,
                        looks.getOrDefault(day, List.of()).stream()
                                .filter(entry -> !entry.at().isBefore(from))
                                .toList()))
                .toList()
                .reversed());
    }

    private static boolean ofThePeriodBefore(@Nullable List<Entry> looks, Instant from) {
        return looks != null && looks.stream().allMatch(entry -> entry.at().isBefore(from));
    }

    private static boolean notOver(LocalDate day, Map<LocalDate, List<Entry>> looks, Instant until) {
        return day.equals(Period.day(until))
                && !looks.containsKey(day)
                && looks.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(entry -> !entry.at().isBefore(until.minus(FRESH)));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
