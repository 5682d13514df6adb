package lifeboat.integrity.sql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lifeboat.catalog.Expected;
import lifeboat.integrity.WriteTime;
import org.postgresql.core.Parser;

/// The one value that a query of the environment file gives.
///
/// The query is executed alone, in a transaction that the database keeps from writing: whatever it says, it can only
/// read. The driver would send several statements one by one, and one of them could end the transaction, so that more
/// than one is refused.
final class SingleValue {
    private static final Pattern COUNT =
            Pattern.compile("\\s*select\\s+count\\s*\\(.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "oid");

    private SingleValue() {}

    /// Whether the value is what is expected, by its type, and what it is.
    static Answer compare(Snapshot database, String query, Expected expected) {
        return read(database, query, row -> compare(row, query, expected));
    }

    /// A value beside what was expected.
    ///
    /// @param seen as a person reads it: with its type where that is not the expected one
    record Answer(boolean asExpected, String seen) {}

    /// The value as a time.
    ///
    /// @return empty where the value is null
    /// @throws Unreadable where it is something else than a time
    static Optional<Instant> time(Snapshot database, String query) {
        return read(database, query, SingleValue::asTime);
    }

    private static <T> T read(Snapshot database, String query, Snapshot.Reader<T> reader) {
        alone(query);
        try (var statement = database.connection().createStatement();
                var answer = statement.executeQuery(query)) {
            if (answer.getMetaData().getColumnCount() != 1) {
                throw new Unreadable("the query gives %d columns: one value is needed"
                        .formatted(answer.getMetaData().getColumnCount()));
            }
            if (!answer.next()) {
                throw new Unreadable("the query gives no row: one value is needed");
            }
            var value = reader.read(answer);
            if (answer.next()) {
                throw new Unreadable("the query gives more than one row: one value is needed");
            }
            return value;
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    private static void alone(String query) {
        try {
            var statements =
                    Parser.parseJdbcSql(query, true, false, true, false, true).size();
            if (statements != 1) {
                throw new Unreadable("the query holds %d statements: one is needed".formatted(statements));
            }
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    private static Answer compare(ResultSet row, String query, Expected expected) throws SQLException {
        var text = row.getString(1);
        if (text == null) {
            return new Answer(expected instanceof Expected.Nothing, "NULL");
        }
        var type = row.getMetaData().getColumnTypeName(1);
        var value = type.equals("bool") ? Boolean.toString(row.getBoolean(1)) : text;
        var ofItsType = switch (expected) {
            case Expected.Nothing _ -> false;
            case Expected.Truth _ -> type.equals("bool");
            case Expected.Digits _ -> NUMBERS.contains(type);
            case Expected.Text _ -> !type.equals("bool") && !NUMBERS.contains(type);
        };
        var wanted = switch (expected) {
            case Expected.Nothing _ -> "";
            case Expected.Truth(var truth) -> Boolean.toString(truth);
            case Expected.Digits(var digits) -> digits;
            case Expected.Text(var words) -> words;
        };
        var asExpected = ofItsType && value.equals(wanted);
        var shown = isFigure(type, query, asExpected) ? figure(type, value, ofItsType) : unread(type, value);
        return new Answer(asExpected, shown);
    }

    /// A truth, a count and the number that the environment file names are figures. Anything else may be what a row
    /// holds: a card's number, what a customer wrote.
    private static boolean isFigure(String type, String query, boolean asExpected) {
        return type.equals("bool")
                || (NUMBERS.contains(type)
                        && (asExpected || COUNT.matcher(query).matches()));
    }

    private static String figure(String type, String value, boolean ofItsType) {
        return ofItsType ? value : "%s %s".formatted(type, value);
    }

    private static String unread(String type, String value) {
        return "%s of length %,d".formatted(type, value.length());
    }

    private static Optional<Instant> asTime(ResultSet row) throws SQLException {
        if (row.getString(1) == null) {
            return Optional.empty();
        }
        var time = switch (row.getMetaData().getColumnTypeName(1)) {
            case "timestamptz" ->
                Optional.of(row.getObject(1, OffsetDateTime.class).toInstant());
            case "timestamp" ->
                Optional.of(row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC));
            case "date" ->
                Optional.of(row.getObject(1, LocalDate.class)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
            case "int2", "int4", "int8", "numeric" -> WriteTime.ofNumber(new BigDecimal(row.getString(1)));
            default -> WriteTime.ofText(row.getString(1));
        };
        if (time.isEmpty()) {
            throw new Unreadable("the query gives a %s that is no time of a write"
                    .formatted(row.getMetaData().getColumnTypeName(1)));
        }
        return time;
    }
}
