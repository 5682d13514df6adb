package lifeboat.reconcile.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// The statements that read and write some rows of one table by their key.
///
/// Rows come as parameters: one text array a key column, in `g.k1, g.k2, ...`, numbered by `g.at`.
final class RowQueries {
    private final TablePair table;

    RowQueries(TablePair table) {
        this.table = table;
    }

    /// Number, and something of the row.
    String read(String what) {
        return "SELECT g.at, %s FROM %s JOIN ONLY %s AS t ON %s".formatted(what, given(), from(), byKey());
    }

    /// Holds the rows against every other writer.
    String lock(boolean forDelete) {
        return "SELECT count(*) FROM (SELECT 1 FROM %s JOIN ONLY %s AS t ON %s FOR %s OF t) AS s"
                .formatted(given(), from(), byKey(), forDelete ? "UPDATE" : "NO KEY UPDATE");
    }

    /// Inserts whole rows, given as one more text array; returns the key parts of those that went in.
    ///
    /// @param leavesTaken whether a row whose unique values are taken is left out; else it fails the statement
    String insert(boolean leavesTaken) {
        return insert("", leavesTaken);
    }

    /// The same, as a step of one statement that begins when another step has ended.
    String insertAfter(String step) {
        return insert(", %1$s WHERE %1$s.n >= 0".formatted(step), true);
    }

    private String insert(String when, boolean leavesTaken) {
        return "INSERT INTO %s AS t (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM (%s) AS x%s %s RETURNING %s"
                .formatted(
                        from(),
                        names(table.columns()),
                        values(table.columns()),
                        rows(),
                        when,
                        leavesTaken && !table.deferrable() ? "ON CONFLICT DO NOTHING" : "",
                        keyArray("t"));
    }

    /// Inserts a row as often as there are texts.
    String insertAll() {
        return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM (SELECT u.line::%s AS v FROM unnest(?::text[]) AS u(line) OFFSET 0) AS x"
                .formatted(from(), names(table.columns()), values(table.columns()), from());
    }

    /// Changes rows to whole rows, given as one more text array; returns the key parts of those that were changed.
    String update() {
        return update("", "");
    }

    /// The same, as a step of one statement that begins when another step has ended.
    String updateAfter(String step) {
        return update(", " + step, " AND %s.n >= 0".formatted(step));
    }

    private String update(String with, String when) {
        String sets = settable().stream()
                .map(column -> Quote.name(column.name()) + " = (g.v)." + Quote.name(column.name()))
                .collect(Collectors.joining(", "));
        return "UPDATE ONLY %s AS t SET %s FROM (%s) AS g%s WHERE %s%s RETURNING %s"
                .formatted(from(), sets, rows(), with, byKey(), when, keyArray("t"));
    }

    /// Deletes rows; returns the key parts of those that were deleted.
    String delete() {
        return "DELETE FROM ONLY %s AS t USING %s WHERE %s RETURNING %s"
                .formatted(from(), given(), byKey(), keyArray("t"));
    }

    /// Numbers of the rows that other rows refer to by a foreign key.
    String referred(ForeignKey key) {
        return "SELECT g.at FROM %s JOIN ONLY %s AS t ON %s WHERE EXISTS (SELECT 1 FROM %s AS c WHERE %s)"
                .formatted(given(), from(), byKey(), Quote.table(key.child()), refers(key, "c", "t"));
    }

    /// Numbers of the rows that other rows refer to by a foreign key, with the key parts of each such row.
    String children(ForeignKey key, RowQueries children) {
        return "SELECT g.at, %s FROM %s JOIN ONLY %s AS t ON %s JOIN ONLY %s AS c ON %s"
                .formatted(children.keyArray("c"), given(), from(), byKey(), children.from(), refers(key, "c", "t"));
    }

    /// Numbers of rows, given with what they will be, that others refer to by a value that they will lose.
    String referredByOldValues(ForeignKey key) {
        String lost = key.parentColumns().stream()
                .map(Quote::name)
                .map(column -> "ROW(t.%1$s)::text <> ROW((g.v).%1$s)::text".formatted(column))
                .collect(Collectors.joining(" OR ", "(", ")"));
        return "SELECT g.at FROM (%s) AS g JOIN ONLY %s AS t ON %s WHERE %s AND EXISTS (SELECT 1 FROM %s AS c WHERE %s)"
                .formatted(rows(), from(), byKey(), lost, Quote.table(key.child()), refers(key, "c", "t"));
    }

    static String refers(ForeignKey key, String child, String parent) {
        return IntStream.range(0, key.childColumns().size())
                .mapToObj(i -> "%s.%s %s %s.%s"
                        .formatted(
                                parent,
                                Quote.name(key.parentColumns().get(i)),
                                key.equalities().get(i),
                                child,
                                Quote.name(key.childColumns().get(i))))
                .collect(Collectors.joining(" AND "));
    }

    /// Columns that an UPDATE may set: an identity that takes no written value is left out.
    private List<Column> settable() {
        return table.columns().stream()
                .filter(column -> column.generation() != Column.Generation.IDENTITY_ALWAYS)
                .toList();
    }

    boolean canUpdate() {
        return !settable().isEmpty();
    }

    private String from() {
        return Quote.table(table.name());
    }

    private String given() {
        return "unnest(%s) WITH ORDINALITY AS g(%s, at)".formatted(arrays(), keyNames());
    }

    private String rows() {
        return "SELECT u.*, u.line::%s AS v FROM unnest(%s, ?::text[]) WITH ORDINALITY AS u(%s, line, at) OFFSET 0"
                .formatted(from(), arrays(), keyNames());
    }

    private String arrays() {
        return table.key().stream().map(column -> "?::text[]").collect(Collectors.joining(", "));
    }

    private String keyNames() {
        return IntStream.rangeClosed(1, table.key().size())
                .mapToObj(i -> "k" + i)
                .collect(Collectors.joining(", "));
    }

    /// By the database's own equality, which finds the index, and by the exact text, which tells `a` from `A`.
    private String byKey() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            Column column = table.key().get(i);
            parts.add("t.%s %s CAST(g.k%d AS %s)"
                    .formatted(Quote.name(column.name()), column.equality(), i + 1, column.type()));
            if (!TableQueries.isWholeNumber(column)) {
                parts.add(
                        "(%s) COLLATE \"C\" = g.k%d COLLATE \"C\"".formatted(TableQueries.keyPart("t", column), i + 1));
            }
        }
        return String.join(" AND ", parts);
    }

    private String keyArray(String alias) {
        return table.key().stream()
                .map(column -> TableQueries.keyPart(alias, column) + "::text")
                .collect(Collectors.joining(", ", "ARRAY[", "]"));
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(column -> Quote.name(column.name())).collect(Collectors.joining(", "));
    }

    private static String values(List<Column> columns) {
        return columns.stream()
                .map(column -> "(x.v)." + Quote.name(column.name()))
                .collect(Collectors.joining(", "));
    }
}
