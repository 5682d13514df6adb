package lifeboat.infra.permission;

import static lifeboat.infra.permission.Capabilities.ANNOUNCE;
import static lifeboat.infra.permission.Capabilities.CAPTURE_SETTINGS;
import static lifeboat.infra.permission.Capabilities.DESCRIBE_SOURCES;
import static lifeboat.infra.permission.Capabilities.FIND_RECOVERY_POINTS;
import static lifeboat.infra.permission.Capabilities.FIND_SNAPSHOTS;
import static lifeboat.infra.permission.Capabilities.FOLLOW_RESTORE;
import static lifeboat.infra.permission.Capabilities.KEEP_PAGES;
import static lifeboat.infra.permission.Capabilities.PROVE_BACKUPS;
import static lifeboat.infra.permission.Capabilities.READ_LEDGER;
import static lifeboat.infra.permission.Capabilities.RECORD_CONTENT;
import static lifeboat.infra.permission.Capabilities.REHEARSE_ON_DEPLOY;
import static lifeboat.infra.permission.Capabilities.SEED_LAB;
import static lifeboat.infra.permission.Capabilities.START_RECORDING;
import static lifeboat.infra.permission.Capabilities.START_RECOVERY;
import static lifeboat.infra.permission.Capabilities.TEAR_DOWN;
import static lifeboat.infra.permission.Capabilities.WATCH_RECOVERY;
import static lifeboat.infra.permission.Capabilities.all;
import static lifeboat.infra.permission.LedgerCapabilities.GIVE_VERDICT;
import static lifeboat.infra.permission.LedgerCapabilities.NOTE_EVIDENCE;
import static lifeboat.infra.permission.LedgerCapabilities.NOTE_PROGRESS;
import static lifeboat.infra.permission.LedgerCapabilities.NOTE_REPORT;
import static lifeboat.infra.permission.LedgerCapabilities.NOTE_VALIDATION;
import static lifeboat.infra.permission.LedgerCapabilities.PLAN_RECOVERY;
import static lifeboat.infra.permission.LedgerCapabilities.READ_RECOVERIES;
import static lifeboat.infra.permission.ReconcileCapabilities.KEEP_PLANS;
import static lifeboat.infra.permission.ReconcileCapabilities.REACH_BOTH_SIDES;
import static lifeboat.infra.permission.ReconcileCapabilities.REPAIR_LIVE;
import static lifeboat.infra.permission.ReconcileCapabilities.START_RECONCILE;
import static lifeboat.infra.permission.Setting.BACKUPS;
import static lifeboat.infra.permission.Setting.CONTENTS;
import static lifeboat.infra.permission.Setting.EXECUTIONS;
import static lifeboat.infra.permission.Setting.LAB;
import static lifeboat.infra.permission.Setting.LAB_DATA;
import static lifeboat.infra.permission.Setting.RECONCILE_AND_EXECUTIONS;
import static lifeboat.infra.permission.Setting.RECONCILE_AND_RESULTS;
import static lifeboat.infra.permission.Setting.RECORDINGS;
import static lifeboat.infra.permission.Setting.REPORTS;
import static lifeboat.infra.permission.Setting.RESULTS;
import static lifeboat.infra.permission.Setting.STORES;
import static lifeboat.infra.permission.Setting.STORES_AND_EXECUTIONS;
import static lifeboat.infra.permission.Setting.VERDICTS_AND_RESULTS;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lifeboat.infra.site.Site;

