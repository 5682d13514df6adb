package lifeboat.local.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Diff and repair of a damaged PostgreSQL database beside `pg_dump` + `pg_restore --clean` and beside one sequential
/// scan, alternately, on two servers of its own.
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Diff and repair beside pg_dump + pg_restore into the original, on PostgreSQL servers of its own.")
public final class ReconcileBench implements Callable<Integer> {
    /// What a row takes on disk, with its indexes, in four databases, a dump and the logs.
    private static final long BYTES_A_ROW = 1_800;

    private static final long BYTES_AT_LEAST = 10L << 30;

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "200000",
            description = "Rows in all tables, several with commas. Default: ${DEFAULT-VALUE}")
    private List<Long> rows = List.of(200_000L);

    @Option(
            names = "--damage",
            split = ",",
            defaultValue = "0,0.0017",
            description =
                    "Share of rows damaged, several with commas; 0 measures the proof that nothing is. Default: ${DEFAULT-VALUE}")
    private List<Double> damage = List.of(0.0, 0.0017);

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often everything is measured. Default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(
            names = "--write",
            description = "Also keep the figures in docs/reference, and make the page's tables from all that are kept.")
    private boolean write;

    @Option(names = "--resume", description = "Leave out what is kept in docs/reference already.")
    private boolean resume;

    @Option(
            names = "--minutes",
            description = "Begin with no other size or damage after so many minutes. Default: no limit")
    private Optional<Long> minutes = Optional.empty();

    private final PrintStream out = System.out;
    private final PrintStream progress = System.err;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1
                || rows.stream().anyMatch(size -> size < 1_000)
                || damage.stream().anyMatch(s -> s < 0 || s > 1)) {
            out.println("--rows is at least 1000, --rounds at least 1, --damage between 0 and 1");
            return 2;
        }
        Optional<Path> tools = Cluster.tools();
        if (tools.isEmpty()) {
            out.println(
                    "skipped: PostgreSQL's own tools are not here (Debian: apt-get install postgresql), so there is nothing to compare with");
            return 0;
        }
        Path file = PerformancePage.measurements("reconcile");
        Results kept = Results.read(file);
        Results measured = new Results(List.of());
        long end =
                System.nanoTime() + Duration.ofMinutes(minutes.orElse(100_000L)).toNanos();
        for (long size : rows) {
            List<Double> due = damage.stream()
                    .filter(share -> !resume || kept.at(size, share).isEmpty())
                    .toList();
            measured = measured.with(due.isEmpty() ? List.of() : measure(tools.get(), size, due, end, file));
        }
        out.println(new ReconcileReport(measured).text());
        return 0;
    }

    private List<Result> measure(Path tools, long size, List<Double> shares, long end, Path file) throws Exception {
        Path folder = Folders.make();
        requireSpace(folder, size);
        Results measured = new Results(List.of());
        try (Cluster copy = Cluster.start(tools, folder.resolve("copy"), 55_911)) {
            new Shop(size).load(copy, "shop");
            try (Cluster live = copy.twin(folder.resolve("live"), 55_912)) {
                live.sql("postgres", "ALTER DATABASE shop RENAME TO intact");
                for (double share : shares) {
                    if (System.nanoTime() > end) {
                        progress.println("the time is up: what is left is measured by the same command with --resume");
                        break;
                    }
                    measured = measured.with(keep(cell(copy, live, folder, size, share), file));
                }
            }
        } finally {
            Folders.delete(folder);
        }
        return measured.all();
    }

    private List<Result> cell(Cluster copy, Cluster live, Path folder, long size, double share) throws Exception {
        if (share == 0) {
            return new Rounds(new Contest(copy, live, folder, "intact"), Way.VERIFYING, progress)
                    .run(rounds, size, share);
        }
        live.sql(
                "postgres",
                "DROP DATABASE IF EXISTS damaged",
                "CREATE DATABASE damaged TEMPLATE intact STRATEGY file_copy");
        new Shop(size).damage(live, "damaged", share);
        return new Rounds(new Contest(copy, live, folder, "damaged"), Way.REPAIRING, progress).run(rounds, size, share);
    }

    /// Each size and damage at once, so that nothing is lost when the command is ended.
    private List<Result> keep(List<Result> results, Path file) throws IOException {
        if (write) {
            Results all = Results.read(file).with(results);
            Results.write(file, all.all());
            PerformancePage.ofProject().hold(ReconcileReport.MARK, new ReconcileReport(all).text());
        }
        return results;
    }

    private static void requireSpace(Path folder, long size) throws IOException {
        long needed = BYTES_AT_LEAST + size * BYTES_A_ROW;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new IOException(
                    "%,d MB are free in %s; %,d rows need %,d MB".formatted(free >> 20, folder, size, needed >> 20));
        }
    }
}
