package lifeboat.reconcile;

import java.util.List;
import java.util.Optional;

/// One row in which live differs from the copy.
public sealed interface Difference {
    TableName table();

    RowKey key();

    /// What the copy holds; empty where it holds nothing.
    Optional<Image> inCopy();

    /// What live holds; empty where it holds nothing.
    Optional<Image> inLive();

    DifferenceClass kind();

    /// How many rows a repair of it writes: more than one where rows cannot be told apart.
    default long rows() {
        return Math.max(1, Math.abs(copies(inCopy()) - copies(inLive())));
    }

    private static long copies(Optional<Image> image) {
        return image.map(Image::copies).orElse(0L);
    }

    /// In the copy, not in live.
    record MissingInLive(TableName table, RowKey key, Image copy) implements Difference {
        @Override
        public Optional<Image> inCopy() {
            return Optional.of(copy);
        }

        @Override
        public Optional<Image> inLive() {
            return Optional.empty();
        }

        @Override
        public DifferenceClass kind() {
            return DifferenceClass.MISSING_IN_LIVE;
        }
    }

    /// In both, with another content.
    record Changed(TableName table, RowKey key, Image copy, Image live) implements Difference {
        @Override
        public Optional<Image> inCopy() {
            return Optional.of(copy);
        }

        @Override
        public Optional<Image> inLive() {
            return Optional.of(live);
        }

        @Override
        public DifferenceClass kind() {
            return DifferenceClass.CHANGED;
        }
    }

    /// In live, not in the copy.
    record UnexpectedInLive(TableName table, RowKey key, Image live) implements Difference {
        @Override
        public Optional<Image> inCopy() {
            return Optional.empty();
        }

        @Override
        public Optional<Image> inLive() {
            return Optional.of(live);
        }

        @Override
        public DifferenceClass kind() {
            return DifferenceClass.UNEXPECTED_IN_LIVE;
        }
    }

    /// A difference shown to a person.
    ///
    /// @param key the row
    /// @param kind how it differs
    /// @param anomaly what is wrong with the time of live's version; empty: nothing
    /// @param fields before and after of what differs, in the order of the table
    record Sample(RowKey key, DifferenceClass kind, Optional<TimeAnomaly> anomaly, List<FieldChange> fields) {
        public Sample {
            fields = List.copyOf(fields);
        }

        public Sample(RowKey key, DifferenceClass kind, List<FieldChange> fields) {
            this(key, kind, Optional.empty(), fields);
        }

        /// The same, with what is wrong with its time.
        Sample with(TimeAnomaly found) {
            return new Sample(key, kind, Optional.of(found), fields);
        }
    }
}
