package lifeboat.local.bench;

import picocli.CommandLine.Command;

/// `bench`: what Lifeboat costs beside the simplest thing that could be done.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Lifeboat beside the simplest thing that could be done.",
        subcommands = {ReconcileBench.class, DynamoDbBench.class})
public final class BenchCommand {}
