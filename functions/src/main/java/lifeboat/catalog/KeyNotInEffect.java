package lifeboat.catalog;

/// A key that an environment file gives, and that this version does not carry out, or only in part.
///
/// @param path where, from the root: `contacts.slack`
/// @param line the line it stands on, from 1
/// @param effect what is missing
public record KeyNotInEffect(String path, int line, Effect effect) {
    /// As one line for a terminal.
    @Override
    public String toString() {
        return "line %d: %s is %s".formatted(line, path, effect.told());
    }
}
