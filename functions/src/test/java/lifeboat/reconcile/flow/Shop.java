package lifeboat.reconcile.flow;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import lifeboat.Invocation;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import lifeboat.engines.LocalPostgres;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Tally;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.PostgresRepairs;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.CopyEvent;
import lifeboat.recovery.Example;
import lifeboat.recovery.InMemoryLedger;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.restore.CopyName;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;

/// A database of orders, live and restored, on a real PostgreSQL; and a person who reconciles them with the steps
/// of the flow, called one after the other as the state machine does.
final class Shop {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// After the point in time of the copy, which [Example] has.
    static final Instant NOW = Example.START.plus(Duration.ofMinutes(30));

    final String copy;
    final String live;
    final RecoveryLedger ledger = new InMemoryLedger();
    final List<String> started = new ArrayList<>();
    final Map<RunId, Ended> told = new HashMap<>();
    final Map<Run, Ended> ended = new LinkedHashMap<>();
    final Path archive;
    final List<Throwable> thrown = new ArrayList<>();
    Environment environment = Example.environment();
    Sides sides;
    Instant now = NOW;
    private int calls;

    /// @param sql makes and fills both sides
    Shop(Path archive, String... sql) {
        this(archive, Optional.of(new Outcome.Passed("structure as in live", "1 table")), sql);
    }

    /// @param checked what the checks of the copy found; empty: none has ended
    Shop(Path archive, Optional<Outcome> checked, String... sql) {
        this(
                archive,
                checked,
                Example.planned(
                        Example.ID,
                        Example.request(Mode.INCIDENT, new Target.PointInTime(Example.START)),
                        Example.START,
                        Example.ORDERS),
                sql);
    }

    /// A shop whose copy is of a recovery point.
    ///
    /// @param backupStartedAt the time of the recovery point
    static Shop ofRecoveryPoint(Path archive, Instant backupStartedAt, String... sql) {
        RestorePoint point = new RestorePoint.Snapshot(
                new RecoveryPointArn("arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:job-1"),
                backupStartedAt);
        Outcome passed = new Outcome.Passed("structure as in live", "1 table");
        return new Shop(archive, Optional.of(passed), Example.planned(point, Example.ORDERS), sql);
    }

    private Shop(Path archive, Optional<Outcome> checked, Recovery recovery, String... sql) {
        this.archive = archive;
        this.copy = LocalPostgres.newDatabase();
        LocalPostgres.execute(copy, sql);
        this.live = LocalPostgres.newDatabase(copy);
        this.sides = new OnOneServer();
        open(recovery);
        checked.ifPresent(this::checked);
    }

    /// Over another store; what has to do with PostgreSQL is of no use.
    Shop(Path archive, Sides sides) {
        this.archive = archive;
        this.copy = "";
        this.live = "";
        this.sides = sides;
        open(Example.planned(
                Example.ID,
                Example.request(Mode.INCIDENT, new Target.PointInTime(Example.START)),
                Example.START,
                Example.ORDERS));
        checked(new Outcome.Passed("structure as in live", "1 table"));
    }

    private void open(Recovery recovery) {
        ledger.open(recovery);
        restored(true);
    }

    /// Ends the inspection of the copy with one outcome.
    void checked(Outcome outcome) {
        Segment piece = new Segment("structure");
        ledger.record(Example.ID, Example.ORDERS.name(), new CopyEvent.InspectionPlanned(List.of(piece, Example.ROWS)));
        ledger.evidence(
                Example.ID, Example.ORDERS.name(), piece, new Evidence(List.of(outcome), Tally.NOTHING, List.of()));
        Outcome rows = new Outcome.Passed("rows of orders >= 1", "5 rows");
        ledger.evidence(
                Example.ID, Example.ORDERS.name(), Example.ROWS, new Evidence(List.of(rows), Tally.NOTHING, List.of()));
        ledger.record(Example.ID, Example.ORDERS.name(), new CopyEvent.Verified(Example.START.plusSeconds(3)));
    }

    private void restored(boolean there) {
        ledger.record(
                Example.ID,
                Example.ORDERS.name(),
                new CopyEvent.RestoreStarted(new Ticket("native"), Example.START.plusSeconds(1)));
        if (there) {
            ledger.record(
                    Example.ID,
                    Example.ORDERS.name(),
                    new CopyEvent.RestoreCompleted(Example.START.plusSeconds(2), true));
        }
    }

    Reconciles reconciles() {
        return new Reconciles(environment, ledger, sides, new LocalArchive(archive), InstantSource.fixed(now));
    }

