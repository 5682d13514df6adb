package lifeboat.protection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;

/// What an environment costs a month at list prices, once its plan has run for as long as it keeps backups: an order of
/// magnitude, for a person who decides.
///
/// @param lines what is known
/// @param unknown the resources whose size the file does not give, `workload/resource`
/// @param basis what the prices are
public record CostEstimate(List<CostLine> lines, List<String> unknown, String basis) {
    public CostEstimate {
        lines = List.copyOf(lines);
        unknown = List.copyOf(unknown);
    }

    /// Of an environment whose rules are legal.
    public static CostEstimate of(Environment environment, LocalDate today) {
        return new Reckoning(environment, today, Prices.listed()).estimate();
    }

    /// Dollars a month of all that is known.
    public double usd() {
        return lines.stream().mapToDouble(CostLine::usd).sum();
    }

    /// Dollars a month of one kind in one place.
    public double usd(String kind, String where) {
        return lines.stream()
                .filter(line -> line.kind().equals(kind) && line.where().equals(where))
                .mapToDouble(CostLine::usd)
                .sum();
    }

    /// The estimate as text, a line each.
    public String text() {
        var text = new StringBuilder("\nCOST A MONTH, about (" + basis + ")\n");
        lines.forEach(line -> text.append(row(line.kind(), line.where(), line.least(), line.usd(), line.what())));
        text.append(row("all", "", least(), usd(), ""));
        if (!unknown.isEmpty()) {
            text.append("not reckoned, since sizeGb is not given: " + String.join(", ", unknown) + "\n");
        }
        text.append(
                "not reckoned: drills and restores, requests, logs, metrics by use, evaluations of audit and restore"
                        + " testing, databases that a lab makes\n");
        return text.toString();
    }

    private static String row(String kind, String where, boolean least, double usd, String what) {
        var figure = String.format(Locale.ROOT, "%-8s %-14s %-8s %10.2f", kind, where, least ? "at least" : "", usd);
        return (figure + "  " + what).stripTrailing() + "\n";
    }

    /// Whether it may be more.
    public boolean least() {
        return !unknown.isEmpty() || lines.stream().anyMatch(CostLine::least);
    }

    private record Reckoning(Environment environment, LocalDate today, Prices prices) {
        CostEstimate estimate() {
            var lines = new ArrayList<CostLine>();
            IdleInfrastructure.of(environment).forEach(idle -> lines.add(idle(idle)));
            var unknown = new ArrayList<String>();
            for (var workload : environment.workloads()) {
                for (var resource : workload.resources()) {
                    var name = workload.name() + "/" + resource.name();
                    workload.sizeGb(resource.name())
                            .ifPresentOrElse(
                                    size -> stored(resource, name, size).forEach(lines::add), () -> unknown.add(name));
                }
            }
            return new CostEstimate(lines, unknown, basis());
        }

        private String basis() {
            return "USD, list prices of %s of %s; %d of %d unverified: see prices.json"
                    .formatted(
                            prices.region(),
                            prices.asOf(),
                            prices.unverified(),
                            prices.byId().size());
        }

        private CostLine idle(IdleInfrastructure idle) {
            return new CostLine(
                    "idle",
                    idle.where(),
                    idle.count() + " x " + idle.price(),
                    idle.count() * prices.of(idle.price()),
                    false);
        }

        private Stream<CostLine> stored(Resource resource, String name, long gb) {
            var backups = StoredBackups.of(
                    environment.schedules().rulesFor(resource.store()), PlanRules.canBeCold(resource), today);
            return switch (resource) {
                case Resource.DynamoDbTable table -> full(table, name, gb, backups);
                case Resource.RdsInstance _, Resource.AuroraCluster _, Resource.S3Bucket _ ->
                    changes(resource, name, gb, backups);
                case Resource.EfsFileSystem _, Resource.EbsVolume _ -> changes(resource, name, gb, backups);
            };
        }

        /// Each backup of a table is a full one, and so is each copy.
        private Stream<CostLine> full(Resource.DynamoDbTable table, String name, long gb, List<StoredBackups> backups) {
            var here = full("backups", environment.region().value(), name, gb, backups);
            var copied = backups.stream().filter(stored -> stored.rule().copy()).toList();
            var aMonth = copied.stream().mapToDouble(StoredBackups::aMonth).sum();
            var log = table.pointInTime()
                    ? Stream.of(new CostLine(
                            "log",
                            environment.region().value(),
                            name + ": point-in-time recovery of " + gb + " GB",
                            gb * prices.of("dynamodb.log"),
                            false))
                    : Stream.<CostLine>empty();
            var elsewhere = places().flatMap(place -> Stream.of(
                    full("backups", place, name, gb, copied),
                    new CostLine(
                            "copying",
                            place,
                            "%s: %.0f copies of %d GB".formatted(name, aMonth, gb),
                            aMonth * gb * prices.of("transfer"),
                            false)));
            return Stream.of(log, Stream.of(here), copied.isEmpty() ? Stream.<CostLine>empty() : elsewhere)
                    .flatMap(lines -> lines);
        }

        private CostLine full(String kind, String where, String name, long gb, List<StoredBackups> backups) {
            var warm = backups.stream().mapToDouble(StoredBackups::warm).sum();
            var cold = backups.stream().mapToDouble(StoredBackups::cold).sum();
            var what = "%s: %.0f full backups of %d GB".formatted(name, warm + cold, gb);
            return new CostLine(
                    kind,
                    where,
                    what,
                    gb * (warm * prices.of("dynamodb.warm") + cold * prices.of("dynamodb.cold")),
                    false);
        }

        /// The first backup is a full one, and the others hold what changed: nobody knows how much that is.
        private Stream<CostLine> changes(Resource resource, String name, long gb, List<StoredBackups> backups) {
            var copied = backups.stream().anyMatch(stored -> stored.rule().copy());
            var where =
                    Stream.concat(Stream.of(environment.region().value()), copied ? places() : Stream.<String>empty());
            return where.map(place -> new CostLine(
                    "backups",
                    place,
                    "%s: one full backup of %d GB, and what changes".formatted(name, gb),
                    gb * prices.of(resource.store() + ".warm"),
                    true));
        }

        /// Where copies go.
        private Stream<String> places() {
            return Stream.concat(
                    Stream.of(environment.recoveryRegion().value()),
                    environment.recoveryAccount().stream().map(account -> "account " + account));
        }
    }
}
