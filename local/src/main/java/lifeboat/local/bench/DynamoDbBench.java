package lifeboat.local.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lifeboat.aws.dynamodb.DynamoDbItemTable;
import lifeboat.aws.dynamodb.ItemClients;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemFingerprints;
import lifeboat.reconcile.items.ItemScans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Compares two tables in DynamoDB Local beside bare scans of the same tables, alternately, and prints the ratios.
@Command(
        name = "dynamodb",
        mixinStandardHelpOptions = true,
        description = "Diff of two DynamoDB tables beside bare parallel scans of them (DynamoDB Local).")
public final class DynamoDbBench implements Callable<Integer> {
    private static final String COPY = "bench-copy";
    private static final String LIVE = "bench-live";

    @Option(names = "--items", defaultValue = "200000", description = "items in each table (default: 200000)")
    private int items;

    @Option(names = "--damage", defaultValue = "0.0017", description = "share of items damaged (default: 0.0017)")
    private double damage;

    @Option(names = "--rounds", defaultValue = "3", description = "how often everything is measured (default: 3)")
    private int rounds;

    private final PrintStream out;

    public DynamoDbBench() {
        this(System.out);
    }

    DynamoDbBench(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (items < 1 || rounds < 1 || !(damage >= 0 && damage <= 1)) {
            out.println("--items and --rounds are at least 1, --damage is between 0 and 1");
            return 2;
        }
        try (var server = DynamoDbServer.start();
                var plain = server.configure(DynamoDbClient.builder());
                var client = server.configure(ItemClients.builder())) {
            var expected = new BenchTables(plain, items, damage).load(COPY, LIVE);
            out.printf("%,d items a table, %,d differ; heap at most %d MB%n", items, expected, heapMegabytes());
            return report(measure(plain, client, expected));
        }
    }

    private static long heapMegabytes() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }

    private Map<String, List<Measured>> measure(DynamoDbClient plain, DynamoDbClient client, long expected) {
        var measured = new LinkedHashMap<String, List<Measured>>();
        for (var round = 0; round < rounds; round++) {
            add(measured, "typed scan of one", Measured.of(() -> TypedScan.count(plain, COPY, items)), items);
            add(measured, "scan + digest of one", Measured.of(() -> digest(client)), items);
            add(measured, "diff of both", Measured.of(() -> diff(client)), expected);
        }
        return measured;
    }

    /// A measurement of the wrong result is none.
    private static void add(Map<String, List<Measured>> measured, String what, Measured run, long expected) {
        if (run.result() != expected) {
            throw new IllegalStateException(what + " found " + run.result() + ", expected " + expected);
        }
        measured.computeIfAbsent(what, ignored -> new ArrayList<>()).add(run);
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

    private int report(Map<String, List<Measured>> measured) {
        measured.forEach((what, runs) -> out.println(Measured.median(runs).line(what, items)));
        var typed = Measured.median(measured.getOrDefault("typed scan of one", List.of()));
        var digest = Measured.median(measured.getOrDefault("scan + digest of one", List.of()));
        var diff = Measured.median(measured.getOrDefault("diff of both", List.of()));
        out.printf("diff / typed scan of one: wall %.2f, client CPU %.2f%n", diff.wallOver(typed), diff.cpuOver(typed));
        out.printf("diff / scan + digest of one: wall %.2f%n", diff.wallOver(digest));
        out.printf(
                "typed scan / scan + digest: wall %.2f, client CPU %.2f%n",
                typed.wallOver(digest), typed.cpuOver(digest));
        out.println("the server runs on the same machine: wall times include its work and that of other processes");
        return 0;
    }
}
