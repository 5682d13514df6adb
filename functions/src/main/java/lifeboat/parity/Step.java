package lifeboat.parity;

/// How one captured setting stands on a copy.
public sealed interface Step {
    /// The copy has it as it was captured.
    record AsCaptured() implements Step {}

    /// It was asked for; the service is at work, or other work has to end before.
    record Underway() implements Step {}

    /// A drill's copy must not have it.
    ///
    /// @param why for the person who reads the result
    record Withheld(String why) implements Step {}

    /// It cannot be applied.
    ///
    /// @param why for the person who reads the result
    record Refused(String why) implements Step {}
}
