package lifeboat.catalog;

/// The form that a text must have, and how that is said to a person.
///
/// @param regex matches the whole text; only what Java and ECMA regular expressions share, so that editors can use it
/// @param allowed what is allowed, in words
record Pattern(String regex, String allowed) {
    private static final int LONGEST = 20_000;

    boolean fits(String text) {
        return text.length() <= LONGEST && text.matches(regex);
    }
}
