package lifeboat.infra.permission;

import java.util.List;
import java.util.Optional;

/// Exact actions that a function may take, on what, and why.
///
/// @param actions `service:Action` each; never a wildcard
/// @param on what they may be taken on
/// @param only under which condition; absent: always
/// @param because the reason, for whoever reviews access
public record Permission(List<String> actions, List<Scope> on, Optional<Condition> only, String because) {
    public Permission {
        actions = List.copyOf(actions);
        on = List.copyOf(on);
        if (actions.isEmpty() || on.isEmpty() || because.isBlank()) {
            throw new IllegalArgumentException("a permission needs actions, something to act on, and a reason");
        }
        actions.stream()
                .filter(action -> !action.matches("[a-z0-9-]+:[A-Za-z]+"))
                .forEach(action -> {
                    throw new IllegalArgumentException("action \"%s\" is not one exact action".formatted(action));
                });
    }

    /// A condition of an IAM statement.
    ///
    /// @param operator for example `StringEquals`
    /// @param key for example `iam:PassedToService`
    /// @param values one of which must match
    public record Condition(String operator, String key, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /// The same, only where the condition holds.
    public Permission onlyIf(String operator, String key, String... values) {
        return new Permission(actions, on, Optional.of(new Condition(operator, key, List.of(values))), because);
    }

    /// Starts the sentence: what may be done.
    public static Allowed allow(String... actions) {
        return new Allowed(List.of(actions));
    }

    /// What may be done, still without saying on what.
    public record Allowed(List<String> actions) {
        public On on(Scope... scopes) {
            return new On(actions, List.of(scopes));
        }
    }

    /// What may be done on what, still without a reason.
    public record On(List<String> actions, List<Scope> scopes) {
        public Permission because(String reason) {
            return new Permission(actions, scopes, Optional.empty(), reason);
        }
    }
}
