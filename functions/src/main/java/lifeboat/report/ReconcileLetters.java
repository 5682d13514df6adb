package lifeboat.report;

import lifeboat.catalog.Environment;
import lifeboat.reconcile.flow.Ended;
import lifeboat.reconcile.flow.Endings;
import lifeboat.reconcile.flow.NextSteps;
import lifeboat.reconcile.flow.Run;

/// Tells the team by letter how a reconcile ended.
public final class ReconcileLetters implements Endings {
    private final Environment environment;
    private final Announcements announcements;

    public ReconcileLetters(Environment environment, Announcements announcements) {
        this.environment = environment;
        this.announcements = announcements;
    }

    @Override
    public void tell(Run run, Ended ended) {
        String subject = "[%s] %s".formatted(environment.name(), ended.headline());
        String body = """
                %s

                  run         %s
                  resource    %s
                  copy of     recovery %s
                  plan        %s

                %s
                What to do next: %s
                """.formatted(
                        ended.headline(),
                        run.id(),
                        run.resource(),
                        run.recovery(),
                        ended.plan().map(Object::toString).orElse("none"),
                        ended.text(),
                        NextSteps.of(ended));
        announcements.announce(new Letter(subject, body));
    }
}
