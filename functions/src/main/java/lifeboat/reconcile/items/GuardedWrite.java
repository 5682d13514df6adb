package lifeboat.reconcile.items;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The write of one item that happens only where the table still holds what was seen; never blind.
///
/// A change touches only the attributes that differ, so that an attribute which someone adds meanwhile survives. A
/// condition cannot say "and nothing else", therefore a removal reports what it removed, and whoever writes puts back
/// what was not foreseen.
public sealed interface GuardedWrite {
    ItemKey key();

    /// What the table holds now as far as is known; empty where there is no such item.
    Optional<Item> seen();

    /// What the table is to hold; empty where there is to be no such item.
    Optional<Item> wanted();

    /// The condition, as DynamoDB evaluates it.
    Expression condition();

    /// An item where there is none.
    record Create(ItemKey key, Item item, Expression condition) implements GuardedWrite {
        @Override
        public Optional<Item> seen() {
            return Optional.empty();
        }

        @Override
        public Optional<Item> wanted() {
            return Optional.of(item);
        }
    }

    /// Other values for some attributes of an item.
    ///
    /// @param update sets and removes the attributes that differ
    record Change(ItemKey key, Item from, Item to, Expression condition, Expression update) implements GuardedWrite {
        @Override
        public Optional<Item> seen() {
            return Optional.of(from);
        }

        @Override
        public Optional<Item> wanted() {
            return Optional.of(to);
        }
    }

    /// No item where there is one.
    record Remove(ItemKey key, Item item, Expression condition) implements GuardedWrite {
        @Override
        public Optional<Item> seen() {
            return Optional.of(item);
        }

        @Override
        public Optional<Item> wanted() {
            return Optional.empty();
        }
    }

    /// Whether a write can be guarded.
    sealed interface Guarded {
        /// It can.
        record By(GuardedWrite write) implements Guarded {}

        /// It cannot, and is not to be tried.
        ///
        /// @param why for a person
        record Impossible(String why) implements Guarded {}
    }

    /// The write that takes an item from what was seen to what is wanted, with its condition.
    ///
    /// @param version an attribute that every write changes, such as `updatedAt`: stands for the attributes that a
    /// condition has no room for; empty where there is none, and such items cannot be written
    /// @throws IllegalArgumentException where there is nothing to do
    static Guarded between(
            KeySchema schema, ItemKey key, Optional<Item> seen, Optional<Item> wanted, Optional<String> version) {
        if (seen.equals(wanted)) {
            throw new IllegalArgumentException("the item is already as it is wanted");
        }
        if (seen.isEmpty()) {
            return new Guarded.By(new Create(key, wanted.orElseThrow(), absent(schema)));
        }
        return wanted.isEmpty()
                ? removal(schema, key, seen.get(), version)
                : change(key, seen.get(), wanted.get(), version);
    }

    private static Expression absent(KeySchema schema) {
        var name = schema.partition().name();
        return new Expression("attribute_not_exists(#0)", Map.of("#0", name), Map.of(), 1);
    }

    private static Guarded removal(KeySchema schema, ItemKey key, Item seen, Optional<String> version) {
        var whole = Expression.holding(seen.attributes(), new TreeSet<>());
        if (whole.fits()) {
            return new Guarded.By(new Remove(key, seen, whole));
        }
        var byVersion = version.filter(seen.attributes()::containsKey)
                .map(name -> Expression.holding(
                        plus(key.attributes(schema), name, seen.attributes().get(name)), new TreeSet<>()))
                .filter(Expression::fits);
        return byVersion
                .<Guarded>map(condition -> new Guarded.By(new Remove(key, seen, condition)))
                .orElseGet(() -> impossible(seen));
    }

    private static Guarded change(ItemKey key, Item seen, Item wanted, Optional<String> version) {
        var difference = ItemDifference.between(seen, wanted);
        var update = Expression.update(difference.set(), difference.remove());
        if (!update.fits()) {
            return impossible(seen);
        }
        var whole = Expression.holding(seen.attributes(), difference.added());
        if (whole.fits()) {
            return new Guarded.By(new Change(key, seen, wanted, whole, update));
        }
        var touched = difference.touched(seen);
        return version.filter(seen.attributes()::containsKey)
                .map(name ->
                        Expression.holding(plus(touched, name, seen.attributes().get(name)), difference.added()))
                .filter(Expression::fits)
                .<Guarded>map(condition -> new Guarded.By(new Change(key, seen, wanted, condition, update)))
                .orElseGet(() -> impossible(seen));
    }

    private static Map<String, Attribute> plus(
            Map<String, Attribute> attributes, String name, @Nullable Attribute value) {
        var more = new TreeMap<>(attributes);
        more.put(name, Objects.requireNonNull(value));
        return more;
    }

    private static Guarded impossible(Item seen) {
        return new Guarded.Impossible(
                "the item has " + seen.attributes().size()
                        + " attributes, more than one condition can compare, and no version attribute that could stand for them");
    }
}
