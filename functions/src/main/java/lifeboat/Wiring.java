package lifeboat;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import lifeboat.aws.Arns;
import lifeboat.aws.Clients;
import lifeboat.aws.CloudFormationDeployments;
import lifeboat.aws.LabRehearsals;
import lifeboat.aws.RecoveryCredentials;
import lifeboat.aws.Refusals;
import lifeboat.aws.S3Archive;
import lifeboat.aws.S3Pages;
import lifeboat.aws.S3Verdicts;
import lifeboat.aws.SdkClients;
import lifeboat.aws.SnsAnnouncements;
import lifeboat.aws.StateMachine;
import lifeboat.aws.StoreAdapters;
import lifeboat.aws.StoreContents;
import lifeboat.aws.StoreLogs;
import lifeboat.aws.StoreProtections;
import lifeboat.aws.StoreSides;
import lifeboat.aws.backup.CopiesSentTo;
import lifeboat.aws.backup.ListedBackupJobs;
import lifeboat.aws.backup.ListedVault;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.aws.ledger.DynamoDbContentRecords;
import lifeboat.aws.ledger.DynamoDbLedger;
import lifeboat.aws.ledger.DynamoDbReadings;
import lifeboat.aws.ledger.DynamoDbSentReports;
import lifeboat.aws.ledger.DynamoDbValidations;
import lifeboat.aws.rds.LabOrders;
import lifeboat.aws.rds.RdsDatabases;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.RegionName;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.ContentRecords;
import lifeboat.integrity.FileSizes;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.sql.PostgresFileSizes;
import lifeboat.lab.LabDatabases;
import lifeboat.lab.RehearsalOnDeploy;
import lifeboat.reconcile.flow.Closing;
import lifeboat.reconcile.flow.ReconcileDoor;
import lifeboat.reconcile.flow.Reconciles;
import lifeboat.recording.Recorder;
import lifeboat.recording.RecordingStarter;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.Closer;
import lifeboat.recovery.Configurator;
import lifeboat.recovery.Executions;
import lifeboat.recovery.FailureRecorder;
import lifeboat.recovery.FrontDoor;
import lifeboat.recovery.Inspector;
import lifeboat.recovery.LeftOpen;
import lifeboat.recovery.OverdueMetrics;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.recovery.RecoveryPlanner;
import lifeboat.recovery.RecoveryStarter;
import lifeboat.recovery.RequestReader;
import lifeboat.recovery.Restorer;
import lifeboat.recovery.Results;
import lifeboat.recovery.Stores;
import lifeboat.recovery.Sweeper;
import lifeboat.recovery.Teardown;
import lifeboat.recovery.UnprovenCopyMetrics;
import lifeboat.recovery.VerdictArchive;
import lifeboat.report.Announcements;
import lifeboat.report.Pages;
import lifeboat.report.ReconcileLetters;
import lifeboat.report.RecoveryLetters;
import lifeboat.report.Reporter;
import lifeboat.report.ValidatedBackups;
import lifeboat.report.ValidationLetters;
import lifeboat.validation.DailyProof;
import lifeboat.validation.Validations;
import lifeboat.validation.Validator;

/// Composes the features from the adapters: which of them stands behind which port is decided here and
/// nowhere else.
///
/// Nothing is built before it is asked for, so that a handler pays only for what it uses.
public final class Wiring {
    private final Clients clients;
    private final Map<String, String> variables;
    private final InstantSource clock;
    private final Environment environment;

    /// Composes over given clients.
    ///
    /// @param variables the environment variables of the function
    public Wiring(Clients clients, Map<String, String> variables, InstantSource clock) {
        this.clients = clients;
        this.variables = Map.copyOf(variables);
        this.clock = clock;
        this.environment = EnvironmentFile.deployed(this.variables);
    }

    /// Composes for the Lambda runtime.
    public static Wiring fromEnvironment() {
        return new Wiring(new SdkClients(), System.getenv(), InstantSource.system());
    }

    public FrontDoor frontDoor() {
        return new FrontDoor(requests(), planner(), ledger(), executions(), assessor(), clock);
    }

    public RequestReader requests() {
        return new RequestReader(environment);
    }

    public RecoveryPlanner planner() {
        return new RecoveryPlanner(environment, stores(), ledger(), executions(), Refusals::forGood, away());
    }

    public Restorer restorer() {
        return new Restorer(stores(), ledger(), clock);
    }

    public Configurator configurator() {
        return new Configurator(stores(), ledger(), clock);
    }

    public Inspector inspector() {
        return new Inspector(stores(), ledger(), recordedContents(), clock, away(), environment.contacts());
    }

    public Assessor assessor() {
        return new Assessor(ledger(), away());
    }

    public Teardown teardown() {
        return new Teardown(stores(), ledger(), new UnprovenCopyMetrics(), clock);
    }

    public RecoveryStarter starter() {
        return new RecoveryStarter(environment, executions());
    }

    public Sweeper sweeper() {
        return new Sweeper(ledger(), teardown(), executions());
    }

    public Closer closer() {
        return new Closer(assessor(), ledger(), results(), verdicts(), clock);
    }

    public OverdueMetrics overdue() {
        return new OverdueMetrics(ledger(), clock);
    }

    public LeftOpen leftOpen() {
        return new LeftOpen(ledger(), executions(), closer());
    }

    public FailureRecorder failureRecorder() {
        return new FailureRecorder(ledger(), results());
    }

    public Reporter reporter() {
        return new Reporter(
                environment,
                ledger(),
                new ValidatedBackups(validations()),
                pages(),
                announcements(),
                new DynamoDbSentReports(clients.dynamoDb(), variable("LIFEBOAT_LEDGER")),
                clock);
    }