/// Every function of Lifeboat: one class, one function, one entry here. A handler that is not listed is not
/// deployed.
public enum Handler {
    RECOVER(
            "lifeboat.recovery.RecoverHandler",
            "Answers what a recovery would do, starts it, and says where it stands: invoked by hand.",
            Size.STEP,
            STORES_AND_EXECUTIONS,
            all(
                    READ_RECOVERIES,
                    DESCRIBE_SOURCES,
                    CAPTURE_SETTINGS,
                    FIND_RECOVERY_POINTS,
                    FIND_SNAPSHOTS,
                    START_RECOVERY,
                    WATCH_RECOVERY)),
    PLAN(
            "lifeboat.recovery.PlanHandler",
            "Chooses the recovery points and writes down the copies before any is created.",
            Size.STEP,
            STORES_AND_EXECUTIONS,
            all(
                    READ_RECOVERIES,
                    PLAN_RECOVERY,
                    DESCRIBE_SOURCES,
                    CAPTURE_SETTINGS,
                    FIND_RECOVERY_POINTS,
                    FIND_SNAPSHOTS,
                    WATCH_RECOVERY)),
    RESTORE(
            "lifeboat.recovery.RestoreHandler",
            "Starts the restore of one copy, once.",
            Size.STEP,
            STORES,
            all(
                    READ_RECOVERIES,
                    NOTE_PROGRESS,
                    DESCRIBE_SOURCES,
                    FIND_RECOVERY_POINTS,
                    Capabilities.RESTORE,
                    FOLLOW_RESTORE)),
    STATUS(
            "lifeboat.recovery.StatusHandler",
            "Says where the restore of one copy stands, by the service's own record.",
            Size.STEP,
            STORES,
            all(READ_RECOVERIES, NOTE_PROGRESS, DESCRIBE_SOURCES, FOLLOW_RESTORE)),
    CONFIGURE(
            "lifeboat.recovery.ConfigureHandler",
            "Gives one copy the settings of live that a restore drops.",
            Size.STEP,
            STORES,
            all(READ_RECOVERIES, NOTE_PROGRESS, DESCRIBE_SOURCES, Capabilities.CONFIGURE)),
    PLAN_CHECKS(
            "lifeboat.recovery.PlanChecksHandler",
            "Cuts the integrity checks of one copy into segments.",
            Size.DATA,
            STORES,
            all(READ_RECOVERIES, NOTE_PROGRESS, DESCRIBE_SOURCES, Capabilities.CHECK)),
    CHECK(
            "lifeboat.recovery.CheckHandler",
            "Runs one segment of one integrity check and writes down the evidence.",
            Size.DATA,
            STORES,
            all(READ_RECOVERIES, NOTE_PROGRESS, NOTE_EVIDENCE, DESCRIBE_SOURCES, Capabilities.CHECK)),
    ASSESS(
            "lifeboat.recovery.AssessHandler",
            "Measures data loss and time to recover against the objectives.",
            Size.STEP,
            STORES,
            READ_RECOVERIES),
    TEARDOWN(
            "lifeboat.recovery.TeardownHandler",
            "Removes the copies of a drill, behind four locks.",
            Size.STEP,
            STORES,
            all(READ_RECOVERIES, NOTE_PROGRESS, DESCRIBE_SOURCES, FOLLOW_RESTORE, TEAR_DOWN)),
    CLOSE(
            "lifeboat.recovery.CloseHandler",
            "Closes the recovery and tells the contacts its verdict; every hour it closes those that were left open.",
            Size.STEP,
            VERDICTS_AND_RESULTS,
            all(READ_RECOVERIES, GIVE_VERDICT, WATCH_RECOVERY, ANNOUNCE)),
    RECORD_FAILURE(
            "lifeboat.recovery.RecordFailureHandler",
            "Writes down what went wrong, so that the assessment knows it.",
            Size.STEP,
            RESULTS,
            all(READ_RECOVERIES, NOTE_PROGRESS, ANNOUNCE)),
    SWEEP(
            "lifeboat.recovery.SweepHandler",
            "Picks up every hour what a recovery left behind.",
            Size.LONG,
            STORES_AND_EXECUTIONS,
            all(READ_RECOVERIES, NOTE_PROGRESS, DESCRIBE_SOURCES, FOLLOW_RESTORE, TEAR_DOWN, WATCH_RECOVERY)),
    DRILL(
            "lifeboat.recovery.DrillHandler",
            "Starts every hour the drills that are due.",
            Size.STEP,
            EXECUTIONS,
            START_RECOVERY),
    REGION_SWITCH(
            "lifeboat.recovery.RegionSwitchHandler",
            "Starts the recovery of everything when a Region switch plan gives the region up.",
            Size.STEP,
            EXECUTIONS,
            START_RECOVERY),
    VALIDATE(
            "lifeboat.validation.ValidateHandler",
            "Proves every day that the backups are what the plan promised.",
            Size.LONG,
            BACKUPS,
            all(NOTE_VALIDATION, PROVE_BACKUPS, ANNOUNCE)),
    REPORT(
            "lifeboat.report.ReportHandler",
            "Reports daily, weekly, monthly and quarterly from the ledger.",
            Size.LONG,
            REPORTS,
            all(READ_RECOVERIES, NOTE_REPORT, KEEP_PAGES, ANNOUNCE)),
    RECONCILE(
            "lifeboat.reconcile.flow.ReconcileHandler",
            "Compares a restored copy with live, shows plans, carries them out and undoes them: invoked by hand.",
            Size.STEP,
            RECONCILE_AND_EXECUTIONS,
            all(READ_LEDGER, KEEP_PLANS, REACH_BOTH_SIDES, START_RECONCILE)),
    COMPARE(
            "lifeboat.reconcile.flow.CompareHandler",
            "Compares one piece of a restored copy with live. Writes to neither.",
            Size.DATA,
            Setting.RECONCILE,
            all(READ_LEDGER, KEEP_PLANS, REACH_BOTH_SIDES, Capabilities.CHECK)),
    REPAIR(
            "lifeboat.reconcile.flow.RepairHandler",
            "Repairs one piece of live by an approved plan, verifies it, and takes it back.",
            Size.DATA,
            Setting.RECONCILE,
            all(READ_LEDGER, KEEP_PLANS, REACH_BOTH_SIDES, Capabilities.CHECK, REPAIR_LIVE)),
    RECONCILED(
            "lifeboat.reconcile.flow.ReconciledHandler",
            "Tells the contacts how a comparison, a repair or an undo ended.",
            Size.STEP,
            RECONCILE_AND_RESULTS,
            all(KEEP_PLANS, ANNOUNCE)),
    RECORD(
            "lifeboat.recording.RecordHandler",
            "Starts every hour the recordings of what live holds that are due, and by hand those that are named.",
            Size.STEP,
            RECORDINGS,
            START_RECORDING),
    READ_CONTENT(
            "lifeboat.recording.ReadContentHandler",
            "Reads one piece of what live holds and writes it down. Writes only to the ledger.",
            Size.DATA,
            CONTENTS,
            RECORD_CONTENT),
    LAB_REHEARSAL(
            "lifeboat.lab.RehearsalHandler",
            "Tells CloudFormation how the rehearsal went that a deployment of the lab began.",
            Size.STEP,
            LAB,
            REHEARSE_ON_DEPLOY),
    LAB_SEED(
            "lifeboat.lab.SeedHandler",
            "Fills the lab's databases where they are empty, before a deployment rehearses.",
            Size.DATA,
            LAB_DATA,
            SEED_LAB);

