package lifeboat.integrity.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import lifeboat.integrity.WriteTime;
import org.jspecify.annotations.Nullable;

/// How the time of a last write is read from a column.
///
/// @param expression what a query selects for it, as text
/// @param clock whether that is seconds since 1970, of a column that the database knows to hold times
record Times(String expression, boolean clock) {
    static Times of(Table.Column column) {
        return switch (column.type()) {
            case "timestamp with time zone", "timestamp without time zone", "date" ->
                new Times("extract(epoch from %s)::text".formatted(column.name()), true);
            default -> new Times("%s::text".formatted(column.name()), false);
        };
    }

    /// The time of a row.
    ///
    /// @param text what [#expression] gave
    Optional<Instant> read(@Nullable String text) {
        if (text == null || text.endsWith("Infinity")) {
            return Optional.empty();
        }
        if (clock) {
            return Optional.of(seconds(new BigDecimal(text)));
        }
        return text.matches("[0-9]+(\\.[0-9]+)?") ? WriteTime.ofNumber(new BigDecimal(text)) : WriteTime.ofText(text);
    }

    private static Instant seconds(BigDecimal seconds) {
        var micros = seconds.movePointRight(6).longValue();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
