package lifeboat.local.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;
import lifeboat.infra.permission.Handler;
import lifeboat.local.access.Accesses;
import lifeboat.local.aws.Account;
import lifeboat.local.aws.LocalClients;
import lifeboat.local.engine.EngineCache;
import lifeboat.local.orchestration.CouldNotRun;
import lifeboat.local.orchestration.Interpreter;
import lifeboat.local.orchestration.NodePrograms;
import lifeboat.recovery.Mode;
import lifeboat.recovery.RecoveryId;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.BackupJobState;

/// One rehearsal, from an empty machine to its outcome.
final class Rehearsal {
    private final Accesses accesses = new Accesses();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Script script;
    private final Terminal terminal;
    private final Environment environment;
    private final Workload workload;
    private final List<Shop> shops = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final Map<String, Duration> took = new LinkedHashMap<>();
    private Instant partStarted = Instant.now();

    Rehearsal(Script script, Terminal terminal) {
        this.script = script;
        this.terminal = terminal;
        this.environment = EnvironmentFile.read(script.environmentFile());
        this.workload = chosen();
    }

    private Workload chosen() {
        return environment.workloads().stream()
                .filter(candidate ->
                        script.workload().map(candidate.name().value()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> new CouldNotRun("workload \"%s\" is not in %s: one of %s"
                        .formatted(
                                script.workload().orElse(""),
                                script.environmentFile(),
                                environment.workloads().stream()
                                        .map(known -> known.name().value())
                                        .collect(Collectors.joining(", ")))));
    }

    /// Runs it.
    ///
    /// @param afterwards called with the outcome while the engines are still up
    Outcome run(Afterwards afterwards) {
        NodePrograms.requireNode();
        Account account =
                new Account(environment.account().value(), environment.region().value());
        try (Stage stage = Stage.open(account)) {
            CompletableFuture<NodePrograms> programs =
                    CompletableFuture.supplyAsync(() -> NodePrograms.in(EngineCache.folder()));
            CompletableFuture<Synthesized> synthesized =
                    programs.thenApplyAsync(_ -> Synthesized.of(script.environmentFile(), stage.scratch()));
            openShops(stage);
            terminal.step("Synthesize and deploy");
            try (Interpreter interpreter = Interpreter.start(joined(programs), Deployment.pace())) {
                Outcome outcome = rehearse(stage, joined(synthesized), interpreter);
                afterwards.look(outcome, stage);
                return outcome;
            } finally {
                shops.forEach(Shop::close);
            }
        }
    }

    /// What is done with the engines before they go.
    interface Afterwards {
        void look(Outcome outcome, Stage stage);
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw wrapped;
        }
    }

    private void openShops(Stage stage) {
        for (Resource resource : workload.resources()) {
            switch (resource) {
                case Resource.DynamoDbTable table ->
                    shops.add(new ProductTable(
                            table, stage.aws().dynamoDb(), stage.tables().client(), script.products()));
                case Resource.RdsInstance instance ->
                    shops.add(new OrderDatabase(instance, stage.aws(), script.orders(), script.seed()));
                case Resource.AuroraCluster _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                    skipped.add(
                            "%s: store %s has no engine on this machine".formatted(resource.name(), resource.store()));
            }
        }
        if (shops.isEmpty()) {
            throw new CouldNotRun("nothing of workload \"%s\" can be rehearsed here: %s"
                    .formatted(workload.name(), String.join("; ", skipped)));
        }
        skipped.forEach(reason -> terminal.say("  skipped " + reason));
        terminal.step("Open the shop");
        for (Shop shop : shops) {
            int size = shop instanceof ProductTable ? script.products() : script.orders();
            try (Terminal.Bar bar = terminal.bar("load %,d %s".formatted(size, shop.things()), size)) {
                shop.open(bar.at());
            }
        }
        part("load");
    }

    /// Everything that the functions did to AWS so far.
    Accesses accesses() {
        return accesses;
    }

    private Outcome rehearse(Stage stage, Synthesized synthesized, Interpreter interpreter) {
        CopyRows rows = new CopyRows(shops);
        Deployment deployment = new Deployment(
                synthesized,
                stage.aws(),
                interpreter,
                InstantSource.system(),
                rows,
                new Milestones(terminal),
                accesses);
        rows.judgeBy(deployment.wiring(Handler.ASSESS.className()).assessor());
        part("synthesize and deploy");
        Recordings recordings = new Recordings(stage, deployment, shops, terminal);
        terminal.step("Record what live holds");
        recordings.record(workload);
        part("record");
        backUp(stage.aws(), deployment);
        List<Writer> writers = new ArrayList<>();
        try {
            shops.forEach(shop -> writers.add(new Writer(shop, script.seed() + writers.size())));
            terminal.step(script.damage() ? "Trade, and deploy something bad" : "Trade");
            Pause.of(script.warmUp());
            recordings.record(workload);
            Optional<Instant> damagedAt = script.damage() ? Optional.of(damage()) : Optional.empty();
            Optional<Instant> at = target(damagedAt);
            at.ifPresent(instant -> awaitRestorable(stage.aws(), instant));
            part("trade and damage");
            return recover(new Recovering(script, stage, deployment, shops, rows), damagedAt, at, writers);
        } finally {
            writers.forEach(Writer::close);
        }
    }

    private Outcome recover(
            Recovering recovering, Optional<Instant> damagedAt, Optional<Instant> at, List<Writer> writers) {
        terminal.step("Recover: %s of workload %s"
                .formatted(script.mode() == Mode.DRILL ? "drill" : "incident", workload.name()));
        RecoveryId id = recovering.start(workload, damagedAt, at, terminal);
        Optional<String> failure = recovering.await(id);
        part("recover");
        writers.forEach(Writer::close);
        terminal.step("Compare");
        Outcome outcome = recovering.outcome(id, damagedAt, failure, skipped, writers);
        part("compare");
        return reconciled(recovering, id, outcome).took(took);
    }

