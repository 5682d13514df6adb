package lifeboat.local.access;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import lifeboat.infra.Roles;
import lifeboat.infra.Templates;

/// Whether the roles that synth gives the functions allow what the functions did, asked of an evaluator of IAM policies
/// that is not ours.
public final class AccessJudge {
    private AccessJudge() {}

    /// What is denied: function, action, resource, condition keys and the evaluator's word.
    ///
    /// @param environment the environment file whose templates the functions run by
    public static List<String> denied(Accesses accesses, Path environment) throws Exception {
        var templates = Templates.of(environment);
        var roles = Roles.of(
                templates.stack("recovery-" + templates.environment().region()),
                templates.environment().account().value());
        var asked = accesses.all();
        var answers = roles.answers(asked.stream()
                .map(access -> new Roles.Question(
                        role(roles, access.function()), access.action(), access.resource(), access.context()))
                .toList());
        var denied = new TreeSet<String>();
        for (int number = 0; number < asked.size(); number++) {
            if (!answers.get(number).startsWith("Allowed")) {
                denied.add("%s: %s on %s with %s: %s"
                        .formatted(
                                asked.get(number).function(),
                                asked.get(number).action(),
                                asked.get(number).resource(),
                                asked.get(number).context(),
                                answers.get(number)));
            }
        }
        return List.copyOf(denied);
    }

    private static String role(Roles roles, String function) {
        return roles.role("Functions" + function.replace("-", "") + "role");
    }
}
