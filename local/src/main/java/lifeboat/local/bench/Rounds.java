package lifeboat.local.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures ways beside each other: first each once through relays that count bytes, which also warms everything, then
/// in rounds, each way once a round.
final class Rounds {
    private final Contest contest;
    private final List<Way> ways;
    private final PrintStream progress;
    private final Map<Way, List<Usage>> usages = new EnumMap<>(Way.class);
    private final Map<Way, Long> wire = new EnumMap<>(Way.class);
    private final Map<Way, Long> heap = new EnumMap<>(Way.class);

    Rounds(Contest contest, List<Way> ways, PrintStream progress) {
        this.contest = contest;
        this.ways = ways;
        this.progress = progress;
    }

    /// Runs them all.
    List<Result> run(int rounds, long rows, double share) throws Exception {
        contest.reset();
        long damaged = contest.engine().plan().counts().repairs();
        for (Way way : ways) {
            count(way);
        }
        for (int round = 1; round <= rounds; round++) {
            for (Way way : ways) {
                Usage usage = measure(way);
                usages.computeIfAbsent(way, any -> new ArrayList<>()).add(usage);
                progress.printf(
                        Locale.ROOT,
                        "%,d rows, %.4f damaged, round %d: %.2f s, others' CPU %.0f %%: %s%n",
                        rows,
                        share,
                        round,
                        usage.wallSeconds(),
                        usage.foreignPercent(),
                        way.text());
            }
        }
        return results(rows, share, damaged);
    }

    private void count(Way way) throws Exception {
        contest.reset();
        try (Relay copy = Relay.to(contest.copy().port());
                Relay live = Relay.to(contest.live().port())) {
            contest.behind(copy, live).run(way, new Tools());
            wire.put(way, copy.bytes() + live.bytes());
        }
        check(way);
    }

    private Usage measure(Way way) throws Exception {
        contest.reset();
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        Usage usage = Usage.of(contest.copy(), contest.live(), tools -> contest.run(way, tools));
        heap.merge(way, way == Way.ENGINE ? Measured.peak() : 0, Math::max);
        check(way);
        return usage;
    }

    private void check(Way way) {
        if (way.repairs()) {
            contest.mustBeEqual(way);
        }
    }

    private List<Result> results(long rows, double share, long damaged) throws IOException, java.sql.SQLException {
        String machine = Machine.described() + ", PostgreSQL "
                + contest.live().sql("postgres", "SHOW server_version").replaceFirst(" .*", "");
        String date =
                Clock.systemUTC().instant().atZone(ZoneOffset.UTC).toLocalDate().toString();
        List<Result> results = new ArrayList<>();
        usages.forEach((way, runs) -> results.add(new Result(
                rows,
                share,
                damaged,
                way,
                wire.getOrDefault(way, 0L) / 1e6,
                heap.getOrDefault(way, 0L),
                runs,
                machine,
                date)));
        return results;
    }
}
