package lifeboat.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.EnvironmentName;

/// What a comparison found and what a repair would do, to be approved by its id. Immutable: the id is the digest of
/// everything in it, the chunks of planned rows included.
///
/// @param id digest of the rest
/// @param header what the plan is bound to and was asked for
/// @param tables every table of either side; parents before the tables that refer to them
/// @param chunks planned rows, table by table in the order of tables
/// @param findings what differs beside the rows, and what was not compared
/// @param notes what a person must know before approving: triggers that will fire, what will not be touched and why
public record RepairPlan(
        PlanId id,
        Header header,
        List<TableOutcome> tables,
        List<Chunk> chunks,
        StructureFindings findings,
        List<String> notes) {
    public RepairPlan {
        tables = List.copyOf(tables);
        chunks = List.copyOf(chunks);
        notes = List.copyOf(notes);
    }

    /// What a plan is bound to, and what was asked for.
    ///
    /// @param environment the only environment in which it may be carried out
    /// @param copy the store that was compared, and that the repair reads
    /// @param live the store that was compared, and that the repair writes
    /// @param createdAt when the comparison ended
    /// @param rules what explained differences and chose what to repair
    /// @param structure digest of the structure of all compared tables: another one refuses the repair
    public record Header(
            EnvironmentName environment,
            StoreIdentity copy,
            StoreIdentity live,
            Instant createdAt,
            Rules rules,
            String structure) {}

    /// All tables together.
    public Counts counts() {
        return tables.stream()
                .map(outcome -> switch (outcome) {
                    case TableOutcome.Compared compared -> compared.counts();
                    case TableOutcome.NotCompared ignored -> Counts.NOTHING;
                })
                .reduce(Counts.NOTHING, Counts::plus);
    }

    public Verdict verdict() {
        return Verdict.of(tables, findings);
    }

    /// Why the plan cannot be carried out here and now; empty: nothing in the plan itself speaks against it.
    ///
    /// @param at the environment in which it shall be carried out
    /// @param now the time
    /// @param maxAge how old a plan may be
    public Optional<Refusal> refuses(EnvironmentName at, Instant now, Duration maxAge) {
        if (!header.environment().equals(at)) {
            return Optional.of(new Refusal(
                    "LB-411",
                    "plan \"%s\" is of environment \"%s\", not \"%s\"".formatted(id, header.environment(), at),
                    "carry it out where it was made, or compare again here"));
        }
        if (now.isAfter(header.createdAt().plus(maxAge))) {
            return Optional.of(new Refusal(
                    "LB-412",
                    "plan \"%s\" is stale: made at %s, more than %s ago".formatted(id, header.createdAt(), maxAge),
                    "compare again and approve the new plan"));
        }
        return Optional.empty();
    }
}
