package lifeboat.reconcile.flow;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.EnvironmentName;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.PlanStore;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.RecoveryLedger;

/// What every step needs that writes to live: the plan as it was approved, the store, and the only right to write,
/// which a run holds from its first step to its last.
final class Writing {
    /// Longer than one invocation may take and the retries after it.
    private static final Duration LASTS = Duration.ofMinutes(20);

    private final EnvironmentName environment;
    private final RecoveryLedger ledger;
    private final Sides sides;
    private final Runs runs;
    private final InstantSource clock;

    Writing(EnvironmentName environment, RecoveryLedger ledger, Sides sides, Runs runs, InstantSource clock) {
        this.environment = environment;
        this.ledger = ledger;
        this.sides = sides;
        this.runs = runs;
        this.clock = clock;
    }

    /// One step over the store of a run's plan.
    interface Step {
        void over(Repairs store, RepairPlan plan) throws Refused;
    }

    Runs runs() {
        return runs;
    }

    /// Does a step while this run has the only right to write, and nothing speaks against its plan.
    ///
    /// @throws Invalid before the first write when anything does
    void step(Run run, PlanId id, Triggers triggers, Step step) {
        over(run, id, triggers, (store, plan, lease) -> {
            Repair.refuseWhileHeld(lease.take(run.holder()));
            Optional<String> holder = store.take(run.holder());
            if (holder.filter(other -> other.startsWith(run.id().value())).isPresent()) {
                throw new IllegalStateException("an earlier step of %s has not let go yet".formatted(run.id()));
            }
            Repair.refuseWhileHeld(holder);
            step.over(store, plan);
        });
    }

    /// Does a step that only reads.
    void look(Run run, PlanId id, Triggers triggers, Step step) {
        over(run, id, triggers, (store, plan, lease) -> step.over(store, plan));
    }

    private interface Work {
        void over(Repairs store, RepairPlan plan, RepairLease lease) throws Refused;
    }

    private void over(Run run, PlanId id, Triggers triggers, Work work) {
        try {
            RepairPlan plan = new PlanStore(runs.archive()).plan(id);
            // It was fresh when the run began, and stays valid for as long as that lasts.
            Repair.refuse(plan.refuses(environment, plan.header().createdAt(), Duration.ZERO));
            RepairLease lease = lease(plan);
            Source source = source(run);
            Set<TableName> tables = plan.header().rules().selection().tables();
            try (Repairs store = sides.repairs(source.resource(), source.copy(), tables, triggers, lease)) {
                Repair.refuse(store.refuses(plan));
                work.over(store, plan, lease);
            }
        } catch (Refused refused) {
            throw invalid(refused.refusal());
        }
    }

    /// Lets the next run write.
    void giveBack(Run run, PlanId id) {
        try {
            lease(new PlanStore(runs.archive()).plan(id)).giveBack(run.holder());
        } catch (Refused refused) {
            throw invalid(refused.refusal());
        }
    }

    private RepairLease lease(RepairPlan plan) {
        return RepairLease.ofManyCalls(runs.archive(), plan.header().live(), LASTS, clock);
    }

    private Source source(Run run) {
        return Source.of(ledger, run.recovery(), run.resource());
    }

    /// What the checks prove about the copy of a run.
    CopyStanding standing(Run run) {
        return CopyStanding.of(ledger, run.recovery(), run.resource());
    }

    static Invalid invalid(Refusal refusal) {
        return new Invalid(refusal.code(), "%s. hint: %s".formatted(refusal.message(), refusal.hint()));
    }
}
