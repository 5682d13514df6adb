package lifeboat.objective;

import java.util.Map;

/// What shortens a phase, and what lowers a data loss.
final class Remedies {
    private static final Map<String, String> BY_PHASE = Map.of(
            "detect", "start the recovery from the alarm instead of waiting for a person to notice",
            "choose", "give the instant or the recovery point in the request, so that nothing has to be searched",
            "restore",
                    "restore less (split the store, archive old data), restore from a warm recovery point, give the copy"
                            + " more throughput or a larger class while it is filled, or keep a replica",
            "configure", "put groups and class into the restore call, so that fewer changes wait for a restart",
            "verify",
                    "cut the checks into more segments, or compare counts and digests where every row is compared now",
            "cut over", "shorten the TTL of the record and the interval of the health check, and redeploy in parallel");

    private Remedies() {}

    static String shorten(String phase) {
        return BY_PHASE.getOrDefault(phase, "look at the recovery's own record: this phase has no usual remedy");
    }

    static String lower(DataLoss.Basis basis) {
        return switch (basis) {
            case EXACT, BOUNDED ->
                "back up more often: point-in-time recovery where the store has it, else a shorter cadence or earlier"
                        + " completion";
            case FROM_COPY ->
                "let live be compared as well: an idle store looks worse than it is; then back up more often";
            case AGE_OF_RECOVERY_POINT ->
                "give the resource a \"freshness\", so that the loss is read from the data; then back up more often";
            case UNKNOWN -> "mend what kept the loss from being measured";
        };
    }
}
