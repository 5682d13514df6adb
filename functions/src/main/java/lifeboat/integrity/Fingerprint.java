package lifeboat.integrity;

/// What a table, or one segment of it, holds: how many rows or items, and the sum of their digests.
///
/// Two fingerprints under the same rule are equal when the contents are, whatever the order in which they were read;
/// fingerprints of segments add up to that of the table.
///
/// @param count how many rows or items
/// @param sum the sum of the digests of each
/// @param rule how a row became a digest, seed included; only fingerprints of one rule can be compared
public record Fingerprint(long count, Digest sum, String rule) {
    public Fingerprint {
        if (count < 0) {
            throw new IllegalArgumentException("a fingerprint's count is at least 0, not " + count);
        }
        if (rule.isBlank()) {
            throw new IllegalArgumentException("a fingerprint names its rule");
        }
    }

    /// Of nothing, under a rule: where adding up starts.
    public static Fingerprint empty(String rule) {
        return new Fingerprint(0, Digest.ZERO, rule);
    }

    /// One more row or item.
    public Fingerprint with(Digest row) {
        return new Fingerprint(count + 1, sum.plus(row), rule);
    }

    /// Both segments together.
    ///
    /// @throws IllegalArgumentException where the rules differ: such fingerprints say nothing about each other
    public Fingerprint plus(Fingerprint other) {
        if (!rule.equals(other.rule)) {
            throw new IllegalArgumentException(
                    "fingerprints of different rules cannot be added: '" + rule + "' and '" + other.rule + "'");
        }
        return new Fingerprint(count + other.count, sum.plus(other.sum), rule);
    }
}
