package lifeboat.integrity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one piece of an inspection saw.
///
/// @param outcomes checks that this piece decides on its own
/// @param tally what it counted towards checks that need all pieces
/// @param samples a few differing keys as text, for the person who looks into it; at most ten
/// @param content part of a table that is compared with its record once all parts are there; empty: none
/// @param reaches up to when a table that was compared with its record shows writes; empty: nothing shows it
public record Evidence(
        List<Outcome> outcomes,
        Tally tally,
        List<String> samples,
        Optional<PartialContent> content,
        Optional<Instant> reaches) {
    public Evidence {
        outcomes = List.copyOf(outcomes);
        samples = List.copyOf(samples);
    }

    /// Of a piece that stands by itself.
    public Evidence(List<Outcome> outcomes, Tally tally, List<String> samples) {
        this(outcomes, tally, samples, Optional.empty(), Optional.empty());
    }

    /// The same without any key.
    public Evidence withoutSamples() {
        return new Evidence(outcomes, tally, List.of(), content, reaches);
    }
}
