package lifeboat.reconcile;

import lifeboat.catalog.Invalid;

/// The digest of a whole plan: whoever approves it approves exactly that content.
///
/// @param value 32 hexadecimal digits
public record PlanId(String value) {
    public PlanId {
        if (!value.matches("[0-9a-f]{32}")) {
            throw new Invalid("LB-404", "plan \"%s\" is not allowed: 32 hexadecimal digits".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
