package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.sql.TablePair;

/// A table, or a range of keys of a big one: what one Lambda invocation compares.
///
/// @param table the table
/// @param keys its range, as the label shows it; empty: the whole table
record Piece(TablePair table, Optional<String> keys) {
    /// The piece that tells what cannot be compared.
    static final Segment STRUCTURE = new Segment("structure");

    private static final String KEYS = " keys ";

    /// The piece that a label names, whatever the table would be cut into by now; empty: there is no such table.
    static Optional<Piece> labelled(String label, List<TablePair> tables) {
        return tables.stream()
                .filter(table -> label.equals(name(table)) || label.startsWith(name(table) + KEYS))
                .map(table -> new Piece(
                        table,
                        Optional.of(label.substring(name(table).length()))
                                .filter(rest -> !rest.isEmpty())
                                .map(rest -> rest.substring(KEYS.length()))))
                .findFirst();
    }

    /// Unique, and readable: quoted only where the name needs it.
    String label() {
        return name(table) + keys.map(range -> KEYS + range).orElse("");
    }

    private static String name(TablePair table) {
        String name = table.name().name();
        return name.matches("[A-Za-z0-9_$]+") && !name.equals(STRUCTURE.label()) ? name : RowText.name(name);
    }

    /// Which rows are in it, on both sides alike.
    ///
    /// @throws SQLException when the sides do not order keys alike, or do not understand a bound
    String condition(Connection copy, Connection live) throws SQLException {
        if (keys.isEmpty()) {
            return "TRUE";
        }
        List<KeyKind> kinds = KeyKind.of(live, table);
        List<KeyKind> others = KeyKind.of(copy, table);
        KeySpan span = span(kinds);
        int columns = Math.max(span.from().size(), span.to().size());
        if (others.size() < columns || !kinds.subList(0, columns).equals(others.subList(0, columns))) {
            throw new SQLException("the sides do not order the keys of %s alike any more".formatted(table.name()));
        }
        for (Connection side : List.of(copy, live)) {
            understood(side, span.from(), kinds);
            understood(side, span.to(), kinds);
        }
        return span.condition(table.key(), kinds);
    }

    private KeySpan span(List<KeyKind> kinds) throws SQLException {
        try {
            return KeySpan.parse(keys.orElseThrow(), kinds)
                    .orElseThrow(
                            () -> new SQLException("a piece of %s names no range of keys".formatted(table.name())));
        } catch (IllegalArgumentException e) {
            throw new SQLException("a piece of %s names no range of keys".formatted(table.name()), e);
        }
    }

    /// A bound that became NULL would leave out rows of both sides, and nobody would see it.
    private static void understood(Connection side, List<String> bound, List<KeyKind> kinds) throws SQLException {
        for (int i = 0; i < bound.size(); i++) {
            String known = MySqlEndpoint.one(
                    side, "SELECT %s IS NOT NULL".formatted(kinds.get(i).literal(bound.get(i))));
            if (!known.equals("1")) {
                throw new SQLException("the server does not take a bound of the piece for a key");
            }
        }
    }
}
