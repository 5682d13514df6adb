package lifeboat.catalog;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// How important a workload is, with the objectives that this promises unless the environment says otherwise.
public enum Tier {
    CRITICAL("critical", Duration.ofMinutes(15), Duration.ofHours(1)),
    IMPORTANT("important", Duration.ofHours(1), Duration.ofHours(4)),
    STANDARD("standard", Duration.ofHours(4), Duration.ofHours(24)),
    NON_CRITICAL("non-critical", Duration.ofHours(24), Duration.ofHours(72));

    private final String label;
    private final Objectives defaults;

    Tier(String label, Duration rpo, Duration rto) {
        this.label = label;
        this.defaults = new Objectives(rpo, rto);
    }

    /// The name in the environment file.
    public String label() {
        return label;
    }

    /// The objectives where the environment file does not override them.
    public Objectives defaults() {
        return defaults;
    }

    /// The tier of that name, or empty where there is none.
    public static Optional<Tier> labelled(String label) {
        return Arrays.stream(values()).filter(tier -> tier.label.equals(label)).findFirst();
    }
}
