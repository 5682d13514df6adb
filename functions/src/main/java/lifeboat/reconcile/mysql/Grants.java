package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the user may do on the whole database that is connected to, by what the server says of its grants: only what is
/// spelled out, for the user, for a role in use or for everyone, counts.
///
/// @param database the one that is connected to
/// @param literal whether names of databases in grants are no patterns, as on a server with partial revokes
/// @param user name and host that the grants are for
/// @param grants on all databases or on some
/// @param revokes exceptions on some databases from what is granted on all
/// @see <a href="https://dev.mysql.com/doc/refman/8.0/en/partial-revokes.html">Partial revokes</a>
/// @see <a href="https://mariadb.com/kb/en/show-grants/">SHOW GRANTS</a>
record Grants(String database, boolean literal, String user, List<Grant> grants, List<Grant> revokes) {
    /// A server that was started without its grant tables: everyone may do everything.
    private static final int WITHOUT_GRANTS = 1290;

    private static final String NAME = "`(?:[^`]|``)*`";

    private static final Pattern LINE = Pattern.compile(
            "(GRANT|REVOKE) (.*?) ON (?:(\\*)|(%1$s))\\.\\* (?:TO|FROM) (%1$s(?:@%1$s)?|PUBLIC\\b).*".formatted(NAME));

    /// The part of a grant that matters here.
    ///
    /// @param rights what is granted
    /// @param on name or pattern of a database; empty: all
    record Grant(Set<String> rights, Optional<String> on) {
        boolean gives(String right) {
            return rights.contains("ALL PRIVILEGES") || rights.contains(right);
        }
    }

    Grants {
        grants = List.copyOf(grants);
        revokes = List.copyOf(revokes);
    }

    static Grants read(Connection connection) throws SQLException {
        String database = MySqlEndpoint.one(connection, "SELECT DATABASE()");
        String user = MySqlEndpoint.one(connection, "SELECT CURRENT_USER()");
        Set<String> grantees = Set.of(user, "PUBLIC", role(connection));
        List<Grant> grants = new ArrayList<>();
        List<Grant> revokes = new ArrayList<>();
        for (String line : lines(connection)) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches() && grantees.contains(grantee(parts.group(5)))) {
                Grant grant = new Grant(
                        Set.copyOf(Arrays.asList(parts.group(2).split(", ", -1))),
                        Optional.ofNullable(parts.group(4)).map(Grants::unquoted));
                (parts.group(1).equals("GRANT") ? grants : revokes).add(grant);
            }
        }
        return new Grants(database, partialRevokes(connection), user, grants, revokes);
    }

    private static List<String> lines(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GRANTS")) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != WITHOUT_GRANTS) {
                throw e;
            }
            lines.add("GRANT ALL PRIVILEGES ON *.* TO PUBLIC");
        }
        return lines;
    }

    /// MySQL counts the rights of its roles in use as the user's own, MariaDB lists those of each role.
    private static String role(Connection connection) throws SQLException {
        return MySqlEndpoint.one(connection, "SELECT VERSION()").contains("MariaDB")
                ? "role " + MySqlEndpoint.one(connection, "SELECT CURRENT_ROLE()")
                : "role";
    }

    private static boolean partialRevokes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW VARIABLES LIKE 'partial_revokes'")) {
            return row.next() && row.getString(2).equals("ON");
        }
    }

    /// `user@host`, `role NAME` or `PUBLIC`.
    private static String grantee(String quoted) {
        int at = quoted.indexOf("`@`");
        if (at >= 0) {
            return unquoted(quoted.substring(0, at + 1)) + "@" + unquoted(quoted.substring(at + 2));
        }
        return quoted.startsWith("`") ? "role " + unquoted(quoted) : quoted;
    }

    private static String unquoted(String name) {
        return name.substring(1, name.length() - 1).replace("``", "`");
    }

    /// What the same user may do on another database.
    Grants on(String other) {
        return new Grants(other, literal, user, grants, revokes);
    }

    /// Whether a right holds for every table of every database.
    boolean haveEverywhere(String right) {
        return isOnAll(right) && revokes.stream().noneMatch(revoke -> revoke.gives(right));
    }

    private boolean isOnAll(String right) {
        return grants.stream().anyMatch(grant -> grant.on().isEmpty() && grant.gives(right));
    }

    /// Whether a right holds for every table of the database, those that nobody told of among them. Where grants on the
    /// database differ the server takes the most precise one, so all of them must give it.
    boolean have(String right) {
        List<Grant> here = grants.stream()
                .filter(grant -> grant.on().filter(this::isHere).isPresent())
                .toList();
        boolean revoked = revokes.stream()
                .anyMatch(revoke -> revoke.on().filter(this::isHere).isPresent() && revoke.gives(right));
        boolean granted = !here.isEmpty() && here.stream().allMatch(grant -> grant.gives(right));
        return granted || (isOnAll(right) && !revoked);
    }

    private boolean isHere(String on) {
        return on.equals(database) || on.replaceAll("\\\\([_%])", "$1").equals(database) || isLike(on);
    }

    private boolean isLike(String on) {
        return !literal && pattern(on).matcher(database).matches();
    }

    /// `%` is any text, `_` any character, `\` before one takes it as it is.
    private static Pattern pattern(String on) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < on.length(); i++) {
            char one = on.charAt(i);
            if (one == '\\' && i + 1 < on.length()) {
                regex.append(Pattern.quote(on.substring(++i, i + 1)));
            } else {
                regex.append(one == '%' ? ".*" : one == '_' ? "." : Pattern.quote(Character.toString(one)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /// The statement that gives a right.
    String cure(String right) {
        int at = user.lastIndexOf('@');
        return "GRANT %s ON %s.* TO '%s'@'%s'"
                .formatted(right, RowText.name(database), user.substring(0, at), user.substring(at + 1));
    }
}
