package lifeboat.report;

import java.util.List;
import java.util.stream.Collectors;
import lifeboat.catalog.Environment;
import lifeboat.validation.Alerts;
import lifeboat.validation.Validation;
import lifeboat.validation.Validations.Entry;

/// Tells the team by letter which backups are not what the plan promised.
public final class ValidationLetters implements Alerts {
    private final Environment environment;
    private final Announcements announcements;

    public ValidationLetters(Environment environment, Announcements announcements) {
        this.environment = environment;
        this.announcements = announcements;
    }

    @Override
    public void unproven(Validation validation, Entry told) {
        var subject = "[%s] backups NOT PROVEN: %d failed, %d not looked at"
                .formatted(
                        environment.name(), told.failures().size(), told.gaps().size());
        var body = """
                The backups of environment %s were looked at on %s. %d checks passed.

                %s%s
                What to do next: follow each hint. Until tomorrow's look passes, recovery from these backups is not proven.
                """.formatted(
                        environment.name(),
                        told.at(),
                        told.passed(),
                        section("Not as the plan promised", told.failures()),
                        section("Not looked at", told.gaps()));
        announcements.announce(new Letter(subject, body));
    }

    private static String section(String title, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : lines.stream().map(line -> "  - " + line + "\n").collect(Collectors.joining("", title + "\n", "\n"));
    }
}
