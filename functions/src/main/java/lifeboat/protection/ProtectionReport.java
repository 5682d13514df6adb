package lifeboat.protection;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Problem;

/// What the plan of an environment can promise to each workload, and whether that is enough.
///
/// @param illegalRules what AWS Backup would refuse or carry out differently; where there is any, nothing is promised
/// @param promises one a resource and failure domain, in the order of the file
/// @param shortfalls the objectives that are missed and that nobody accepts, and what a restore in the recovery
///     region lacks, as the rules stand: also where some are illegal
/// @param notes what is legal but surprising
public record ProtectionReport(
        List<Problem> illegalRules, List<Promise> promises, List<Problem> shortfalls, List<String> notes) {
    public ProtectionReport {
        illegalRules = List.copyOf(illegalRules);
        promises = List.copyOf(promises);
        shortfalls = List.copyOf(shortfalls);
        notes = List.copyOf(notes);
    }

    /// Of an environment whose file is right.
    ///
    /// @param today the day (UTC) on which it is judged: a year of firings is walked from it, and acceptances end
    public static ProtectionReport of(Environment environment, LocalDate today) {
        var illegal = PlanRules.check(environment, today);
        var promises = Promises.of(environment, today);
        var shortfalls = Stream.concat(
                        Shortfalls.among(promises, today).stream(), RestoreNetwork.missing(environment).stream())
                .toList();
        return illegal.isEmpty()
                ? new ProtectionReport(illegal, promises, shortfalls, Notes.about(environment, promises))
                : new ProtectionReport(illegal, List.of(), shortfalls, List.of());
    }

    /// Everything that must stop a deployment.
    public List<Problem> problems() {
        return Stream.concat(illegalRules.stream(), shortfalls.stream()).toList();
    }

    /// Every resource with its objective and, by failure domain, what is guaranteed, as text in columns.
    public String table() {
        return PromiseTable.of(promises)
                + notes.stream().map(note -> "note: " + note + "\n").reduce("", String::concat);
    }
}
