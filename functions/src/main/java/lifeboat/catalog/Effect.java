package lifeboat.catalog;

/// What this version does with a key of the environment file.
///
/// @param extent whether anything reads it
/// @param why what is missing, as the rest of a sentence; empty: nothing is
public record Effect(Extent extent, String why) {
    /// How much of what a key asks for is done.
    public enum Extent {
        /// All of it.
        WHOLE("in effect"),
        /// Some of it.
        PART("in effect in part"),
        /// None of it: the key is checked and then put aside.
        NONE("not in effect yet");

        private final String label;

        Extent(String label) {
            this.label = label;
        }

        /// As a person calls it.
        public String label() {
            return label;
        }
    }

    /// Of a key that something reads.
    static final Effect WHOLE = new Effect(Extent.WHOLE, "");

    static Effect part(String why) {
        return new Effect(Extent.PART, why);
    }

    static Effect none(String why) {
        return new Effect(Extent.NONE, why);
    }

    /// The same as a sentence of its own.
    String sentence() {
        return Character.toUpperCase(told().charAt(0)) + told().substring(1) + ".";
    }

    /// The extent and what is missing, `not in effect yet: no message goes to a chat`.
    public String told() {
        return extent.label() + ": " + why;
    }
}