    /// In an incident, live is repaired from the copies while the shop goes on writing.
    private Outcome reconciled(Recovering recovering, RecoveryId id, Outcome outcome) {
        if (script.mode() != Mode.INCIDENT
                || outcome.damagedAt().isEmpty()
                || !outcome.objections().isEmpty()) {
            return outcome;
        }
        terminal.step("Reconcile: list the damage in live, and repair just that");
        Reconciling reconciling = new Reconciling(recovering.stage(), recovering.deployment(), terminal);
        Map<String, Repaired> repaired = new TreeMap<>();
        List<Writer> writers = new ArrayList<>();
        try {
            shops.forEach(shop -> writers.add(new Writer(shop, script.seed() + 100 + writers.size())));
            Map<Shop, Repaired.Said> said = new LinkedHashMap<>();
            shops.forEach(shop -> said.put(shop, reconciling.repair(id, shop)));
            writers.forEach(Writer::close);
            said.forEach((shop, how) -> repaired.put(
                    shop.resource().name().value(),
                    Repaired.of(
                            how,
                            shop.rows(shop.resource().physicalName()),
                            shop.journal(),
                            restoredTo(outcome, shop),
                            outcome.damagedAt().orElseThrow())));
        } finally {
            writers.forEach(Writer::close);
        }
        part("reconcile");
        return outcome.repaired(
                repaired,
                recovering.stage().aws().topics().published(),
                recovering.malformed(),
                Recovering.failures(writers).findFirst());
    }

    private static Instant restoredTo(Outcome outcome, Shop shop) {
        return Objects.requireNonNull(
                        outcome.comparisons().get(shop.resource().name().value()))
                .restoredTo();
    }

    private void backUp(LocalClients aws, Deployment deployment) {
        terminal.step("Back up");
        List<String> jobs = shops.stream()
                .map(shop -> aws.backup()
                        .startBackupJob(start -> start.backupVaultName(deployment.vault())
                                .resourceArn(arn(aws, shop.resource()))
                                .iamRoleArn("arn:aws:iam::%s:role/backup".formatted(environment.account())))
                        .backupJobId())
                .toList();
        Pause.until("a backup", PATIENCE, () -> jobs.stream().noneMatch(id -> running(aws, id)));
        aws.backup()
                .listBackupJobs(list -> list.byState(BackupJobState.COMPLETED))
                .backupJobs()
                .forEach(this::tell);
        part("back up");
    }

    private void tell(BackupJob job) {
        terminal.say("  %s: recovery point %s".formatted(job.resourceArn(), job.recoveryPointArn()));
    }

    private static boolean running(LocalClients aws, String id) {
        return aws.backup()
                        .describeBackupJob(describe -> describe.backupJobId(id))
                        .state()
                != BackupJobState.COMPLETED;
    }

    private static String arn(LocalClients aws, Resource resource) {
        Account account = aws.world().account();
        return resource instanceof Resource.RdsInstance
                ? account.arn("rds", "db:" + resource.physicalName())
                : account.arn("dynamodb", "table/" + resource.physicalName());
    }

    // Some good writes fall between the last whole second and the damage: those are lost.
    private Instant damage() {
        Instant now = Instant.now();
        Pause.of(Duration.between(now, now.truncatedTo(ChronoUnit.SECONDS).plusMillis(1400)));
        Instant damagedAt = Instant.now();
        terminal.say("  a deployment damages the data from %s on".formatted(damagedAt));
        SplittableRandom dice = new SplittableRandom(script.seed());
        for (Shop shop : shops) {
            shop.damage(dice);
            long rows = shop.journal().writes().stream()
                    .filter(Journal.Write::damage)
                    .count();
            terminal.say("  %s: %,d rows deleted, corrupted or made up".formatted(shop.things(), rows));
        }
        return damagedAt;
    }

    private Optional<Instant> target(Optional<Instant> damagedAt) {
        return switch (script.back()) {
            case Script.Back.AsLateAsPossible() -> damagedAt.map(at -> at.truncatedTo(ChronoUnit.SECONDS));
            case Script.Back.Before(var span) ->
                Optional.of(damagedAt.orElseGet(Instant::now).minus(span).truncatedTo(ChronoUnit.SECONDS));
            case Script.Back.At(var instant) -> Optional.of(instant);
            case Script.Back.RecoveryPoint() -> Optional.empty();
        };
    }

    private void awaitRestorable(LocalClients aws, Instant at) {
        Pause.until(
                "shipping of the log",
                Duration.ofSeconds(30),
                () -> shops.stream()
                        .noneMatch(shop -> latest(aws, shop.resource()).isBefore(at)));
    }

    private static Instant latest(LocalClients aws, Resource resource) {
        return resource instanceof Resource.RdsInstance
                ? Optional.ofNullable(aws.rds()
                                .describeDBInstances(describe -> describe.dbInstanceIdentifier(resource.physicalName()))
                                .dbInstances()
                                .getFirst()
                                .latestRestorableTime())
                        .orElse(Instant.EPOCH)
                : aws.dynamoDb()
                        .describeContinuousBackups(describe -> describe.tableName(resource.physicalName()))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .latestRestorableDateTime();
    }

    private void part(String name) {
        Instant now = Instant.now();
        took.put(name, Duration.between(partStarted, now));
        partStarted = now;
    }
}
