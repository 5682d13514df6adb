package lifeboat.aws.ledger;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.recording.RecordingId;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryRequest;
import lifeboat.report.Period;

/// The keys of the ledger's table, one place for all access patterns.
///
/// | item | pk | sk | index |
/// | --- | --- | --- | --- |
/// | a recovery | `RECOVERY#id` | `RECOVERY` | byWorkload: `WORKLOAD#name`, start |
/// | its copy | `RECOVERY#id` | `COPY#resource` | open: `OPEN#region`, start (drills that may have left something) |
/// | the verdict on it | `VERDICT#id` | `VERDICT` | |
/// | a recovery that is not closed | `UNCLOSED#id` | `UNCLOSED` | open: `UNCLOSED#region`, start |
/// | evidence | `EVIDENCE#id#resource` | label of the piece | |
/// | a request being carried out | `REQUEST#workload#mode#target#resources` | `RUNNING` | |
/// | what a daily validation found | `VALIDATION#workload` | when, to the second | |
/// | what a table of live held | `CONTENT#workload#resource#table` | when it was read whole | |
/// | which tables live had | `CONTENT#workload#resource` | when they were read | |
/// | how long the files of live were | `CONTENT#workload#resource##files` | when they were measured | |
/// | what a piece of one held, while it is recorded | `READING#recording` | label of the piece | |
/// | settings captured last | `SETTINGS#workload` | resource | |
/// | a report that was sent | `REPORT#PERIOD` | day (UTC) | |
final class Keys {
    static final String RECOVERY = "RECOVERY";

    /// All instants in a sort key are equally long, so that their order as text is their order in time.
    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private Keys() {}

    static String recovery(RecoveryId id) {
        return "RECOVERY#" + id;
    }

    static String verdict(RecoveryId id) {
        return "VERDICT#" + id;
    }

    static String evidence(RecoveryId id, ResourceName resource) {
        return "EVIDENCE#" + id + "#" + resource;
    }

    static String workload(WorkloadName workload) {
        return "WORKLOAD#" + workload;
    }

    static String settings(WorkloadName workload) {
        return "SETTINGS#" + workload;
    }

    static String report(Period period) {
        return "REPORT#" + period;
    }

    /// The copies of one region that may have been left behind: the ledger is replicated, its copies are not.
    static String open(RegionName region) {
        return "OPEN#" + region;
    }

    static String start(Recovery recovery) {
        return sortable(recovery.startedAt()) + "#" + recovery.id();
    }

    /// A recovery that is not closed: an item of its own, because whoever closes may not write to the recovery's.
    static String unclosed(RecoveryId id) {
        return "UNCLOSED#" + id;
    }

    /// The recoveries of one region that are not closed.
    static String unclosed(RegionName region) {
        return "UNCLOSED#" + region;
    }

    static String sortable(Instant instant) {
        return SORTABLE.format(instant);
    }

    static String content(WorkloadName workload, ResourceName resource, String table) {
        return "CONTENT#" + workload + "#" + resource + "#" + table;
    }

    static String contents(WorkloadName workload, ResourceName resource) {
        return "CONTENT#" + workload + "#" + resource;
    }

    /// No table is called so: one of a database has a point in its name, one of DynamoDB no `#`.
    static String files(WorkloadName workload, ResourceName resource) {
        return content(workload, resource, "#files");
    }

    static String reading(RecordingId recording) {
        return "READING#" + recording;
    }

    static String validations(WorkloadName workload) {
        return "VALIDATION#" + workload;
    }

    /// Two requests for the same are the same request, however they were written.
    static String request(RecoveryRequest request) {
        return "REQUEST#%s#%s#%s#%s"
                .formatted(request.workload(), request.mode(), request.target(), request.resources());
    }
}
