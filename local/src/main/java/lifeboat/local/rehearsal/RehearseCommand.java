package lifeboat.local.rehearsal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.InvalidEnvironment;
import lifeboat.local.engine.EngineFailure;
import lifeboat.local.orchestration.CouldNotRun;
import lifeboat.local.orchestration.TaskFailure;
import lifeboat.recovery.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./lifeboat rehearse`: a recovery from backup to verdict on this machine, without an account.
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = {
            "Rehearses a recovery on this machine: loads data into DynamoDB Local and PostgreSQL, backs it up, damages it,",
            "recovers it by the synthesized state machine with the real handlers, and compares the rows that came back."
        },
        footer = {
            "",
            "Exit codes: 0 every objective is met, every row is as it was and nothing was left behind; 1 not so; 2 could not run."
        })
public final class RehearseCommand implements Callable<Integer> {
    @Option(
            names = "--env",
            paramLabel = "NAME|FILE",
            defaultValue = "lab",
            description = "Environment: a name under infra/environments, or a file. Default: ${DEFAULT-VALUE}.")
    private String environment = "lab";

    @Option(names = "--workload", paramLabel = "NAME", description = "Workload. Default: the first of the environment.")
    private @Nullable String workload;

    @Option(
            names = "--mode",
            paramLabel = "drill|incident",
            defaultValue = "drill",
            description = "What is recovered for: a drill tears its copies down. Default: ${DEFAULT-VALUE}.")
    private String mode = "drill";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = {
                "Back to when: an instant (2026-11-20T14:30:00Z), a time before the damage (5s), or recovery-point.",
                "Default: the last whole second before the damage; without damage, as late as the stores allow."
            })
    private @Nullable String at;

    @Option(
            names = "--size",
            paramLabel = "PRODUCTS/ORDERS",
            defaultValue = "10000/200000",
            description = "Items in each table and rows in each database. Default: ${DEFAULT-VALUE}.")
    private String size = "10000/200000";

    @Option(names = "--no-damage", description = "Recover undamaged data.")
    private boolean noDamage;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the data and the damage. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--keep", description = "Keep the engines running afterwards, to look at them, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--json", description = "Print nothing but the result, as JSON.")
    private boolean json;

    private volatile boolean interrupted;

    @Override
    public Integer call() {
        PrintStream terminal = System.out;
        silenceMetrics();
        Runtime.getRuntime().addShutdownHook(new Thread(this::fallSilent, "interrupted"));
        try {
            return rehearse(new Terminal(terminal, Terminal.here(json).interactive(), json));
        } catch (CouldNotRun | Invalid | InvalidEnvironment | EngineFailure refused) {
            return couldNotRun(refused.getMessage());
        } catch (TaskFailure refused) {
            return couldNotRun(refused.said());
        } catch (RuntimeException broken) { // whatever breaks after Ctrl-C; all else flies on, and ends with 2 as well
            if (interrupted) {
                return 2;
            }
            throw broken;
        } finally {
            System.setOut(terminal);
        }
    }

    // After Ctrl-C everything fails at once: that is no news.
    private void fallSilent() {
        interrupted = true;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }

    private int couldNotRun(@Nullable String why) {
        if (!interrupted) {
            System.err.println("could not run: " + why);
        }
        return 2;
    }

    private int rehearse(Terminal terminal) {
        Path result = home().resolve("local/target/rehearsal.json");
        Outcome outcome = new Rehearsal(script(), terminal).run((done, stage) -> {
            new OutcomeText(done, terminal).print();
            if (keep) {
                stay(stage, terminal);
            }
        });
        OutcomeJson report = new OutcomeJson(outcome);
        report.write(result);
        terminal.say("  every figure: " + result);
        if (json) {
            terminal.out().println(report.node().toPrettyString());
        }
        return outcome.objections().isEmpty() ? 0 : 1;
    }

    private static void stay(Stage stage, Terminal terminal) {
        terminal.step("The engines stay up until Ctrl-C");
        terminal.say("  DynamoDB at " + stage.tables().endpoint());
        stage.aws().rds().describeDBInstances().dbInstances().stream()
                .filter(instance -> instance.endpoint() != null)
                .forEach(instance -> terminal.say("  %s at jdbc:postgresql://%s:%d/%s?user=postgres"
                        .formatted(
                                instance.dbInstanceIdentifier(),
                                instance.endpoint().address(),
                                instance.endpoint().port(),
                                instance.dbName())));
        Pause.of(Duration.ofDays(1));
    }

    // Powertools prints metrics to standard output, for CloudWatch to pick up.
    private static void silenceMetrics() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }

    private Script script() {
        String[] sizes = size.split("/", -1);
        if (sizes.length != 2 || !sizes[0].matches("[1-9]\\d{0,6}") || !sizes[1].matches("[1-9]\\d{0,7}")) {
            throw new CouldNotRun(
                    "--size \"%s\" is not allowed: PRODUCTS/ORDERS, for example 10000/200000".formatted(size));
        }
        return new Script(
                environmentFile(),
                Optional.ofNullable(workload),
                mode(),
                back(),
                Integer.parseInt(sizes[0]),
                Integer.parseInt(sizes[1]),
                !noDamage,
                seed,
                Duration.ofSeconds(5));
    }

    private Mode mode() {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "drill" -> Mode.DRILL;
            case "incident" -> Mode.INCIDENT;
            default -> throw new CouldNotRun("--mode \"%s\" is not allowed: drill or incident".formatted(mode));
        };
    }

    private Script.Back back() {
        if (at == null) {
            return new Script.Back.AsLateAsPossible();
        }
        if (at.equals("recovery-point")) {
            return new Script.Back.RecoveryPoint();
        }
        if (at.matches("\\d{1,4}s")) {
            return new Script.Back.Before(Duration.ofSeconds(Long.parseLong(at.replace("s", ""))));
        }
        try {
            return new Script.Back.At(Instant.parse(at));
        } catch (DateTimeParseException _) {
            throw new CouldNotRun(
                    "--at \"%s\" is not allowed: an instant such as 2026-11-20T14:30:00Z, seconds such as 5s, or recovery-point"
                            .formatted(at));
        }
    }

    private Path environmentFile() {
        Path file = environment.matches("[a-z0-9-]+")
                ? home().resolve("infra/environments/" + environment + ".yaml")
                : Path.of(environment);
        if (!Files.isRegularFile(file)) {
            throw new CouldNotRun("--env \"%s\": there is no file %s".formatted(environment, file));
        }
        return file;
    }

    private static Path home() {
        return Path.of(System.getProperty("lifeboat.home", ""));
    }
}
