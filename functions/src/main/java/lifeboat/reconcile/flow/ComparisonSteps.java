package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.Disclosure;
import lifeboat.reconcile.PieceJson;
import lifeboat.reconcile.PlanText;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.SelectionCheck;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.flow.Run.Work;
import lifeboat.recovery.RecoveryLedger;

/// The comparison of a copy with live, cut into pieces that each fit well inside one invocation. Writes nothing but
/// files of the run.
public final class ComparisonSteps {
    /// How many pieces fit the history of an execution, which holds 25,000 events: some eight a piece.
    public static final int MOST_PIECES = 3_000;

    private final Environment environment;
    private final RecoveryLedger ledger;
    private final Sides sides;
    private final Runs runs;
    private final InstantSource clock;

    ComparisonSteps(Environment environment, RecoveryLedger ledger, Sides sides, Runs runs, InstantSource clock) {
        this.environment = environment;
        this.ledger = ledger;
        this.sides = sides;
        this.runs = runs;
        this.clock = clock;
    }

    /// Plans the pieces, once; called again it answers the same.
    ///
    /// @return how many there are
    public int plan(RunId id) {
        if (!runs.has(id, "pieces")) {
            Run run = runs.run(id);
            Source source = source(run);
            standing(run).refuse(work(run).acceptCopy());
            runs.keep(id, "pieces", environment.contacts().withKeysOnlyIfShown(() -> pieces(run, source)));
        }
        return runs.left(id, "pieces").path("labels").size();
    }

    private ObjectNode pieces(Run run, Source source) {
        try (Comparison comparison = open(run, source)) {
            return pieces(run, source, comparison);
        }
    }

    private ObjectNode pieces(Run run, Source source, Comparison comparison) {
        List<Segment> segments = comparison.segments();
        if (segments.size() > MOST_PIECES) {
            throw new Invalid(
                    "LB-452",
                    "the comparison would take %,d pieces; at most %,d are allowed. hint: choose \"tables\""
                            .formatted(segments.size(), MOST_PIECES));
        }
        Optional<String> explainedBy = explainedBy(run, source);
        Instant now = clock.instant();
        Rules rules = work(run)
                .choice()
                .rules(
                        names(source),
                        now,
                        explainedBy,
                        explainedBy.flatMap(column -> pointInTime(source, comparison, now)));
        new SelectionCheck(comparison, "").check(rules);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("structure", comparison.structure());
        node.set("rules", PieceJson.of(rules));
        segments.forEach(segment -> node.withArray("labels").add(segment.label()));
        return node;
    }

    /// The latest time whose state the copy may hold: only what was written after it explains a difference.
    ///
    /// A recovery point may hold more than its time says, so that its newest write counts where that is later.
    /// Where it holds less, rows of live from in between are stamped before the point in time: a person judges.
    private static Optional<Instant> pointInTime(Source source, Comparison comparison, Instant now) {
        Stream<Instant> newest = source.toTheSecond() ? Stream.of() : comparison.newestInCopy().stream();
        return Stream.concat(Stream.of(source.restoredTo()), newest.filter(at -> !at.isAfter(now)))
                .max(Instant::compareTo);
    }

    /// Compares one piece, once.
    ///
    /// @param call id of this call: files of an attempt that broke off are never taken for those of another
    public void compare(RunId id, int piece, String call) {
        String name = "parts/%05d".formatted(piece);
        if (runs.has(id, name)) {
            return;
        }
        Run run = runs.run(id);
        JsonNode pieces = runs.left(id, "pieces");
        Segment segment = new Segment(pieces.path("labels").path(piece).asText());
        String prefix = "drafts/%s/%05d-%s".formatted(id, piece, call.replaceAll("[^A-Za-z0-9]", ""));
        runs.keep(
                id,
                name,
                environment.contacts().withKeysOnlyIfShown(() -> PieceJson.of(part(run, pieces, segment, prefix))));
    }

    private Diff.Part part(Run run, JsonNode pieces, Segment segment, String prefix) {
        try (Comparison comparison = open(run, source(run))) {
            unchanged(pieces, comparison);
            return new Diff(comparison, runs.archive(), Progress.SILENT)
                    .part(
                            PieceJson.rules(pieces.path("rules")),
                            prefix,
                            work(run).samples(),
                            segment);
        }
    }

    /// Makes the plan of all pieces, and ends the run.
    public void seal(RunId id) {
        if (runs.ended(id).isPresent()) {
            return;
        }
        Run run = runs.run(id);
        JsonNode pieces = runs.left(id, "pieces");
        List<Diff.Part> parts = new ArrayList<>();
        for (int piece = 0; piece < pieces.path("labels").size(); piece++) {
            parts.add(PieceJson.part(runs.left(id, "parts/%05d".formatted(piece))));
        }
        try (Comparison comparison = open(run, source(run))) {
            unchanged(pieces, comparison);
            RepairPlan plan = new Diff(comparison, runs.archive(), Progress.SILENT)
                    .seal(environment.name(), PieceJson.rules(pieces.path("rules")), parts, clock.instant());
            runs.made(plan.id(), id);
            runs.end(id, ended(run, plan));
        }
    }

    private CopyStanding standing(Run run) {
        return CopyStanding.of(ledger, run.recovery(), run.resource());
    }

    private Ended ended(Run run, RepairPlan plan) {
        Ended.State state = switch (plan.verdict()) {
            case EQUAL -> Ended.State.EQUAL;
            case DIFFERENT -> Ended.State.DIFFERENT;
            case INCOMPLETE -> Ended.State.INCOMPLETE;
        };
        String headline = switch (plan.verdict()) {
            case EQUAL -> "%s EQUAL to its copy".formatted(run.resource());
            case DIFFERENT ->
                "%s DIFFERS: %,d rows can be repaired"
                        .formatted(run.resource(), plan.counts().repairs());
            case INCOMPLETE ->
                "%s NOT COMPARED WHOLLY: %,d rows can be repaired"
                        .formatted(run.resource(), plan.counts().repairs());
        };
        String text = "%s%n%s"
                .formatted(
                        standing(run).text(),
                        PlanText.of(
                                plan, Disclosure.outside(environment.contacts().rowKeys())));
        return new Ended(state, headline, text, Optional.of(plan.id()));
    }

    private static void unchanged(JsonNode pieces, Comparison comparison) {
        if (!pieces.path("structure").asText().equals(comparison.structure())) {
            throw new Invalid(
                    "LB-453", "tables were changed during the comparison. hint: compare again when nothing migrates");
        }
    }

    private Comparison open(Run run, Source source) {
        Function<String, TableName> names = names(source);
        Work.Compare asked = work(run);
        return sides.comparison(
                source.resource(),
                source.copy(),
                asked.choice().tables(names),
                explainedBy(run, source),
                asked.choice().purges(names));
    }

    private Source source(Run run) {
        return Source.of(ledger, run.recovery(), run.resource());
    }

    private Function<String, TableName> names(Source source) {
        return typed -> sides.table(source.resource(), typed);
    }

    private static Optional<String> explainedBy(Run run, Source source) {
        return work(run).explainedBy().or(source::explainedBy);
    }

    private static Work.Compare work(Run run) {
        return switch (run.work()) {
            case Work.Compare compare -> compare;
            case Work.Apply _, Work.TakeBack _ ->
                throw new Invalid("LB-450", "run \"%s\" is not allowed: it is no comparison".formatted(run.id()));
        };
    }
}
