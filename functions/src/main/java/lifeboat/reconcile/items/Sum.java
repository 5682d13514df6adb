package lifeboat.reconcile.items;

import com.dynatrace.hash4j.hashing.HashValue128;
import lifeboat.integrity.Digest;

/// A running sum of hashes modulo 2^128: the form of everything that has no order.
final class Sum {
    private long high;
    private long low;

    void add(HashValue128 hash) {
        var more = hash.getLeastSignificantBits();
        high += hash.getMostSignificantBits() + Digest.carry(low, more);
        low += more;
    }

    void putInto(CanonicalBytes bytes) {
        bytes.putLong(high);
        bytes.putLong(low);
    }
}
