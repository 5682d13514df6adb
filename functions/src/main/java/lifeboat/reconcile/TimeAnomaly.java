package lifeboat.reconcile;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// A time of the last write in live that explains nothing. Such a difference is a class of its own: it is never
/// expected, and it is repaired only where a person names the class, because it can be damage as well as a good
/// write.
public enum TimeAnomaly {
    /// Live's version has a time before the point in time, and the copy does not hold that version: damage, or a
    /// transaction that was stamped at its start and committed late.
    STAMPED_BEFORE("stamped-before", Left.STAMPED_BEFORE),
    /// Live's version has a time that had not come when the comparison began: no clock that is right wrote it.
    STAMPED_AHEAD("stamped-ahead", Left.STAMPED_AHEAD);

    private final String word;
    private final Left left;

    TimeAnomaly(String word, Left left) {
        this.word = word;
        this.left = left;
    }

    /// As a person names it among the classes to repair.
    public String word() {
        return word;
    }

    /// Why such a difference is not repaired where its class is not named.
    public Left left() {
        return left;
    }

    /// The one that a person named; empty: it is the name of none.
    public static Optional<TimeAnomaly> named(String word) {
        return Arrays.stream(values())
                .filter(anomaly -> anomaly.word.equals(word))
                .findFirst();
    }

    /// All words, commas between.
    public static String words() {
        return Arrays.stream(values()).map(TimeAnomaly::word).collect(Collectors.joining(", "));
    }
}
