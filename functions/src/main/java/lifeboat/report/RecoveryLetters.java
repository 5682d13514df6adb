package lifeboat.report;

import java.time.Instant;
import lifeboat.catalog.Environment;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.Results;

/// Tells the team by letter what came of each recovery.
public final class RecoveryLetters implements Results {
    private final Environment environment;
    private final Announcements announcements;

    public RecoveryLetters(Environment environment, Announcements announcements) {
        this.environment = environment;
        this.announcements = announcements;
    }

    @Override
    public void closed(Assessor.Judged judged, Instant at) {
        announcements.announce(new RecoveryText(environment, judged).letter());
    }

    @Override
    public void refused(String execution, String request, String why) {
        String subject = "[%s] recovery REFUSED: nothing was restored".formatted(environment.name());
        String body = """
                A recovery was asked for and did not take place. Nothing was created.

                  asked for   %s
                  execution   %s
                  because     %s

                What to do next: correct the request and ask again; until then nothing has been proven.
                """.formatted(request, execution, why);
        announcements.announce(new Letter(subject, body));
    }
}
