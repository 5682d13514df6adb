package lifeboat.protection;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import lifeboat.catalog.Invalid;

/// A field of a cron expression that only lists, ranges and steps: which of its numbers it matches.
///
/// @param name for messages: `minutes`
/// @param least the smallest number
/// @param most the largest
/// @param words names for the numbers from `least` on; empty: none
record CronField(String name, int least, int most, List<String> words) {
    static final CronField MINUTES = new CronField("minutes", 0, 59, List.of());
    static final CronField HOURS = new CronField("hours", 0, 23, List.of());
    static final CronField DAYS = new CronField("day-of-month", 1, 31, List.of());
    static final CronField MONTHS = new CronField(
            "month",
            1,
            12,
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));
    static final CronField WEEKDAYS =
            new CronField("day-of-week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));
    static final CronField YEARS = new CronField("year", 1970, 2199, List.of());

    BitSet parse(String text) {
        var matched = new BitSet();
        for (var part : text.split(",", -1)) {
            add(part, text, matched);
        }
        return matched;
    }

    private void add(String part, String text, BitSet matched) {
        var slash = part.indexOf('/');
        var range = slash < 0 ? part : part.substring(0, slash);
        var step = slash < 0 ? 1 : step(part.substring(slash + 1), text);
        var dash = range.indexOf('-');
        var all = range.equals("*");
        var from = all ? least : number(dash < 0 ? range : range.substring(0, dash), text);
        var open = all || (dash < 0 && slash >= 0);
        var to = open ? most : dash < 0 ? from : number(range.substring(dash + 1), text);
        if (from > to) {
            throw refusal(text, "the range " + range + " runs backwards");
        }
        if (slash >= 0 && step > to - from) {
            throw refusal(text, part + " matches only " + from + ": a step ends with its field and never carries over");
        }
        for (int number = from; number <= to; number += step) {
            matched.set(number);
        }
    }

    private int step(String text, String whole) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw refusal(whole, "\"" + text + "\" is no step");
        }
        return Integer.parseInt(text);
    }

    int number(String text, String whole) {
        var word = words.indexOf(text.toUpperCase(Locale.ROOT));
        if (word >= 0) {
            return least + word;
        }
        var number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw refusal(whole, "\"" + text + "\" is not one of " + least + "-" + most + namesToo());
        }
        return number;
    }

    private String namesToo() {
        return words.isEmpty() ? "" : " or " + words.getFirst() + "-" + words.getLast();
    }

    Invalid refusal(String text, String why) {
        return new Invalid("LB-030", name + " \"" + text + "\" is not allowed: " + why);
    }
}
