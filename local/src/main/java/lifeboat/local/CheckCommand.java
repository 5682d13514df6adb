package lifeboat.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Problem;
import lifeboat.catalog.Recoverability;
import lifeboat.catalog.Resource;
import lifeboat.protection.PlanReview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./lifeboat check FILE`: reads an environment file and prints what its backup plan can promise, what of it is not in
/// effect yet, and what it costs. Needs no account.
@Command(
        name = "check",
        description =
                "Reads an environment file and prints the data loss that its plan guarantees, which of its keys are not in effect yet, and what it costs a month; or everything that is wrong with it.",
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

    @Parameters(
            paramLabel = "FILE|NAME",
            description = "An environment file, or the name of one in infra/environments, for example prod.")
    private String chosen = "";

    @Option(names = "--json", description = "Print everything as JSON, problems too.")
    private boolean json;

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
        var file = EnvironmentNames.file(chosen);
        var read = EnvironmentNames.review(chosen, file);
        var review = PlanReview.of(read, day);
        var exitCode = exitCode(review);
        if (json) {
            out.println(CheckJson.of(file.toString(), review, exitCode));
            return exitCode;
        }
        review.report().ifPresent(report -> out.print(report.table()));
        read.environment().filter(_ -> review.report().isPresent()).ifPresent(this::withoutReaders);
        review.notInEffect().forEach(out::println);
        review.cost().ifPresent(cost -> out.print(cost.text()));
        problems(file, review);
        if (exitCode == MET) {
            out.printf("%n%s: %s%n", file, verdict(read.whole()));
        }
        return exitCode;
    }

    private static int exitCode(PlanReview review) {
        if (!review.mistakes().isEmpty()) {
            return INVALID;
        }
        return review.shortfalls().isEmpty() ? MET : MISSED;
    }

    private void problems(Path file, PlanReview review) {
        if (!review.mistakes().isEmpty()) {
            tell(file, counted(review.mistakes().size()) + " of the file and its backup rules", review.mistakes());
        }
        if (!review.shortfalls().isEmpty()) {
            tell(file, "the plan cannot promise what is asked of it", review.shortfalls());
        }
    }

    private static String counted(int problems) {
        return problems == 1 ? "1 problem" : problems + " problems";
    }

    private void withoutReaders(Environment environment) {
        withoutReader(environment).forEach(out::print);
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

    private void tell(Path file, String what, List<Problem> problems) {
        out.flush();
        err.printf("%n%s: %s%n", file, what);
        problems.forEach(problem -> err.printf("%n%s%n", problem));
    }
}
