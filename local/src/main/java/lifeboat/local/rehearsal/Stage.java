package lifeboat.local.rehearsal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lifeboat.local.aws.Account;
import lifeboat.local.aws.FaultPlan;
import lifeboat.local.aws.Judge;
import lifeboat.local.aws.LocalClients;
import lifeboat.local.aws.Timings;
import lifeboat.local.aws.World;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.EngineCache;
import lifeboat.local.engine.EngineFailure;
import lifeboat.local.engine.PostgresBinaries;
import lifeboat.local.engine.PostgresEngine;
import lifeboat.local.engine.Scratch;

/// The engines and stand-ins of one rehearsal. Once it is closed, or this process has ended, nothing of it is left.
final class Stage implements AutoCloseable {
    private final Scratch scratch = Scratch.create();
    private final DynamoDbEngine tables;
    private final LocalClients aws;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread shipping;
    private volatile boolean closing;

    private Stage(Account account) {
        InstantSource clock = InstantSource.system();
        tables = DynamoDbEngine.start(clock);
        PostgresEngine databases = new PostgresEngine(PostgresBinaries.in(EngineCache.folder()), scratch.folder());
        World world = new World(account, clock, Timings.brisk(), FaultPlan.none(), new Judge(), workers);
        aws = new LocalClients(world, tables, databases);
        shipping = Thread.ofPlatform().daemon().name("log shipping").start(this::shipLogs);
    }

    private void shipLogs() {
        Duration period = aws.world().timings().logShipping();
        while (!closing) {
            Pause.of(period);
            shipping(aws.instances()::shipLogs);
        }
    }

    // A server that is being stopped ships no log. Where one ships none for another reason, what waits for it says so.
    private void shipping(Runnable work) {
        try {
            work.run();
        } catch (EngineFailure failure) {
            closing = true;
        }
    }

    /// Builds it.
    static Stage open(Account account) {
        return new Stage(account);
    }

    Scratch scratch() {
        return scratch;
    }

    DynamoDbEngine tables() {
        return tables;
    }

    LocalClients aws() {
        return aws;
    }

    @Override
    public void close() {
        closing = true;
        joinShipping();
        workers.close();
        aws.close();
        tables.close();
        scratch.close();
    }

    private void joinShipping() {
        try {
            shipping.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
