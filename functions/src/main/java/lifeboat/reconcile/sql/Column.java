package lifeboat.reconcile.sql;

/// A column of a table.
///
/// @param name as the database spells it
/// @param type the declared type, with its modifiers: `numeric(10,2)`
/// @param baseType bare name of the type below all domains: `int8`, `text`; what a hash is chosen by
/// @param notNull whether it can hold no NULL
/// @param generation how its value comes about
/// @param equality the operator by which two values are equal, where the search path would not find it; else `=`
public record Column(
        String name, String type, String baseType, boolean notNull, Generation generation, String equality) {
    /// A column whose values are compared by `=`.
    public Column(String name, String type, String baseType, boolean notNull, Generation generation) {
        this(name, type, baseType, notNull, generation, "=");
    }

    /// How the value of a column comes about.
    public enum Generation {
        /// As written, or by a default.
        PLAIN,
        /// An identity that takes no written value unless told to.
        IDENTITY_ALWAYS,
        /// Computed from other columns: follows them, so it is neither compared nor written.
        COMPUTED
    }

    /// Whether it is compared and written.
    public boolean carriesData() {
        return generation != Generation.COMPUTED;
    }
}