    /// How much of a machine a function gets, and for how long.
    public enum Size {
        /// Asks AWS a few questions.
        STEP(1024, Duration.ofMinutes(2), false),
        /// Walks over everything that is open.
        LONG(1024, Duration.ofMinutes(15), false),
        /// Reads the data itself: a whole core, and the network in which databases are reached.
        DATA(1769, Duration.ofMinutes(15), true);

        private final int memoryMb;
        private final Duration timeout;
        private final boolean readsDatabases;

        Size(int memoryMb, Duration timeout, boolean readsDatabases) {
            this.memoryMb = memoryMb;
            this.timeout = timeout;
            this.readsDatabases = readsDatabases;
        }

        public int memoryMb() {
            return memoryMb;
        }

        public Duration timeout() {
            return timeout;
        }

        /// Whether the function must stand in the network of the databases.
        public boolean readsDatabases() {
            return readsDatabases;
        }
    }

    private final String className;
    private final String purpose;
    private final Size size;
    private final Set<Setting> settings;
    private final List<Permission> permissions;

    Handler(String className, String purpose, Size size, Set<Setting> settings, List<Permission> permissions) {
        this.className = className;
        this.purpose = purpose;
        this.size = size;
        this.settings = settings;
        this.permissions = permissions;
    }

    public String className() {
        return className;
    }

    public String purpose() {
        return purpose;
    }

    public Size size() {
        return size;
    }

    public List<Permission> permissions() {
        return permissions;
    }

    /// Whether the function stands in a place: that of the lab only where there is one, reconcile and
    /// recordings only where live is.
    public boolean standsIn(Site site) {
        boolean primary = site.role() == Site.Role.PRIMARY;
        return switch (this) {
            case LAB_REHEARSAL, LAB_SEED ->
                primary && site.environment().deployment().lab().isPresent();
            case RECONCILE, COMPARE, REPAIR, RECONCILED, RECORD, READ_CONTENT -> primary;
            case RECOVER,
                    PLAN,
                    RESTORE,
                    STATUS,
                    CONFIGURE,
                    PLAN_CHECKS,
                    CHECK,
                    ASSESS,
                    TEARDOWN,
                    CLOSE,
                    RECORD_FAILURE,
                    SWEEP,
                    DRILL,
                    REGION_SWITCH,
                    VALIDATE,
                    REPORT -> true;
        };
    }

    /// The last part of the function's name: `record-failure`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The environment variables of Lifeboat that the function reads.
    public Set<Setting> settings() {
        return settings;
    }

    /// The environment variables in one region, those of Powertools among them.
    public Map<String, String> variables(Site site) {
        var variables = new TreeMap<String, String>();
        settings().stream()
                .filter(setting -> !setting.value(site).isEmpty())
                .forEach(setting -> variables.put(setting.name(), setting.value(site)));
        variables.put("POWERTOOLS_SERVICE_NAME", site.service());
        variables.put("POWERTOOLS_METRICS_NAMESPACE", "Lifeboat");
        return variables;
    }
}