    /// Looks at the backups from the region that the workloads live in.
    public DailyProof dailyProof() {
        return new DailyProof(
                environment, validator(), validations(), new ValidationLetters(environment, announcements()));
    }

    private Validations validations() {
        return new DynamoDbValidations(clients.dynamoDb(), variable("LIFEBOAT_LEDGER"));
    }

    private Validator validator() {
        return new Validator(
                environment,
                new Arns(environment.account(), environment.region())::of,
                new ListedVault(() -> clients.backup(), variable("LIFEBOAT_VAULT")),
                new ListedVault(() -> clients.backup(environment.recoveryRegion()), variable("LIFEBOAT_COPIES_VAULT")),
                environment
                        .recoveryAccount()
                        .map(_ -> new CopiesSentTo(() -> clients.backup(), variable("LIFEBOAT_ISOLATED_VAULT"))),
                new ListedBackupJobs(clients.backup()),
                new StoreLogs(clients::dynamoDb, clients::rds),
                new RecoveryCredentials(() -> clients.secrets(environment.recoveryRegion())),
                Optional.of(new StoreProtections(clients::dynamoDb, clients::rds)));
    }

    /// Starts recordings of what live holds.
    public RecordingStarter recordingStarter() {
        return new RecordingStarter(
                environment, new StateMachine(clients.stepFunctions(), variable("LIFEBOAT_RECORD_MACHINE")), away());
    }

    /// Reads what live holds, and writes it down.
    public Recorder recorder() {
        return new Recorder(
                environment,
                contents(),
                new DynamoDbReadings(clients.dynamoDb(), variable("LIFEBOAT_LEDGER")),
                contentRecords(),
                fileSizes());
    }

    private RecordedContents recordedContents() {
        return new RecordedContents(contents(), contentRecords(), fileSizes());
    }

    private FileSizes fileSizes() {
        return new PostgresFileSizes(new RdsDatabases(clients.rds(), clients.secrets(), sqlTls()));
    }

    private ContentReader contents() {
        return new StoreContents(clients, clock, sqlTls());
    }

    private ContentRecords contentRecords() {
        return new DynamoDbContentRecords(clients.dynamoDb(), variable("LIFEBOAT_LEDGER"));
    }

    /// Rehearses a recovery when the lab is deployed.
    public RehearsalOnDeploy rehearsalOnDeploy() {
        return new RehearsalOnDeploy(
                new LabRehearsals(clients.stepFunctions(), variable("LIFEBOAT_LAB_REHEARSAL")),
                new CloudFormationDeployments());
    }

    /// The databases of the lab, to be filled where they are empty.
    public LabDatabases labDatabases() {
        return new LabOrders(new RdsDatabases(clients.rds(), clients.secrets(), sqlTls()));
    }

    /// The front door of reconcile.
    public ReconcileDoor reconcileDoor() {
        return reconciles().door(new StateMachine(clients.stepFunctions(), variable("LIFEBOAT_RECONCILE_MACHINE")));
    }

    /// What a reconcile is made of.
    public Reconciles reconciles() {
        return new Reconciles(
                environment,
                ledger(),
                new StoreSides(clients, away(), sqlTls()),
                new S3Archive(clients.s3(), variable("LIFEBOAT_PLANS")),
                clock);
    }

    /// The end of every run of a reconcile.
    public Closing closing() {
        return reconciles().closing(new ReconcileLetters(environment, announcements()));
    }

    /// The environment that this was deployed with.
    public Environment environment() {
        return environment;
    }

    /// The time source of everything composed here.
    public InstantSource clock() {
        return clock;
    }

    private Executions executions() {
        return new StateMachine(clients.stepFunctions(), variable("LIFEBOAT_STATE_MACHINE"));
    }

    private Results results() {
        return new RecoveryLetters(environment, announcements());
    }

    private Announcements announcements() {
        return new SnsAnnouncements(clients.sns(), variable("LIFEBOAT_TOPIC"));
    }

    /// Where pages are kept, if anywhere: the bucket is optional.
    private Optional<Pages> pages() {
        return evidenceBucket().map(bucket -> new S3Pages(clients.s3(), bucket));
    }

    private VerdictArchive verdicts() {
        return evidenceBucket()
                .<VerdictArchive>map(bucket -> new S3Verdicts(clients.s3(), bucket))
                .orElse(VerdictArchive.NONE);
    }

    private Optional<String> evidenceBucket() {
        return Optional.ofNullable(variables.get("LIFEBOAT_PAGES")).filter(bucket -> !bucket.isBlank());
    }

    private RecoveryLedger ledger() {
        return new DynamoDbLedger(clients.dynamoDb(), variable("LIFEBOAT_LEDGER"), environment, here());
    }

    private Stores stores() {
        RecoveryPoints points = new RecoveryPoints(clients.backup(), variable("LIFEBOAT_VAULT"));
        return new StoreAdapters(
                clients,
                points,
                new RestoreJobs(clients.backup(), points, variable("LIFEBOAT_RESTORE_ROLE")),
                new Arns(environment.account(), environment.region()),
                away(),
                clock,
                sqlTls(),
                away()
                        ? environment.deployment().recoveryNetwork()
                        : environment.deployment().network());
    }

    /// Whether connections to databases must be encrypted: everywhere but beside a local engine.
    private boolean sqlTls() {
        return !"disable".equals(variables.get("LIFEBOAT_SQL_TLS"));
    }

    /// Whether this runs elsewhere than where live is: in the recovery region.
    private boolean away() {
        return !here().equals(environment.region());
    }

    private RegionName here() {
        return new RegionName(variable("AWS_REGION"));
    }

    private String variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new Invalid(
                        "LB-020", "%s is not set: the function was not deployed by this app".formatted(name)));
    }
}
