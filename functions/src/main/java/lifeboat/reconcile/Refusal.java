package lifeboat.reconcile;

/// Why a repair or an undo is not begun. Nothing was written.
///
/// @param code stable, `LB-4nn`
/// @param message what was seen, values quoted
/// @param hint what to do next
public record Refusal(String code, String message, String hint) {
    @Override
    public String toString() {
        return "%s %s%nhint: %s".formatted(code, message, hint);
    }
}
