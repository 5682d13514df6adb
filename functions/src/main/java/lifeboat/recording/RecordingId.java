package lifeboat.recording;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;

/// The name of one recording of what one resource holds, and of its execution.
///
/// @param value workload, resource and twelve hexadecimal digits, for example `catalog-products-0f3a51c2b7de`
public record RecordingId(String value) {
    private static final String FORM = "[a-z0-9-]{1,58}-[0-9a-f]{12}";

    public RecordingId {
        if (!value.matches(FORM)) {
            throw new Invalid(
                    "LB-101",
                    "recording \"%s\" is not allowed: a recording's id, for example catalog-products-0f3a51c2b7de"
                            .formatted(value));
        }
    }

    /// The recording of a resource on an occasion: the same occasion always gives the same id.
    ///
    /// @param occasion anything unique to it: the hour of a schedule, the id of a call
    static RecordingId of(String occasion, WorkloadName workload, ResourceName resource) {
        var unique = UUID.nameUUIDFromBytes(
                String.join(" ", occasion, workload.value(), resource.value()).getBytes(StandardCharsets.UTF_8));
        var digits = HexFormat.of().toHexDigits(unique.getMostSignificantBits()).substring(0, 12);
        return new RecordingId("%s-%s-%s".formatted(workload, resource, digits));
    }

    @Override
    public String toString() {
        return value;
    }
}
