package lifeboat.integrity;

import java.util.List;

/// What one piece of an inspection saw.
///
/// @param outcomes checks that this piece decides on its own
/// @param tally what it counted towards checks that need all pieces
/// @param samples a few differing keys as text, for the person who looks into it; at most ten
public record Evidence(List<Outcome> outcomes, Tally tally, List<String> samples) {
    public Evidence {
        outcomes = List.copyOf(outcomes);
        samples = List.copyOf(samples);
    }
}
