package lifeboat.recovery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.CRC32;
import lifeboat.catalog.Drill.Cadence;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Workload;
import lifeboat.catalog.WorkloadName;

/// When each workload's recovery is rehearsed: an hour of its own in every day, week, month, quarter or year.
///
/// The hour follows from the workload's name, so that a thousand drills do not start at once, nothing has to be
/// remembered, and one hourly schedule serves them all. Days after the 28th are left out: every month has the others.
/// All in UTC.
public final class DrillCalendar {
    private static final int HOURS = 24;
    private static final int DAYS = 28;

    private DrillCalendar() {}

    /// The workloads whose drill is due in the hour that holds an instant.
    public static List<Workload> due(Environment environment, Instant at) {
        var hour = at.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS);
        return environment.workloads().stream()
                .filter(workload -> workload.drill()
                        .map(drill -> isDue(workload.name(), drill.every(), hour))
                        .orElse(false))
                .toList();
    }

    private static boolean isDue(WorkloadName name, Cadence every, ZonedDateTime hour) {
        return hour.getHour() == number(name, "hour", HOURS)
                && switch (every) {
                    case DAY -> true;
                    case WEEK -> hour.getDayOfWeek().getValue() - 1 == number(name, "weekday", 7);
                    case MONTH -> dayMatches(name, hour);
                    case QUARTER -> monthMatches(name, hour, 3) && dayMatches(name, hour);
                    case YEAR -> monthMatches(name, hour, 12) && dayMatches(name, hour);
                };
    }

    private static boolean dayMatches(WorkloadName name, ZonedDateTime hour) {
        return hour.getDayOfMonth() - 1 == number(name, "day", DAYS);
    }

    private static boolean monthMatches(WorkloadName name, ZonedDateTime hour, int months) {
        return (hour.getMonthValue() - 1) % months == number(name, "month", months);
    }

    private static int number(WorkloadName name, String of, int below) {
        var checksum = new CRC32();
        checksum.update((of + " of " + name).getBytes(StandardCharsets.UTF_8));
        return (int) (checksum.getValue() % below);
    }
}
