package lifeboat.integrity;

/// What one check found.
public sealed interface Outcome {
    /// The check, as a person reads it: `items >= 1000`.
    String check();

    /// What was seen, with figures.
    String seen();

    /// The copy is as it must be.
    record Passed(String check, String seen) implements Outcome {}

    /// The copy is not as it must be.
    record Failed(String check, String seen) implements Outcome {}

    /// It could not be found out; never counts as passed.
    record Inconclusive(String check, String seen) implements Outcome {}

    /// Seen and worth telling, but it proves nothing about the copy: a difference to live that is itself suspect.
    record Observed(String check, String seen) implements Outcome {}
}
