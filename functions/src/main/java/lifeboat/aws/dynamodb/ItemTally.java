package lifeboat.aws.dynamodb;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lifeboat.integrity.RowCount;
import lifeboat.integrity.WriteTime;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Counts items of a copy and of live beside each other.
///
/// @param asked what is asked about them
/// @param expiry attribute with the time in seconds since 1970 from which live deletes an item; absent: it does not
/// @param now up to when items have expired
/// @param count where it is all added up
record ItemTally(Asked asked, Optional<String> expiry, Instant now, RowCount count) {
    /// An item of the copy, for the time of its last write.
    void copyItem(Map<String, AttributeValue> item) {
        asked.freshness().ifPresent(attribute -> count.writtenInCopy(time(item, attribute)));
    }

    /// An item of the copy beside the same item in live.
    void compare(Object key, Map<String, AttributeValue> item, @Nullable Map<String, AttributeValue> live) {
        if (live == null) {
            count.missingInLive(expired(item), key);
        } else if (!ItemEquality.same(item, live)) {
            count.changed(explanation(live), key);
        }
    }

    /// An item of live beside the same item in the copy.
    void liveItem(Object key, Map<String, AttributeValue> item, @Nullable Map<String, AttributeValue> inCopy) {
        count.liveRows(1);
        if (asked.content() && inCopy == null) {
            count.unexpectedInLive(explanation(item), key);
        }
        asked.freshness().ifPresent(attribute -> {
            var written = time(item, attribute);
            count.writtenInLive(written, inCopy != null && !olderThan(written, inCopy, attribute));
        });
    }

    private Optional<Instant> explanation(Map<String, AttributeValue> live) {
        return asked.explainedBy().flatMap(attribute -> time(live, attribute));
    }

    /// Live deletes expired items some time after they expire.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to live</a>
    private boolean expired(Map<String, AttributeValue> item) {
        return expiry.map(item::get)
                .filter(value -> value.n() != null)
                .filter(value -> new BigDecimal(value.n()).compareTo(BigDecimal.valueOf(now.getEpochSecond())) <= 0)
                .isPresent();
    }

    private static boolean olderThan(Optional<Instant> written, Map<String, AttributeValue> inCopy, String attribute) {
        return written.isPresent()
                && time(inCopy, attribute).filter(written.get()::isAfter).isPresent();
    }

    private static Optional<Instant> time(Map<String, AttributeValue> item, String attribute) {
        var value = item.get(attribute);
        if (value == null) {
            return Optional.empty();
        }
        return value.n() != null
                ? WriteTime.ofNumber(new BigDecimal(value.n()))
                : Optional.ofNullable(value.s()).flatMap(WriteTime::ofText);
    }
}
