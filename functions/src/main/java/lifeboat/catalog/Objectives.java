package lifeboat.catalog;

import java.time.Duration;

/// How much data may be lost and how long recovery may take.
///
/// @param rpo recovery point objective: the longest stretch of writes that may be lost
/// @param rto recovery time objective: the longest time from the incident until the data is usable again
public record Objectives(Duration rpo, Duration rto) {
    public Objectives {
        positive("rpo", rpo);
        positive("rto", rto);
    }

    private static void positive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new Invalid("LB-002", "%s \"%s\" is not allowed: more than zero".formatted(field, value));
        }
    }
}
