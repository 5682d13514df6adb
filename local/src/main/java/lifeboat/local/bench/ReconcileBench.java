package lifeboat.local.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Verdict;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.PostgresRepairs;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.reconcile.sql.Triggers;
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
    private static final double MOST_FOREIGN_PERCENT = 5;
    private static final EnvironmentName BENCH = new EnvironmentName("bench");

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "200000",
            description = "Rows in all tables, several with commas. Default: ${DEFAULT-VALUE}")
    private List<Long> rows = List.of(200_000L);

    @Option(
            names = "--damage",
            split = ",",
            defaultValue = "0.0017",
            description = "Share of rows damaged, several with commas. Default: ${DEFAULT-VALUE}")
    private List<Double> damage = List.of(0.0017);

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often everything is measured. Default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Also write the table here, for example docs/reference/benchmarks-reconcile.md.")
    private Optional<Path> write = Optional.empty();

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        Optional<Path> tools = Cluster.tools();
        if (tools.isEmpty()) {
            out.println(
                    "skipped: PostgreSQL's own tools are not here (Debian: apt-get install postgresql), so there is nothing to compare with");
            return 0;
        }
        List<String> table = new ArrayList<>(head());
        for (long size : rows) {
            for (double share : damage) {
                table.addAll(measure(tools.get(), new Shop(size, share)));
            }
        }
        table.forEach(out::println);
        if (write.isPresent()) {
            Files.writeString(write.get(), String.join("\n", table) + "\n");
        }
        return 0;
    }

    private static List<String> head() throws IOException {
        Instant now = Clock.systemUTC().instant();
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: ", ""))
                .findFirst()
                .orElse("unknown processor");
        return List.of(
                "# Benchmarks of reconcile",
                "",
                "Measured on %s with `./lifeboat bench reconcile`: %d x %s, Java %s, heap at most %d MB."
                        .formatted(
                                now.atZone(ZoneOffset.UTC).toLocalDate(),
                                Runtime.getRuntime().availableProcessors(),
                                processor,
                                Runtime.version().feature(),
                                Runtime.getRuntime().maxMemory() >> 20),
                "The median of the rounds; CPU is that of client and both servers; the start of a JVM is not in it.",
                "",
                "| Rows | Damaged | What | Wall s | CPU s | WAL MB | Wall beside ours | CPU beside ours |",
                "|---|---|---|---|---|---|---|---|");
    }

    private List<String> measure(Path tools, Shop shop) throws Exception {
        Path folder = Files.createTempDirectory("lifeboat-bench");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (Cluster copy = Cluster.start(tools, folder.resolve("copy"), 55_911);
                Cluster live = Cluster.start(tools, folder.resolve("live"), 55_912)) {
            shop.load(copy, "shop");
            shop.load(live, "damaged");
            shop.damage(live, "damaged");
            return new Rounds(copy, live, folder, shop).table();
        } finally {
            delete(folder);
        }
    }

    /// The rounds of one size and damage.
    private final class Rounds {
        private final Cluster copy;
        private final Cluster live;
        private final Path folder;
        private final Shop shop;
        private final Map<String, List<Usage>> measured = new LinkedHashMap<>();
        private long repaired;

        Rounds(Cluster copy, Cluster live, Path folder, Shop shop) {
            this.copy = copy;
            this.live = live;
            this.folder = folder;
            this.shop = shop;
        }

        List<String> table() throws Exception {
            for (int round = 0; round < rounds; round++) {
                String plans = "plans" + round;
                measure("diff + repair, verified", () -> reconcile(plans));
                measure("pg_dump -Fc, pg_restore --clean", () -> dump("-Fc", "1"));
                measure("pg_dump -Fd -j2 -Z0, pg_restore -j2 --clean", () -> dump("-Fd", "2"));
                add("one sequential scan of both", Usage.of(copy, live, this::scan));
            }
            return lines();
        }

        /// Each starts from the same damage, and is only counted when live equals the copy afterwards.
        private void measure(String what, Usage.Work work) throws Exception {
            live.sql(
                    "postgres",
                    "DROP DATABASE IF EXISTS shop",
                    "CREATE DATABASE shop TEMPLATE damaged STRATEGY file_copy",
                    "CHECKPOINT");
            add(what, Usage.of(copy, live, work));
            if (plan("check" + System.nanoTime()).verdict() != Verdict.EQUAL) {
                throw new IllegalStateException(what + " left differences");
            }
        }

        private void add(String what, Usage usage) {
            measured.computeIfAbsent(what, any -> new ArrayList<>()).add(usage);
        }

        private RepairPlan plan(String plans) {
            try (var comparison = PostgresComparison.open(at(copy), at(live), Scope.ALL, System.nanoTime())) {
                Instant now = Clock.systemUTC().instant();
                return new Diff(comparison, archive(plans), Progress.SILENT)
                        .plan(BENCH, Rules.plain(now), "draft", 5, now);
            }
        }

        private void reconcile(String plans) throws Exception {
            RepairPlan plan = plan(plans);
            repaired = plan.counts().repairs();
            try (var store = PostgresRepairs.open(at(copy), at(live), Set.of(), Triggers.ASK)) {
                new Repair(store, archive(plans), Progress.SILENT)
                        .run(new RepairRequest(
                                plan.id(),
                                BENCH,
                                Clock.systemUTC().instant(),
                                RepairRequest.DEFAULT_MAX_AGE,
                                new Cap(100, true),
                                "the benchmark"));
            }
        }

        private LocalArchive archive(String plans) {
            return new LocalArchive(folder.resolve(plans));
        }

        private static Endpoint at(Cluster cluster) {
            return new Endpoint(cluster.url("shop"));
        }

        private void dump(String form, String jobs) throws IOException {
            Path file = folder.resolve("dump");
            boolean directory = form.equals("-Fd");
            List<String> more = directory ? List.of("-j", jobs, "-Z", "0") : List.of();
            List<String> dump = new ArrayList<>(copy.tool("pg_dump", form, "-f", file.toString()));
            dump.addAll(more);
            dump.add("shop");
            Usage.run(dump);
            Usage.run(live.tool("pg_restore", "--clean", "--if-exists", "-j", jobs, "-d", "shop", file.toString()));
            delete(file);
        }

        private void scan() throws Exception {
            for (String table : List.of("customers", "orders", "lines", "events", "prices")) {
                copy.sql("shop", "SELECT count(*) FROM " + table);
                live.sql("shop", "SELECT count(*) FROM " + table);
            }
        }

        private List<String> lines() {
            List<String> lines = new ArrayList<>();
            Usage ours = median(measured.values().iterator().next());
            measured.forEach((what, runs) -> {
                Usage usage = median(runs);
                lines.add("| %,d | %,d | %s | %.2f | %.2f | %.1f | %.2fx | %.2fx |"
                        .formatted(
                                shop.rows(),
                                repaired,
                                what,
                                usage.wallSeconds(),
                                usage.cpuSeconds(),
                                usage.walMegabytes(),
                                usage.wallSeconds() / ours.wallSeconds(),
                                usage.cpuSeconds() / ours.cpuSeconds()));
            });
            double foreign = measured.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(Usage::foreignPercent)
                    .max()
                    .orElse(0);
            if (foreign > MOST_FOREIGN_PERCENT) {
                lines.add("| | | NO VERDICT on wall time: other processes used up to %.0f %% of the machine | | | | | |"
                        .formatted(foreign));
            }
            return lines;
        }
    }

    private static Usage median(List<Usage> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Usage::wallSeconds))
                .toList()
                .get(runs.size() / 2);
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
