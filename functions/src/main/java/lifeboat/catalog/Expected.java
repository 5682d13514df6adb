package lifeboat.catalog;

/// The value that a query of the environment file must give, by its type: the text `null` is not NULL, and the text
/// `true` is no boolean.
public sealed interface Expected {
    /// A text, which the file quotes where it would read it as anything else.
    record Text(String value) implements Expected {
        @Override
        public String toString() {
            return unquoted(value) instanceof Text ? value : "\"" + value + "\"";
        }
    }

    /// A number, digit by digit: 1.50 is not 1.5.
    record Digits(String digits) implements Expected {
        /// How JSON writes a number: what YAML takes for one in another form is a text.
        static final String FORM = "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";

        @Override
        public String toString() {
            return digits;
        }
    }

    /// A boolean.
    record Truth(boolean value) implements Expected {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /// NULL.
    record Nothing() implements Expected {
        @Override
        public String toString() {
            return "null";
        }
    }

    /// What YAML takes for a number.
    static Expected number(String scalar) {
        return scalar.matches(Digits.FORM) ? new Digits(scalar) : new Text(scalar);
    }

    /// What stands unquoted in a file.
    static Expected unquoted(String scalar) {
        return switch (scalar) {
            case "null" -> new Nothing();
            case "true" -> new Truth(true);
            case "false" -> new Truth(false);
            default -> number(scalar);
        };
    }
}
