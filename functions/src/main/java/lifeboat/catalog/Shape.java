package lifeboat.catalog;

import java.util.List;

/// What may stand at a place in the environment file. The reader, the JSON Schema and the reference page are all made
/// from it, so none of them can say something else than the others.
sealed interface Shape {
    /// A text of a form.
    record Text(Pattern form) implements Shape {}

    /// A single value of any type, null among them.
    record AnyScalar() implements Shape {}

    /// A calendar day, `2027-06-30`.
    record Day() implements Shape {}

    /// A duration.
    ///
    /// @param wholeDays whether it must be a number of whole days
    record Span(boolean wholeDays) implements Shape {}

    /// A whole number.
    record Whole(long least) implements Shape {}

    /// `true` or `false`.
    record Flag() implements Shape {}

    /// One of a few words.
    record OneWord(List<String> words) implements Shape {}

    /// A list.
    ///
    /// @param least how many there must be
    record ListOf(Shape item, int least) implements Shape {}

    /// A map whose keys the author chooses.
    ///
    /// @param least how many there must be
    /// @param most how many there may be
    record Named(Pattern name, Shape value, int least, int most) implements Shape {}

    /// A map whose keys are fixed.
    record Block(List<Key> keys) implements Shape {}

    /// A map of one of several kinds, told apart by the one key that only this kind has: the first of each block.
    record Variants(List<Block> blocks) implements Shape {
        List<String> discriminators() {
            return blocks.stream().map(block -> block.keys().getFirst().name()).toList();
        }
    }

    /// A word, or something of one's own.
    record WordOr(OneWord word, Shape own) implements Shape {}

    /// A key of a block.
    ///
    /// @param name as written
    /// @param required whether it must be there
    /// @param absent what its absence means; empty where it is required
    /// @param meaning what it is, for the reference page
    /// @param example a value, for the reference page
    /// @param effect what this version does with it
    record Key(
            String name, Shape shape, boolean required, String absent, String meaning, String example, Effect effect) {
        static Key required(String name, Shape shape, String meaning, String example) {
            return new Key(name, shape, true, "", meaning, example, Effect.WHOLE);
        }

        static Key optional(String name, Shape shape, String absent, String meaning, String example) {
            return new Key(name, shape, false, absent, meaning, example, Effect.WHOLE);
        }

        /// The same, of which this version does nothing, or only a part.
        Key but(Effect missing) {
            return new Key(name, shape, required, absent, meaning, example, missing);
        }

        /// What it is, and what of that this version does not do.
        String described() {
            return effect.extent() == Effect.Extent.WHOLE ? meaning : meaning + " " + effect.sentence();
        }
    }
}
