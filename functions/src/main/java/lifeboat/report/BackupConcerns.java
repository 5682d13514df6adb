package lifeboat.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.objective.Standing;
import lifeboat.report.BackupFindings.Findings;

/// What a person should look at of the backups of a workload: of one look everything, of a period the newest days of
/// each kind and how many more there were.
final class BackupConcerns {
    private static final int DAYS = 5;

    private BackupConcerns() {}

    static Stream<Concern> of(Findings findings) {
        return switch (findings) {
            case Findings.NotValidated(var why) ->
                Stream.of(new Concern(Standing.UNMEASURED, "backups not validated: " + why));
            case Findings.Validated validated -> ofOneLook(validated);
            case Findings.ByDay byDay -> ofDays(byDay);
        };
    }

    private static Stream<Concern> ofOneLook(Findings.Validated validated) {
        Stream<Concern> nothing =
                validated.standing() == Standing.UNMEASURED && validated.gaps().isEmpty()
                        ? Stream.of(new Concern(Standing.UNMEASURED, "backups: no check ran"))
                        : Stream.empty();
        return Stream.of(
                        validated.failures().stream()
                                .map(failure -> new Concern(Standing.MISSED, "backups: " + failure)),
                        validated.gaps().stream().map(gap -> new Concern(Standing.UNMEASURED, "backups: " + gap)),
                        nothing)
                .flatMap(each -> each);
    }

    private static Stream<Concern> ofDays(Findings.ByDay byDay) {
        List<ValidatedDay> gaps =
                byDay.days().stream().filter(ValidatedDay::hasGaps).toList();
        List<LocalDate> nobody = byDay.days().stream()
                .filter(day -> day.at().isEmpty())
                .map(ValidatedDay::day)
                .toList();
        return Stream.of(
                        listed(byDay.standing(Standing.MISSED), Standing.MISSED, ValidatedDay::failures),
                        listed(gaps, Standing.UNMEASURED, ValidatedDay::gaps),
                        notValidated(nobody, byDay.days().size()))
                .flatMap(each -> each);
    }

    private static Stream<Concern> listed(
            List<ValidatedDay> days, Standing standing, Function<ValidatedDay, ValidatedDay.Found> found) {
        Stream<Concern> newest = days.stream()
                .limit(DAYS)
                .map(day -> new Concern(standing, "backups on %s: %s".formatted(day.day(), told(found.apply(day)))));
        List<LocalDate> more = days.stream().skip(DAYS).map(ValidatedDay::day).toList();
        return Stream.concat(
                newest,
                more.isEmpty()
                        ? Stream.empty()
                        : Stream.of(new Concern(
                                standing,
                                "backups on %d more %s: %s"
                                        .formatted(more.size(), more.size() == 1 ? "day" : "days", spans(more)))));
    }

    private static String told(ValidatedDay.Found found) {
        return switch (found.number()) {
            case 0 -> "no check ran";
            case 1 -> found.first();
            default -> "%s (and %d more)".formatted(found.first(), found.number() - 1);
        };
    }

    private static Stream<Concern> notValidated(List<LocalDate> days, int of) {
        return days.isEmpty()
                ? Stream.empty()
                : Stream.of(new Concern(
                        Standing.UNMEASURED,
                        "backups not validated on %d of %s: %s".formatted(days.size(), days(of), spans(days))));
    }

    private static String days(int number) {
        return number == 1 ? "1 day" : number + " days";
    }

    /// Days, the newest first, as spans: `2026-11-20, 2026-11-11 to 2026-11-18`.
    private static String spans(List<LocalDate> newestFirst) {
        List<LocalDate[]> spans = new ArrayList<>();
        for (LocalDate day : newestFirst) {
            if (!spans.isEmpty() && spans.getLast()[0].minusDays(1).equals(day)) {
                spans.getLast()[0] = day;
            } else {
                spans.add(new LocalDate[] {day, day});
            }
        }
        String named = spans.stream()
                .limit(DAYS)
                .map(span -> span[0].equals(span[1]) ? span[0].toString() : span[0] + " to " + span[1])
                .collect(Collectors.joining(", "));
        return spans.size() > DAYS ? named + " and before" : named;
    }
}
