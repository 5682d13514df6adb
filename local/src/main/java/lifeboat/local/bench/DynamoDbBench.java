package lifeboat.local.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import lifeboat.aws.dynamodb.DynamoDbItemTable;
import lifeboat.aws.dynamodb.ItemClients;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemFingerprints;
import lifeboat.reconcile.items.ItemScans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Compares two tables in DynamoDB Local beside bare scans of the same tables, alternately, in a heap of 256 MB.
@Command(
        name = "dynamodb",
        mixinStandardHelpOptions = true,
        description = "Diff of two DynamoDB tables beside bare parallel scans of them (DynamoDB Local).")
public final class DynamoDbBench implements Callable<Integer> {
    private static final String COPY = "bench-copy";
    private static final String LIVE = "bench-live";
    private static final int HEAP_MEGABYTES = 256;

    @Option(names = "--items", defaultValue = "200000", description = "items in each table (default: 200000)")
    private int items;

    @Option(names = "--damage", defaultValue = "0.0017", description = "share of items damaged (default: 0.0017)")
    private double damage;

    @Option(names = "--rounds", defaultValue = "3", description = "how often everything is measured (default: 3)")
    private int rounds;

    @Option(
            names = "--write",
            description = "also keep the figures in docs/reference, and make the page's table from all that are kept")
    private boolean write;

    private final PrintStream out;

    public DynamoDbBench() {
        this(System.out);
    }

    DynamoDbBench(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (items < 1 || rounds < 1 || !(damage >= 0 && damage <= 1)) {
            out.println("--items and --rounds are at least 1, --damage is between 0 and 1");
            return 2;
        }
        if (Runtime.getRuntime().maxMemory() >> 20 > HEAP_MEGABYTES) {
            return againInASmallHeap();
        }
        try (var server = DynamoDbServer.start();
                var plain = server.configure(DynamoDbClient.builder());
                var async = server.configure(DynamoDbAsyncClient.builder());
                var client = server.configure(ItemClients.builder())) {
            var loaded = new BenchTables(plain, items, damage).load(COPY, LIVE);
            out.printf("%,d items a table, %,d differ%n", items, loaded.differing());
            var ways = new EnumMap<Scanning.Way, Run>(Scanning.Way.class);
            ways.put(Scanning.Way.TYPED_ONE, new Run(() -> TypedScan.count(plain, COPY, items), items));
            ways.put(Scanning.Way.ASYNC_ONE, new Run(() -> TypedScan.count(async, COPY, items), items));
            ways.put(
                    Scanning.Way.TYPED_BOTH,
                    new Run(
                            () -> TypedScan.count(plain, COPY, items) + TypedScan.count(plain, LIVE, items),
                            items + loaded.inLive()));
            ways.put(Scanning.Way.DIGEST_ONE, new Run(() -> digest(client), items));
            ways.put(Scanning.Way.DIFF_BOTH, new Run(() -> diff(client), loaded.differing()));
            report(measure(server, ways, loaded.differing()));
            return 0;
        }
    }

    /// What a function has; this command line has more.
    private int againInASmallHeap() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Commands.java(HEAP_MEGABYTES, "bench", "dynamodb"));
        command.addAll(List.of("--items", "" + items, "--damage", "" + damage, "--rounds", "" + rounds));
        command.addAll(write ? List.of("--write") : List.of());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /// Something to be measured, and what it must find: a measurement of the wrong result is none.
    private record Run(LongSupplier work, long expected) {
        Measured measure(DynamoDbServer server) throws IOException {
            Measured measured = Measured.of(server.process(), work);
            if (measured.result() != expected) {
                throw new IllegalStateException("found " + measured.result() + ", expected " + expected);
            }
            return measured;
        }
    }

    /// A round that is not kept warms everything.
    private List<Scanning> measure(DynamoDbServer server, Map<Scanning.Way, Run> ways, long damaged)
            throws IOException {
        var measured = new EnumMap<Scanning.Way, List<Measured>>(Scanning.Way.class);
        for (var round = 0; round <= rounds; round++) {
            for (var way : ways.entrySet()) {
                var kept = measured.computeIfAbsent(way.getKey(), any -> new ArrayList<>());
                var run = way.getValue().measure(server);
                kept.addAll(round == 0 ? List.of() : List.of(run));
            }
        }
        var machine = Machine.described() + ", DynamoDB Local";
        var date =
                Clock.systemUTC().instant().atZone(ZoneOffset.UTC).toLocalDate().toString();
        return measured.entrySet().stream()
                .map(way -> new Scanning(items, damaged, way.getKey(), way.getValue(), machine, date))
                .toList();
    }

    private static long digest(DynamoDbClient client) {
        var fingerprints = new ItemFingerprints(new DynamoDbItemTable(client, COPY, false), ItemScans.usual(1));
        return fingerprints.segments().stream()
                .map(fingerprints::of)
                .mapToLong(piece -> piece.count())
                .sum();
    }

    private static long diff(DynamoDbClient client) {
        var found = new ArrayList<String>();
        try (var comparison = new ItemComparison(
                new DynamoDbItemTable(client, COPY, false),
                new DynamoDbItemTable(client, LIVE, true),
                Optional.empty(),
                List.of(),
                ItemScans.usual(1))) {
            comparison
                    .segments()
                    .forEach(piece ->
                            comparison.compare(piece, one -> found.add(one.key().toString())));
        }
        return found.size();
    }

    private void report(List<Scanning> measured) throws IOException {
        out.println(new DynamoDbReport(measured).text());
        out.println("the server runs on the same machine: wall times include its work");
        if (write) {
            Path file = PerformancePage.measurements("dynamodb");
            List<Scanning> all = new ArrayList<>(Results.list(file, Scanning.class));
            all.removeIf(old -> old.items() == items);
            all.addAll(measured);
            Results.write(file, all);
            PerformancePage.ofProject().hold(DynamoDbReport.MARK, new DynamoDbReport(all).text());
        }
    }
}
