package lifeboat.reconcile.items;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import lifeboat.integrity.WriteTime;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.Rules.PurgeRule;

/// Which attributes of a table's items are times, and in which form they were met.
///
/// Safe for use by several threads.
public final class ItemTimes {
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    private final List<String> writtenAt;
    private final Optional<String> timeToLive;
    private final List<String> purge;
    private final Map<Form, LongAdder> met = new EnumMap<>(Form.class);

    /// How a time is written.
    enum Form {
        TEXT("as ISO-8601 text, UTC where it names no offset"),
        SECONDS("as seconds since 1970"),
        MILLISECONDS("as milliseconds since 1970 (100,000,000,000 and more)"),
        UNREADABLE("in no known form, and taken for absent");

        private final String how;

        Form(String how) {
            this.how = how;
        }
    }

    /// @param writtenAt attribute with the time of the last write; several with commas: the first that an item has;
    ///     empty: none
    /// @param timeToLive the table's time-to-live attribute: seconds since 1970, anything else never expires
    /// @param purge the rule for this table; empty: none
    public ItemTimes(Optional<String> writtenAt, Optional<String> timeToLive, Optional<PurgeRule> purge) {
        this.writtenAt = names(writtenAt);
        this.timeToLive = timeToLive;
        this.purge = purge.map(PurgeRule::field).stream().toList();
        for (var form : Form.values()) {
            met.put(form, new LongAdder());
        }
    }

    /// The item's digest and its times.
    Image image(Item item) {
        return new Image(ItemText.digest(item), 1, writtenAt(item), expiry(item), time(purge, item));
    }

    /// When the item was last written; empty where it does not say.
    public Optional<Instant> writtenAt(Item item) {
        return time(writtenAt, item);
    }

    /// Attributes that may hold the time of the last write.
    Set<String> attributes() {
        return Set.copyOf(writtenAt);
    }

    /// The names in a text with commas, each once.
    public static List<String> names(Optional<String> attributes) {
        return attributes.stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private Optional<Instant> time(List<String> names, Item item) {
        return names.stream()
                .flatMap(name -> item.attribute(name).stream())
                .findFirst()
                .flatMap(this::read);
    }

    private Optional<Instant> read(Attribute attribute) {
        var time = switch (attribute) {
            case Attribute.Text(var value) -> WriteTime.ofText(value);
            case Attribute.Numeric(var value) -> WriteTime.ofNumber(new BigDecimal(value));
            default -> Optional.<Instant>empty();
        };
        count(time.isPresent() ? form(attribute) : Form.UNREADABLE);
        return time;
    }

    private static Form form(Attribute attribute) {
        if (attribute instanceof Attribute.Numeric(var value)) {
            return new BigDecimal(value).compareTo(FIRST_MILLIS) < 0 ? Form.SECONDS : Form.MILLISECONDS;
        }
        return Form.TEXT;
    }

    private void count(Form form) {
        var counter = met.get(form);
        if (counter != null) {
            counter.increment();
        }
    }

    /// Only a whole number of seconds expires; a fraction is not said to, and then the item does not.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to live</a>
    private Optional<Instant> expiry(Item item) {
        return timeToLive
                .flatMap(item::attribute)
                .filter(Attribute.Numeric.class::isInstance)
                .map(attribute -> new BigDecimal(((Attribute.Numeric) attribute).value()))
                .filter(seconds -> seconds.signum() >= 0 && seconds.compareTo(FIRST_MILLIS) < 0)
                .filter(seconds -> seconds.stripTrailingZeros().scale() <= 0)
                .map(seconds -> Instant.ofEpochSecond(seconds.longValueExact()));
    }

    /// One sentence for each form that was met in items that differ.
    List<String> sentences() {
        var sentences = new ArrayList<String>();
        met.forEach((form, count) -> {
            if (count.sum() > 0) {
                var names = String.join(
                        "' and '",
                        Stream.concat(writtenAt.stream(), purge.stream()).toList());
                sentences.add("'%s' read %s in items that differ".formatted(names, form.how));
            }
        });
        timeToLive.ifPresent(name -> sentences.add("items expire by '" + name
                + "', the table's time to live; a value that is no whole number of seconds, or is more than five years past,"
                + " expires nothing"));
        return sentences;
    }
}
