package lifeboat.local.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What was set as a goal before it was measured: one figure of a ratio, at one size and damage.
///
/// @param what in words
/// @param rows where it was set
/// @param share of rows damaged, where it was set
/// @param way ours
/// @param beside what it is compared with
/// @param figure of the ratio between both; the smaller the better
/// @param most that meets the goal
record Goal(String what, long rows, double share, Way way, Way beside, ToDoubleFunction<Ratio> figure, double most) {
    private static final long AT = 10_000_000;
    private static final double USUAL = 0.0017;

    /// In the order of the page.
    static final List<Goal> ALL = List.of(
            new Goal("wall time beside `-Fc`", AT, USUAL, Way.COMMANDS, Way.DUMP, Ratio::wall, 1 / 6.0),
            new Goal("wall time beside `-Fd -j2 -Z0`", AT, USUAL, Way.COMMANDS, Way.DIRECTORY, Ratio::wall, 1 / 3.0),
            new Goal("CPU beside `-Fc`", AT, USUAL, Way.COMMANDS, Way.DUMP, Ratio::cpu, 1 / 4.0),
            new Goal("bytes on the wire beside `-Fc`", AT, USUAL, Way.COMMANDS, Way.DUMP, Ratio::wire, 1 / 15.0),
            new Goal("write-ahead log beside `-Fc`", AT, USUAL, Way.COMMANDS, Way.DUMP, Ratio::wal, 1 / 5.0),
            new Goal(
                    "5 % damaged: wall time beside the better reload",
                    AT, 0.05, Way.COMMANDS, Way.DIRECTORY, Ratio::wall, 1.2),
            new Goal(
                    "nothing damaged: servers' CPU beside ordered sha256",
                    AT,
                    0,
                    Way.VERIFY,
                    Way.BLOCKS,
                    Ratio::serverCpu,
                    1 / 4.0),
            new Goal(
                    "nothing damaged: servers' CPU beside `count(*)`",
                    AT,
                    0,
                    Way.VERIFY,
                    Way.SCAN,
                    Ratio::serverCpu,
                    6));

    /// A row of the page: wanted, measured, and the verdict, which there is none of on a machine that did other work.
    String row(Results results) {
        String measured = Ratio.of(results.at(rows, share), way, beside)
                .map(this::measured)
                .orElse("not measured | -");
        return "| %s | at most %s | %s |".formatted(what, text(most), measured);
    }

    private String measured(Ratio ratio) {
        double found = figure.applyAsDouble(ratio);
        return text(found) + " | " + verdict(ratio.isUndisturbed(), found <= most);
    }

    /// There is none on a machine that did other work.
    static String verdict(boolean undisturbed, boolean met) {
        if (!undisturbed) {
            return "no verdict: the machine did other work";
        }
        return met ? "met" : "**not met**";
    }

    /// As a person says it: 1/6.3, or 2.7.
    static String text(double ratio) {
        return ratio < 1 ? String.format(Locale.ROOT, "1/%.1f", 1 / ratio) : String.format(Locale.ROOT, "%.1f", ratio);
    }
}
