package lifeboat.infra.recovery;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.scheduler.ContextAttribute;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.ScheduleGroup;
import software.amazon.awscdk.services.scheduler.ScheduleTargetInput;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/// What happens by the clock. No schedule belongs to a workload: the functions read in the catalog what is due.
///
/// In the recovery region only the sweeps run: the other schedules would do everything twice.
final class Schedules extends Construct {
    private static final Map<String, Object> NOTHING_ELSE = Map.of();

    private final Site site;
    private final IKey key;
    private final Functions functions;
    private final Map<Handler, Role> roles = new EnumMap<>(Handler.class);
    private final ScheduleGroup group;
    private final Queue missed;

    Schedules(Construct scope, Site site, Functions functions, IKey key) {
        super(scope, "Schedules");
        this.site = site;
        this.key = key;
        this.functions = functions;
        this.missed = missed(key);
        this.group = ScheduleGroup.Builder.create(this, "Group")
                .scheduleGroupName(site.named("schedules"))
                .build();
        group.applyRemovalPolicy(RemovalPolicy.DESTROY); // kept, as CDK would, its name is taken when it is made again
        run("Sweep", Handler.SWEEP, "cron(15 * * * ? *)", "Picks up what a recovery left behind", NOTHING_ELSE);
        run(
                "LeftOpen",
                Handler.CLOSE,
                "cron(25 * * * ? *)",
                "Closes recoveries that ended without being closed",
                Ordered.of("leftOpen", true));
        if (site.role() == Site.Role.PRIMARY) {
            runWhereTheWorkloadsLive();
        }
    }

    private void runWhereTheWorkloadsLive() {
        run("Drills", Handler.DRILL, "cron(0 * * * ? *)", "Starts the drills that are due in this hour", NOTHING_ELSE);
        run("Validation", Handler.VALIDATE, "cron(0 5 * * ? *)", "Proves the backups", NOTHING_ELSE);
        run(
                "Recordings",
                Handler.RECORD,
                "cron(40 * * * ? *)",
                "Records what live holds where that is due in this hour",
                NOTHING_ELSE);
        report("Daily", "cron(30 6 * * ? *)");
        report("Weekly", "cron(45 6 ? * MON *)");
        report("Monthly", "cron(0 7 1 * ? *)");
        report("Quarterly", "cron(15 7 1 1,4,7,10 ? *)");
    }

    private void report(String period, String cron) {
        var input = Ordered.of("period", period.toLowerCase(Locale.ROOT));
        run(period + "Report", Handler.REPORT, cron, period + " report from the ledger", input);
    }

    /// What a schedule could not deliver.
    Queue missed() {
        return missed;
    }

    private Queue missed(IKey key) {
        return Queue.Builder.create(this, "Missed")
                .encryption(QueueEncryption.KMS)
                .encryptionMasterKey(key)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
    }

    /// Calls one function, and leaves what it could not deliver in the queue, whose key it may use for that.
    ///
    /// @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html">
    ///     Dead-letter queues of schedules</a>
    private Role role(Handler handler) {
        return roles.computeIfAbsent(handler, _ -> {
            var role = Role.Builder.create(this, handler.label() + "-role")
                    .description("Schedules call " + handler.label() + " in it")
                    .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                            .conditions(Ordered.of(
                                    "StringEquals",
                                    Ordered.of(
                                            "aws:SourceAccount",
                                            site.account().value(),
                                            "aws:SourceArn",
                                            site.arn("scheduler", "schedule-group/" + site.named("schedules")))))
                            .build())
                    .build();
            role.addToPolicy(PolicyStatement.Builder.create()
                    .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                    .resources(List.of(key.getKeyArn()))
                    .conditions(Ordered.of(
                            "StringEquals",
                            Ordered.of("kms:ViaService", "sqs.%s.amazonaws.com".formatted(site.region()))))
                    .build());
            return role;
        });
    }

    /// The function is told for when it was called, so that a late or repeated call means the same hour.
    private void run(String name, Handler handler, String cron, String why, Map<String, Object> input) {
        Schedule.Builder.create(this, name)
                .scheduleGroup(group)
                .description(why)
                .schedule(ScheduleExpression.expression(cron))
                .target(LambdaInvoke.Builder.create(functions.of(handler))
                        .role(role(handler))
                        .deadLetterQueue(missed)
                        .maxEventAge(Duration.hours(1))
                        .retryAttempts(10)
                        .input(ScheduleTargetInput.fromObject(
                                Ordered.both(Ordered.of("at", ContextAttribute.getScheduledTime()), input)))
                        .build())
                .build();
    }
}
