package lifeboat.local.reconcile;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.KeyRange;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TimeWindow;
import picocli.CommandLine.Option;

/// The options that say what of the differences is repaired.
final class Choice {
    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "Only these tables: orders or sales.orders.")
    List<String> tables = new ArrayList<>();

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "CLASS",
            description = "Only these: missing, changed, unexpected. Default: all.")
    List<String> classes = new ArrayList<>();

    @Option(
            names = "--keys",
            paramLabel = "TABLE=FROM..TO",
            description = "Only rows whose first key part lies between, both included. Can be repeated.")
    List<String> keys = new ArrayList<>();

    @Option(
            names = "--damaged-within",
            paramLabel = "FROM/TO",
            description =
                    "Only rows whose last write lies between these instants: such writes are the damage. Needs --explained-by.")
    Optional<String> damagedWithin = Optional.empty();

    @Option(
            names = "--changed-on-both-sides",
            paramLabel = "POLICY",
            defaultValue = "keep-live",
            description =
                    "Rows damaged and then written: keep-live, take-copy or newest-wins. Default: ${DEFAULT-VALUE}")
    String bothSides = "keep-live";

    @Option(
            names = "--repair-without-time",
            description =
                    "Repair also tables without the column of --explained-by, where a good write cannot be told from damage.")
    boolean repairWithoutTime;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long before the point in time a write may have begun that ended after it. Default: ${DEFAULT-VALUE}")
    long graceSeconds = 5;

    @Option(
            names = "--purged",
            paramLabel = "TABLE.COLUMN<INSTANT",
            description = "Rows with an earlier time in that column may be gone from live. Can be repeated.")
    List<String> purged = new ArrayList<>();

    Set<TableName> tables(Store store) {
        return tables.stream().map(store::table).collect(Collectors.toSet());
    }

    Rules rules(Store store, Instant now, Optional<String> explainedBy, Optional<Instant> at, Set<TableName> only) {
        if (damagedWithin.isPresent() && explainedBy.isEmpty()) {
            throw invalid("--damaged-within", damagedWithin.get(), "it needs --explained-by");
        }
        Selection selection = new Selection(only, keys(store), damagedWithin.map(Choice::window), classes());
        return new Rules(
                at,
                now,
                Duration.ofSeconds(graceSeconds),
                explainedBy,
                repairWithoutTime,
                purges(store),
                selection,
                policy());
    }

    private ChangedOnBothSides policy() {
        return switch (bothSides) {
            case "keep-live" -> ChangedOnBothSides.KEEP_LIVE;
            case "take-copy" -> ChangedOnBothSides.TAKE_COPY;
            case "newest-wins" -> ChangedOnBothSides.NEWEST_WINS;
            default -> throw invalid("--changed-on-both-sides", bothSides, "keep-live, take-copy or newest-wins");
        };
    }

    private Set<DifferenceClass> classes() {
        Set<DifferenceClass> chosen = EnumSet.noneOf(DifferenceClass.class);
        for (String name : classes) {
            chosen.add(
                    switch (name) {
                        case "missing" -> DifferenceClass.MISSING_IN_LIVE;
                        case "changed" -> DifferenceClass.CHANGED;
                        case "unexpected" -> DifferenceClass.UNEXPECTED_IN_LIVE;
                        default -> throw invalid("--classes", name, "missing, changed, unexpected");
                    });
        }
        return chosen.isEmpty() ? Set.of(DifferenceClass.values()) : chosen;
    }

    private Map<TableName, List<KeyRange>> keys(Store store) {
        Map<TableName, List<KeyRange>> ranges = new HashMap<>();
        for (String text : keys) {
            int equals = text.indexOf('=');
            int dots = text.indexOf("..", Math.max(0, equals));
            if (equals < 1 || dots < 0) {
                throw invalid("--keys", text, "TABLE=FROM..TO");
            }
            ranges.computeIfAbsent(store.table(text.substring(0, equals)), table -> new ArrayList<>())
                    .add(new KeyRange(text.substring(equals + 1, dots), text.substring(dots + 2)));
        }
        return ranges;
    }

    private static TimeWindow window(String text) {
        String[] ends = text.split("/", 2);
        if (ends.length != 2) {
            throw invalid("--damaged-within", text, "FROM/TO, for example 2026-11-20T02:10:00Z/2026-11-20T02:30:00Z");
        }
        return new TimeWindow(instant("--damaged-within", ends[0]), instant("--damaged-within", ends[1]));
    }

    List<PurgeRule> purges(Store store) {
        List<PurgeRule> rules = new ArrayList<>();
        for (String text : purged) {
            int less = text.indexOf('<');
            int dot = text.lastIndexOf('.', Math.max(0, less));
            if (less < 0 || dot < 1) {
                throw invalid("--purged", text, "TABLE.COLUMN<INSTANT");
            }
            TableName table = store.table(text.substring(0, dot));
            rules.add(
                    new PurgeRule(table, text.substring(dot + 1, less), instant("--purged", text.substring(less + 1))));
        }
        return rules;
    }

    private static Instant instant(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw invalid(option, text, "an instant such as 2026-11-20T02:10:00Z");
        }
    }

    private static Invalid invalid(String option, String value, String allowed) {
        return new Invalid("LB-400", "%s \"%s\" is not allowed: %s".formatted(option, value, allowed));
    }
}
