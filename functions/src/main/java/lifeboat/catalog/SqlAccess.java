package lifeboat.catalog;

/// How the content of a SQL database is reached.
///
/// @param database name of the database on the instance
/// @param credentials name of the Secrets Manager secret with `username` and `password`
public record SqlAccess(String database, String credentials) {
    static final Pattern DATABASE =
            new Pattern("[^\\s]{1,63}", "the name of a database, 1 to 63 characters without blanks");
    static final Pattern SECRET =
            new Pattern("[A-Za-z0-9/_+=.@-]{1,512}", "the name of a secret: letters, digits and /_+=.@-");

    public SqlAccess {
        Invalid.unless(DATABASE, "database", database);
        Invalid.unless(SECRET, "credentials", credentials);
    }
}
