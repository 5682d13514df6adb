package lifeboat.report;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Workload;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.recovery.Sweeper;

/// Makes the periodic reports from the ledger: a page where there is somewhere to keep it, and a letter, once.
public final class Reporter {
    private static final int REMEMBERED = 1_000;
    private final Environment environment;
    private final RecoveryLedger ledger;
    private final BackupFindings findings;
    private final Optional<Pages> pages;
    private final Announcements announcements;
    private final SentReports sent;
    private final InstantSource clock;

    /// Reports on one environment.
    ///
    /// @param pages where pages are kept; empty: only the letter goes out, and it says so
    public Reporter(
            Environment environment,
            RecoveryLedger ledger,
            BackupFindings findings,
            Optional<Pages> pages,
            Announcements announcements,
            SentReports sent,
            InstantSource clock) {
        this.environment = environment;
        this.ledger = ledger;
        this.findings = findings;
        this.pages = pages;
        this.announcements = announcements;
        this.sent = sent;
        this.clock = clock;
    }

    /// Makes and sends a report, unless it was sent before. It is sent before it is marked: twice is better than never.
    public Reported report(ReportRequest request) {
        if (sent.sent(request.period(), request.day())) {
            return new Reported.Before(request);
        }
        Report report = read(request);
        Optional<String> page = pages.map(kept -> kept.keep(new ReportPage(report).page()));
        announcements.announce(new ReportText(report, page).letter());
        sent.markSent(request.period(), request.day(), clock.instant());
        return new Reported.Now(request, report.headline(), page);
    }

    private Report read(ReportRequest request) {
        List<WorkloadStatus> workloads = environment.workloads().stream()
                .map(workload -> status(workload, request))
                .toList();
        Instant old = request.at().minus(Sweeper.GRACE);
        return new Report(
                environment,
                request.period(),
                request.at(),
                workloads,
                ledger.openCopies(old).copies());
    }

    private WorkloadStatus status(Workload workload, ReportRequest request) {
        History history = new History(workload, request.at(), ledger.history(workload.name(), REMEMBERED));
        return WorkloadStatus.of(history, findings.of(workload, request.period(), request.at()), request.period());
    }

    /// What became of a report.
    public sealed interface Reported {
        /// It was made and sent.
        ///
        /// @param request which
        /// @param headline how the workloads stand
        /// @param page where its page is; empty: none was kept
        record Now(ReportRequest request, String headline, Optional<String> page) implements Reported {}

        /// It had been sent before; nothing was done.
        record Before(ReportRequest request) implements Reported {}
    }
}
