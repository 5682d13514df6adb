package lifeboat.catalog;

import java.util.Optional;

/// How the content of a SQL database is reached.
///
/// @param database name of the database on the instance
/// @param credentials name of the Secrets Manager secret with `username` and `password`
/// @param readCredentials the same of a user who can only read, for all that only read; absent: they log in as the
/// first
public record SqlAccess(String database, String credentials, Optional<String> readCredentials) {
    static final Pattern DATABASE =
            new Pattern("[^\\s]{1,63}", "the name of a database, 1 to 63 characters without blanks");
    static final Pattern SECRET =
            new Pattern("[A-Za-z0-9/_+=.@!-]{1,512}", "the name of a secret: letters, digits and /_+=.@-!");

    public SqlAccess {
        Invalid.unless(DATABASE, "database", database);
        Invalid.unless(SECRET, "credentials", credentials);
        readCredentials.ifPresent(secret -> Invalid.unless(SECRET, "readCredentials", secret));
    }

    /// With one user for all.
    public SqlAccess(String database, String credentials) {
        this(database, credentials, Optional.empty());
    }

    /// The secret of whoever only reads.
    public String readingCredentials() {
        return readCredentials.orElse(credentials);
    }
}
