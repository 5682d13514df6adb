package lifeboat.objective;

import java.util.Collection;
import java.util.Comparator;

/// How a measurement stands against its objective, in one word; later is worse, and a miss outweighs the unknown.
public enum Standing {
    MET,
    UNMEASURED,
    MISSED;

    /// The worst of several; nothing at all is unmeasured, never met.
    public static Standing worst(Collection<Standing> standings) {
        return standings.stream().max(Comparator.naturalOrder()).orElse(UNMEASURED);
    }
}
