package lifeboat.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.InvalidEnvironment;
import lifeboat.catalog.Problem;
import lifeboat.catalog.Recoverability;
import lifeboat.catalog.Resource;
import lifeboat.protection.ProtectionReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./lifeboat check FILE`: reads an environment file and prints what its backup plan can promise. Needs no account.
@Command(
        name = "check",
        description = "Reads an environment file and prints the data loss that its plan guarantees.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the plan promises every objective, or its shortfall is accepted",
            "1:the plan cannot promise an objective",
            "2:the file or its backup rules are not right"
        })
public final class CheckCommand implements Callable<Integer> {
    private static final int MET = 0;
    private static final int MISSED = 1;
    private static final int INVALID = 2;
    private final PrintWriter out;
    private final PrintWriter err;

    @Parameters(paramLabel = "FILE", description = "An environment file, for example infra/environments/lab.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--on",
            paramLabel = "DAY",
            description = "Judge as of that day (UTC), for example 2027-06-30; today if absent.")
    private LocalDate day = LocalDate.now(Clock.systemUTC());

    /// Prints to given writers.
    ///
    /// @param out where the table goes
    /// @param err where problems go
    public CheckCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            return judge(EnvironmentFile.read(file));
        } catch (InvalidEnvironment invalid) {
            err.println(invalid.getMessage());
            return INVALID;
        }
    }

    private int judge(Environment environment) {
        var report = ProtectionReport.of(environment, day);
        if (!report.illegalRules().isEmpty()) {
            tell("backup rules that AWS Backup would refuse or carry out differently", report.illegalRules());
            return INVALID;
        }
        out.print(report.table());
        withoutReader(environment).forEach(out::print);
        if (!report.shortfalls().isEmpty()) {
            tell("the plan cannot promise what is asked of it", report.shortfalls());
            return MISSED;
        }
        out.printf("%n%s: %s%n", file, verdict(environment));
        return MET;
    }

    /// What can be said where the plan promises all that is asked of it: a promise is not yet a recovery.
    private static String verdict(Environment environment) {
        long notYet = environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .filter(resource -> Recoverability.of(resource) == Recoverability.NOT_YET)
                .count();
        return notYet == 0
                ? "the plan promises every objective, or its shortfall is accepted"
                : "the plan promises every objective, or its shortfall is accepted, but %d %s"
                        .formatted(
                                notYet,
                                notYet == 1 ? "resource cannot be recovered yet" : "resources cannot be recovered yet");
    }

    /// Databases that even functions which only read log in to as the user that may write.
    private static Stream<String> withoutReader(Environment environment) {
        return environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream()
                        .filter(CheckCommand::hasNoReader)
                        .map(resource ->
                                "note: %s/%s has no readCredentials: functions that only read log in as the user that may write%n"
                                        .formatted(workload.name(), resource.name())));
    }

    private static boolean hasNoReader(Resource resource) {
        return switch (resource) {
            case Resource.RdsInstance rds -> rds.sql().readCredentials().isEmpty();
            case Resource.AuroraCluster aurora -> aurora.sql().readCredentials().isEmpty();
            case Resource.DynamoDbTable _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ -> false;
        };
    }

    private void tell(String what, List<Problem> problems) {
        out.flush();
        err.printf("%n%s: %s%n", file, what);
        problems.forEach(problem -> err.printf("%n%s%n", problem));
    }
}