    /// Asks at the front door.
    JsonNode ask(String json) {
        return ask(json, "call-" + calls++);
    }

    JsonNode ask(String json, String call) {
        try {
            return reconciles()
                    .door(new Machines() {
                        @Override
                        public void start(RunId run, String action) {
                            started.add(action + " " + run);
                        }

                        @Override
                        public boolean running(RunId run) {
                            return true;
                        }
                    })
                    .answer(JSON.readTree(json.replace('\'', '"')), call);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Compares, with what is chosen beside.
    Ended compared(String chosen) {
        RunId run = run(ask("{'action':'diff','recovery':'%s','resource':'orders'%s}".formatted(Example.ID, chosen)));
        return end(run, () -> compare(run));
    }

    void compare(RunId run) {
        ComparisonSteps steps = reconciles().comparison();
        int pieces = steps.plan(run);
        for (int piece = 0; piece < pieces; piece++) {
            steps.compare(run, piece, "call-" + calls++);
        }
        steps.seal(run);
    }

    /// Carries the plan of a comparison out.
    Ended repaired(Ended comparison) {
        return repaired(comparison, "");
    }

    /// Carries it out, with what is said beside.
    Ended repaired(Ended comparison, String beside) {
        RunId run = run(ask("{'action':'apply','plan':'%s','cap':100%s}".formatted(plan(comparison), beside)));
        return end(run, () -> repair(run));
    }

    void repair(RunId run) {
        RepairSteps steps = reconciles().repair();
        int pieces = steps.begin(run);
        each(pieces, piece -> steps.repair(run, piece));
        steps.again(run);
        each(pieces, piece -> steps.verify(run, piece));
        steps.end(run);
    }

    /// Undoes it.
    Ended undone(Ended comparison) {
        return undone(comparison, "");
    }

    /// Undoes it, with what is said beside.
    Ended undone(Ended comparison, String beside) {
        RunId run = run(ask("{'action':'undo','plan':'%s'%s}".formatted(plan(comparison), beside)));
        return end(run, () -> {
            UndoSteps steps = reconciles().undo();
            each(steps.begin(run), piece -> steps.takeBack(run, piece));
            steps.end(run);
        });
    }

    private static void each(int pieces, Consumer<Integer> work) {
        for (int piece = 0; piece < pieces; piece++) {
            work.accept(piece);
        }
    }

    /// Does the steps and the last one, which tells; a step that fails for good is told as the state machine would.
    Ended end(RunId run, Runnable steps) {
        Optional<String> failure = Optional.empty();
        try {
            atTheEdge(run, steps);
        } catch (RuntimeException e) {
            thrown.add(e);
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        return reconciles()
                .closing((asked, end) -> {
                    told.put(asked.id(), end);
                    ended.put(asked, end);
                })
                .close(run, failure);
    }

    /// As a handler does them.
    private static void atTheEdge(RunId run, Runnable steps) {
        Context context = mock(Context.class);
        when(context.getAwsRequestId()).thenReturn("step-of-" + run);
        Invocation.answer(
                new ByteArrayInputStream("{\"run\": \"%s\"}".formatted(run).getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                context,
                asked -> {
                    steps.run();
                    return asked;
                });
    }

    static RunId run(JsonNode begun) {
        return new RunId(begun.path("run").asText());
    }

    static String plan(Ended ended) {
        return ended.plan().orElseThrow().value();
    }

    void inLive(String... sql) {
        LocalPostgres.execute(live, sql);
    }

    /// The rows of a table as the server writes them, by their first column.
    Map<String, String> rows(String database, String table) {
        Map<String, String> rows = new TreeMap<>();
        try (var connection = LocalPostgres.connect(database);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select t.*, t::text as whole from %s t".formatted(table))) {
            while (row.next()) {
                rows.put(row.getString(1), row.getString("whole"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /// Both sides on the server of the tests.
    private final class OnOneServer implements Sides {
        @Override
        public Comparison comparison(
                Resource resource,
                CopyName of,
                Set<TableName> tables,
                Optional<String> explainedBy,
                List<PurgeRule> purges) {
            return PostgresComparison.open(url(copy), url(live), new Scope(tables, explainedBy, purges), 7);
        }

        @Override
        public Repairs repairs(
                Resource resource, CopyName of, Set<TableName> tables, Triggers triggers, RepairLease lease) {
            return PostgresRepairs.open(url(copy), url(live), tables, triggers);
        }

        @Override
        public TableName table(Resource resource, String typed) {
            return new TableName("public", typed);
        }

        private static Endpoint url(String database) {
            return new Endpoint(
                    "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(LocalPostgres.port(), database));
        }
    }
}
