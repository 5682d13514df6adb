package lifeboat.local.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.Choice;
import lifeboat.reconcile.TypedName;
import picocli.CommandLine.Option;

/// The options that say what of the differences is repaired.
final class ChoiceOptions {
    @Option(
            names = "--tables",
            paramLabel = "TABLE,TABLE",
            description =
                    "Only these tables: orders or sales.orders. A name with a comma or a dot stands in double quotes: sales.\"odd, name\".")
    List<String> tables = new ArrayList<>();

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "CLASS",
            description =
                    "Only these: missing, changed, unexpected, stamped-before, stamped-ahead. Default: the first three. The others are rows whose time in live explains nothing: before the point in time yet absent from the copy, or not come yet.")
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
            defaultValue = Choice.KEEP_LIVE,
            description =
                    "Rows damaged and then written: keep-live, take-copy or newest-wins. Default: ${DEFAULT-VALUE}")
    String bothSides = Choice.KEEP_LIVE;

    @Option(
            names = "--repair-without-time",
            description =
                    "Repair also tables without the column of --explained-by, where a good write cannot be distinguished from damage.")
    boolean repairWithoutTime;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long before the point in time a write may have begun that ended after it, a day at most. Default: ${DEFAULT-VALUE}")
    long graceSeconds = 5;

    @Option(
            names = "--purged",
            paramLabel = "TABLE.COLUMN<INSTANT",
            description =
                    "Rows with an earlier time in that column may be gone from live. One rule a table; can be repeated for others.")
    List<String> purged = new ArrayList<>();

    Choice choice() {
        List<String> names =
                tables.stream().flatMap(typed -> TypedName.list(typed).stream()).toList();
        return new Choice(
                names, classes, keys, damagedWithin, bothSides, repairWithoutTime, graceSeconds, purged, "--");
    }
}
