package lifeboat.integrity;

/// 128 bits of hash, added modulo 2^128 so that digests of rows combine in any order.
///
/// Digests are summed and never XORed: two equal rows added to a table would cancel each other under XOR.
///
/// @param high the upper 64 bits
/// @param low the lower 64 bits, unsigned
public record Digest(long high, long low) {
    public static final Digest ZERO = new Digest(0, 0);

    /// The sum of both, modulo 2^128.
    public Digest plus(Digest other) {
        return new Digest(high + other.high + carry(low, other.low), low + other.low);
    }

    /// The carry out of the lower halves: 1 where their unsigned sum passes 2^64, else 0.
    public static int carry(long low, long otherLow) {
        return Long.compareUnsigned(low + otherLow, low) < 0 ? 1 : 0;
    }

    /// Reads what {@link #toString} wrote.
    ///
    /// @throws IllegalArgumentException where the text is not 32 hexadecimal digits
    public static Digest parse(String hex) {
        if (!hex.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("digest '" + hex + "' is not 32 lower-case hexadecimal digits");
        }
        return new Digest(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    /// 32 hexadecimal digits, lower case.
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
