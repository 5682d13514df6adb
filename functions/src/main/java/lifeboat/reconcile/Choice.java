package lifeboat.reconcile;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.Rules.PurgeRule;

/// What of the differences shall be repaired, in the words of the person who asks.
///
/// @param tables only these tables; empty: all
/// @param classes of `missing`, `changed`, `unexpected` and the words of [TimeAnomaly]; empty: the first three
/// @param keys `TABLE=FROM..TO` each, both ends included
/// @param damagedWithin `FROM/TO`, two instants: writes between them are the damage; empty: no such window
/// @param changedOnBothSides `keep-live`, `take-copy` or `newest-wins`
/// @param repairWithoutTime whether tables without the column that explains differences are repaired too
/// @param graceSeconds how long before the point in time a write may have begun that ended after it, in seconds
/// @param purged `TABLE.COLUMN<INSTANT` each: rows with an earlier time there may be gone from live
/// @param mark what stands before a field's name where it was typed: `--` on a command line, else nothing
public record Choice(
        List<String> tables,
        List<String> classes,
        List<String> keys,
        Optional<String> damagedWithin,
        String changedOnBothSides,
        boolean repairWithoutTime,
        long graceSeconds,
        List<String> purged,
        String mark) {
    /// Where nothing else is said of rows that were damaged and then written.
    public static final String KEEP_LIVE = "keep-live";

    /// A day: no transaction is under way for longer, and more would explain damage as writes that were in flight.
    public static final int MOST_GRACE_SECONDS = 86_400;

    public Choice {
        tables = List.copyOf(tables);
        classes = List.copyOf(classes);
        keys = List.copyOf(keys);
        purged = List.copyOf(purged);
    }

    /// The chosen tables.
    ///
    /// @param names what the store takes a typed name for
    public Set<TableName> tables(Function<String, TableName> names) {
        return tables.stream().map(names).collect(Collectors.toSet());
    }

    /// The whole choice.
    ///
    /// @param names what the store takes a typed name for
    /// @param comparedAt when the comparison begins
    /// @param explainedBy column or attribute with the time of the last write; empty: every difference counts
    /// @param pointInTime whose state the copy holds; empty: unknown
    /// @throws Invalid naming the field, the value and what is allowed
    public Rules rules(
            Function<String, TableName> names,
            Instant comparedAt,
            Optional<String> explainedBy,
            Optional<Instant> pointInTime) {
        if (damagedWithin.isPresent() && explainedBy.isEmpty()) {
            throw invalid("damagedWithin", damagedWithin.get(), "it needs " + named("explainedBy"));
        }
        if (graceSeconds < 0 || graceSeconds > MOST_GRACE_SECONDS) {
            throw invalid("grace", Long.toString(graceSeconds), "0 to %,d seconds".formatted(MOST_GRACE_SECONDS));
        }
        Selection selection =
                new Selection(tables(names), keys(names), damagedWithin.map(this::window), classesOrAll(), anomalies());
        return new Rules(
                pointInTime,
                comparedAt,
                Duration.ofSeconds(graceSeconds),
                explainedBy,
                repairWithoutTime,
                purges(names),
                selection,
                policy());
    }

    /// The purges that rows may have fallen to, one a table: a row tells one time by which it may be purged.
    public List<PurgeRule> purges(Function<String, TableName> names) {
        List<PurgeRule> rules = new ArrayList<>();
        for (String text : purged) {
            int less = TypedName.find(text, '<', 0);
            int dot = less < 0 ? -1 : TypedName.findLast(text.substring(0, less), '.');
            if (dot < 1 || dot + 1 == less) {
                throw invalid("purged", text, "TABLE.COLUMN<INSTANT");
            }
            TableName table = names.apply(text.substring(0, dot));
            if (rules.stream().anyMatch(rule -> rule.table().equals(table))) {
                throw invalid("purged", text, "one rule a table, and one stands before it");
            }
            String column = TypedName.name(text.substring(dot + 1, less));
            rules.add(new PurgeRule(table, column, instant("purged", text.substring(less + 1))));
        }
        return rules;
    }

    private ChangedOnBothSides policy() {
        return switch (changedOnBothSides) {
            case KEEP_LIVE -> ChangedOnBothSides.KEEP_LIVE;
            case "take-copy" -> ChangedOnBothSides.TAKE_COPY;
            case "newest-wins" -> ChangedOnBothSides.NEWEST_WINS;
            default -> throw invalid("changedOnBothSides", changedOnBothSides, "keep-live, take-copy or newest-wins");
        };
    }

    private Set<DifferenceClass> classesOrAll() {
        Set<DifferenceClass> chosen = EnumSet.noneOf(DifferenceClass.class);
        for (String name : classes) {
            if (TimeAnomaly.named(name).isPresent()) {
                continue;
            }
            chosen.add(
                    switch (name) {
                        case "missing" -> DifferenceClass.MISSING_IN_LIVE;
                        case "changed" -> DifferenceClass.CHANGED;
                        case "unexpected" -> DifferenceClass.UNEXPECTED_IN_LIVE;
                        default ->
                            throw invalid("classes", name, "missing, changed, unexpected, " + TimeAnomaly.words());
                    });
        }
        return classes.isEmpty() ? Set.of(DifferenceClass.values()) : chosen;
    }

    private Set<TimeAnomaly> anomalies() {
        return classes.stream()
                .flatMap(name -> TimeAnomaly.named(name).stream())
                .collect(Collectors.toSet());
    }

    private Map<TableName, List<KeyRange>> keys(Function<String, TableName> names) {
        Map<TableName, List<KeyRange>> ranges = new HashMap<>();
        for (String text : keys) {
            int equals = TypedName.find(text, '=', 0);
            int dots = text.indexOf("..", Math.max(0, equals));
            if (equals < 1 || dots < 0 || text.indexOf("..", dots + 1) >= 0) {
                String allowed = "TABLE=FROM..TO, with one \"..\"";
                throw new Invalid(
                        "LB-400",
                        "%s \"%s\" is not allowed: %s".formatted(named("keys"), text, allowed),
                        "one of %s is not allowed: %s".formatted(named("keys"), allowed));
            }
            ranges.computeIfAbsent(names.apply(text.substring(0, equals)), table -> new ArrayList<>())
                    .add(new KeyRange(text.substring(equals + 1, dots), text.substring(dots + 2)));
        }
        return ranges;
    }

    private TimeWindow window(String text) {
        String[] ends = text.split("/", 2);
        if (ends.length != 2) {
            throw invalid("damagedWithin", text, "FROM/TO, for example 2026-11-20T02:10:00Z/2026-11-20T02:30:00Z");
        }
        return new TimeWindow(instant("damagedWithin", ends[0]), instant("damagedWithin", ends[1]));
    }

    private Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw invalid(field, text, "an instant such as 2026-11-20T02:10:00Z");
        }
    }

    private Invalid invalid(String field, String value, String allowed) {
        return new Invalid("LB-400", "%s \"%s\" is not allowed: %s".formatted(named(field), value, allowed));
    }

    /// As it is typed: `damagedWithin` in a request, `--damaged-within` on a command line.
    private String named(String field) {
        return named(mark, field);
    }

    static String named(String mark, String field) {
        return mark.isEmpty()
                ? field
                : mark + field.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
