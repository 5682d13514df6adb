package lifeboat.protection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import lifeboat.catalog.Invalid;

/// A cron expression as AWS reads it: six fields, UTC, `?` in exactly one of the two day fields.
///
/// Where AWS leaves open what happens, this reads less: a day that a month lacks does not fire.
///
/// @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html">Cron
/// expressions</a>
public final class Cron {
    private static final Pattern FORM = Pattern.compile("cron\\(([^()]*)\\)");
    private static final Pattern NEAREST = Pattern.compile("([0-9]{1,2})W");
    private static final Pattern LAST = Pattern.compile("([0-9]|[A-Za-z]{3})L");
    private static final Pattern NTH = Pattern.compile("([0-9]|[A-Za-z]{3})#([1-5])");
    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet months;
    private final BitSet years;
    private final CronDays days;

    private Cron(String text, String[] fields) {
        this.text = text;
        this.minutes = CronField.MINUTES.parse(fields[0]);
        this.hours = CronField.HOURS.parse(fields[1]);
        this.months = CronField.MONTHS.parse(fields[3]);
        this.years = CronField.YEARS.parse(fields[5]);
        this.days = days(fields[2], fields[4]);
    }

    /// The expression, for example `cron(0 1 * * ? *)`.
    ///
    /// @throws Invalid with `LB-030` where AWS would refuse it
    public static Cron parse(String text) {
        var form = FORM.matcher(text);
        var fields = form.matches() ? form.group(1).strip().split(" +", -1) : new String[0];
        if (fields.length != 6) {
            throw new Invalid(
                    "LB-030",
                    "\"" + text + "\" is not allowed: cron(minutes hours day-of-month month day-of-week year)");
        }
        return new Cron(text, fields);
    }

    private static CronDays days(String ofMonth, String ofWeek) {
        if (ofMonth.equals("?") == ofWeek.equals("?")) {
            throw CronField.DAYS.refusal(ofMonth, "exactly one of day-of-month and day-of-week must be ?");
        }
        return ofMonth.equals("?") ? daysOfWeek(ofWeek) : daysOfMonth(ofMonth);
    }

    private static CronDays daysOfMonth(String text) {
        var nearest = NEAREST.matcher(text);
        if (nearest.matches()) {
            return new CronDays.NearestWeekday(CronField.DAYS.number(nearest.group(1), text));
        }
        return text.equals("L") ? new CronDays.LastOfMonth() : new CronDays.OfMonth(CronField.DAYS.parse(text));
    }

    private static CronDays daysOfWeek(String text) {
        var last = LAST.matcher(text);
        if (last.matches()) {
            return new CronDays.LastOfWeekday(CronField.WEEKDAYS.number(last.group(1), text));
        }
        var nth = NTH.matcher(text);
        if (nth.matches()) {
            return new CronDays.Nth(CronField.WEEKDAYS.number(nth.group(1), text), Integer.parseInt(nth.group(2)));
        }
        return new CronDays.OfWeek(CronField.WEEKDAYS.parse(text.equals("L") ? "SAT" : text));
    }

    /// When it fires, in order.
    ///
    /// @param from the first day, UTC
    /// @param until the day after the last
    public List<Instant> firings(LocalDate from, LocalDate until) {
        var firings = new ArrayList<Instant>();
        from.datesUntil(until)
                .filter(day -> years.get(day.getYear()) && months.get(day.getMonthValue()) && days.matches(day))
                .forEach(day -> hours.stream()
                        .forEach(hour -> minutes.stream()
                                .forEach(minute ->
                                        firings.add(day.atTime(hour, minute).toInstant(ZoneOffset.UTC)))));
        return firings;
    }

    @Override
    public String toString() {
        return text;
    }
}
