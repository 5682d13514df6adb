package lifeboat.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Phase;
import lifeboat.objective.Standing;
import lifeboat.recovery.Mode;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryLedger.OpenCopy;
import lifeboat.recovery.Summary;

/// An environment of three workloads, one well, one late, one never rehearsed, and reports on it.
final class SampleReports {
    static final Instant AT = Instant.parse("2026-11-20T06:00:00Z");
    static final String HEAD = """
            environment: prod
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            contacts: {email: [oncall@techmoda.example]}
            schedules: techmoda
            workloads:
            """;
    static final Environment PROD = EnvironmentFile.parse("prod.yaml", HEAD + """
              catalog:
                tier: critical
                owner: Product team
                resources: {products: {dynamodb: techmoda-products}}
                drill: {every: month, from: latest}
              orders:
                tier: critical
                owner: Shop & Pay <shop@techmoda.example>
                resources:
                  orders: {rds: techmoda-orders, database: orders, credentials: techmoda/orders}
                  carts: {dynamodb: techmoda-carts}
                drill: {every: week, from: latest}
              archive:
                tier: standard
                owner: Data team
                resources: {files: {efs: fs-0123456789abcdef0}}
                accept: {rpo: 27h, until: 2026-06-30, because: "daily backups only, until the move"}
            """);

    private static final SampleBackups QUARTER = quarter();

    private SampleReports() {}

    static Report of(Period period) {
        return new Report(
                PROD,
                period,
                AT,
                PROD.workloads().stream()
                        .map(workload -> status(workload, period))
                        .toList(),
                List.of(new OpenCopy(new RecoveryId("20261118-lost00"), new ResourceName("carts"))));
    }

    private static WorkloadStatus status(Workload workload, Period period) {
        List<Summary> history = switch (workload.name().value()) {
            case "catalog" -> drills(workload, 12, 30);
            case "orders" -> orders(workload);
            default -> List.of();
        };
        return status(workload, history, new ValidatedBackups(QUARTER).of(workload, period, AT), period);
    }

    /// A quarter as the validator saw it: two days on which it did not run, three on which the archive was not backed
    /// up, the recovery region unreachable on one, and the carts missing since yesterday.
    private static SampleBackups quarter() {
        var backups = new SampleBackups(PROD);
        for (int ago = 95; ago >= 0; ago--) {
            switch (ago) {
                case 40 -> backups.without("fs-0123456789abcdef0");
                case 37 -> backups.with("fs-0123456789abcdef0");
                case 20 -> backups.recoveryRegion(false);
                case 19 -> backups.recoveryRegion(true);
                case 1 -> backups.without("techmoda-carts");
                default -> {}
            }
            if (ago != 12 && ago != 13) {
                backups.validated(AT.minusSeconds(3600).minus(ago, ChronoUnit.DAYS));
            }
        }
        return backups;
    }

    static WorkloadStatus status(
            Workload workload, List<Summary> history, BackupFindings.Findings backups, Period period) {
        return WorkloadStatus.of(new History(workload, AT, history), backups, period);
    }

    private static List<Summary> orders(Workload workload) {
        List<Summary> history = new ArrayList<>();
        history.add(open(workload, AT.minusSeconds(1800)));
        history.add(closed(workload, 0, AT.minus(2, ChronoUnit.DAYS), Duration.ofMinutes(65)));
        history.add(partial(AT.minus(3, ChronoUnit.DAYS)));
        history.addAll(drills(workload, 9, 7).subList(1, 9));
        history.add(incident(workload, AT.minus(70, ChronoUnit.DAYS)));
        return history;
    }

    /// So many clean drills, newest first, so many days apart, the newest a day old.
    static List<Summary> drills(Workload workload, int number, int daysApart) {
        return IntStream.range(0, number)
                .mapToObj(i -> closed(
                        workload,
                        i,
                        AT.minus(1 + (long) i * daysApart, ChronoUnit.DAYS),
                        Duration.ofMinutes(18 + i * 7 % 20)))
                .toList();
    }

    static Summary closed(Workload workload, int number, Instant startedAt, Duration took) {
        return summary(
                workload,
                Mode.DRILL,
                startedAt,
                Optional.of(new Summary.Result(
                        Standing.MET,
                        Standing.MET,
                        Optional.of(Duration.ofSeconds(40 + number * 13L)),
                        number % 3 == 0 ? DataLoss.Basis.EXACT : DataLoss.Basis.BOUNDED,
                        Optional.of(took),
                        List.of(
                                new Phase("choose", Duration.ofSeconds(4)),
                                new Phase("restore", took.minusSeconds(124)),
                                new Phase("verify", Duration.ofSeconds(120))))));
    }

    static Summary open(Workload workload, Instant startedAt) {
        return summary(workload, Mode.DRILL, startedAt, Optional.empty());
    }

    private static Summary incident(Workload workload, Instant startedAt) {
        return summary(
                workload,
                Mode.INCIDENT,
                startedAt,
                Optional.of(new Summary.Result(
                        Standing.MISSED,
                        Standing.MET,
                        Optional.of(Duration.ofMinutes(3)),
                        DataLoss.Basis.BOUNDED,
                        Optional.of(Duration.ofHours(8)),
                        List.of(new Phase("detect", Duration.ofHours(6)), new Phase("restore", Duration.ofHours(2))))));
    }

    private static Summary partial(Instant startedAt) {
        return new Summary(
                RecoveryId.from("partial", startedAt),
                Mode.DRILL,
                List.of(new ResourceName("carts")),
                startedAt,
                Optional.empty(),
                Optional.empty());
    }

    private static Summary summary(Workload workload, Mode mode, Instant startedAt, Optional<Summary.Result> result) {
        return new Summary(
                RecoveryId.from(workload.name() + "/" + startedAt, startedAt),
                mode,
                workload.resources().stream().map(Resource::name).toList(),
                startedAt,
                Optional.empty(),
                result);
    }

    /// An environment of many workloads.
    static Environment many(int workloads) {
        return EnvironmentFile.parse(
                "many.yaml",
                IntStream.range(0, workloads).mapToObj("""
                                  w%1$04d:
                                    tier: important
                                    owner: Team
                                    resources: {table: {dynamodb: table-%1$04d}}
                                    drill: {every: week, from: latest}
                                """::formatted).collect(Collectors.joining("", HEAD, "")));
    }
}
