package lifeboat.reconcile;

/// How much of the rows a text may show.
public enum Disclosure {
    /// How many there are.
    COUNTS,
    /// Their keys too: what leaves by e-mail, unless that is turned off.
    KEYS,
    /// What they hold: only in the direct answer to the person who asked.
    VALUES;

    /// What may leave by e-mail and be kept as the end of a run.
    ///
    /// @param rowKeys whether keys may be shown
    public static Disclosure outside(boolean rowKeys) {
        return rowKeys ? KEYS : COUNTS;
    }
}
