package lifeboat.integrity.sql;

import java.sql.SQLException;

/// A database that could not be read, in its own words. What depends on it is inconclusive.
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }

    Unreadable(SQLException cause) {
        super(inOneLine(cause), cause);
    }

    /// The driver says where in the query it went wrong, and what would help, on lines of their own.
    private static String inOneLine(SQLException cause) {
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
