package lifeboat.parity;

import java.util.List;

/// How one captured setting stands on a copy.
public sealed interface Step {
    /// How a setting stands that is made of several: under way while one of them is, refused where one of them is.
    static Step of(List<Step> parts) {
        if (parts.stream().anyMatch(Underway.class::isInstance)) {
            return new Underway();
        }
        List<String> refused = parts.stream()
                .filter(Refused.class::isInstance)
                .map(part -> ((Refused) part).why())
                .toList();
        return refused.isEmpty() ? new AsCaptured() : new Refused(String.join("; ", refused));
    }

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
