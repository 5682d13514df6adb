package lifeboat.reconcile.flow;

import java.util.Optional;
import lifeboat.reconcile.flow.Run.Work;

/// The end of every run: it is told, and where it failed, said to have failed and its right to write given back.
public final class Closing {
    private final Runs runs;
    private final Writing writing;
    private final Endings endings;

    Closing(Runs runs, Writing writing, Endings endings) {
        this.runs = runs;
        this.writing = writing;
        this.endings = endings;
    }

    /// Tells how a run ended.
    ///
    /// @param failure why it could not run to its end; empty: it did
    public Ended close(RunId id, Optional<String> failure) {
        Run run = runs.run(id);
        Ended ended = failure.map(why -> runs.end(id, failed(run, why)))
                .or(() -> runs.ended(id))
                .orElseThrow(() -> new IllegalStateException("run %s has not ended".formatted(id)));
        if (failure.isPresent()) {
            giveBack(run);
        }
        endings.tell(run, ended);
        return ended;
    }

    private void giveBack(Run run) {
        switch (run.work()) {
            case Work.Compare _ -> {}
            case Work.Apply apply -> writing.giveBack(run, apply.plan());
            case Work.TakeBack undo -> writing.giveBack(run, undo.plan());
        }
    }

    private static Ended failed(Run run, String why) {
        String text = switch (run.work()) {
            case Work.Compare _ -> "Nothing was written to the copy or to live.\n\n%s\n".formatted(why);
            case Work.Apply _, Work.TakeBack _ ->
                "Rows that were written are whole, and stand in the undo log.\n\n%s\n".formatted(why);
        };
        return new Ended(Ended.State.FAILED, "%s: reconcile FAILED".formatted(run.resource()), text, plan(run.work()));
    }

    private static Optional<lifeboat.reconcile.PlanId> plan(Work work) {
        return switch (work) {
            case Work.Compare _ -> Optional.empty();
            case Work.Apply apply -> Optional.of(apply.plan());
            case Work.TakeBack undo -> Optional.of(undo.plan());
        };
    }
}
