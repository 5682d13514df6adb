package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// A table, or a key range of a big one: what one Lambda invocation compares.
///
/// @param table the table
/// @param range of its first key column; empty: the whole table
record Piece(TablePair table, Optional<IntegerRange> range) {
    /// The piece that tells what cannot be compared.
    static final Segment STRUCTURE = new Segment("structure");

    private static final String KEYS = " keys ";

    /// 32 GB of heap: some minutes of scanning.
    private static final long MOST_PAGES = 1L << 22;

    /// The pieces of a table. Only a table with a whole number as the first part of its key can be cut.
    static List<Piece> cut(TablePair table, Side live) throws SQLException {
        int parts = (int) (table.pages() / MOST_PAGES) + 1;
        if (parts == 1
                || !table.hasKey()
                || !TableQueries.isWholeNumber(table.key().getFirst())) {
            return List.of(new Piece(table, Optional.empty()));
        }
        Column column = table.key().getFirst();
        String name = "t." + Quote.name(column.name());
        String from = " FROM ONLY " + Quote.table(table.name()) + " AS t";
        String smallest = Side.one(live.lookup(), "SELECT coalesce(min(" + name + "), 0)" + from);
        String biggest = Side.one(live.lookup(), "SELECT coalesce(max(" + name + "), 0)" + from);
        return IntegerRange.split(Long.parseLong(smallest), Long.parseLong(biggest), parts).stream()
                .map(range -> new Piece(table, Optional.of(range)))
                .toList();
    }

    /// The range of a table that a label names; empty: it is of another form, or names no such table.
    static Optional<Piece> labelled(String label, List<TablePair> tables) {
        int keys = label.lastIndexOf(KEYS);
        if (keys < 0) {
            return Optional.empty();
        }
        Optional<IntegerRange> range = IntegerRange.parse(label.substring(keys + KEYS.length()));
        return tables.stream()
                .map(table -> new Piece(table, range))
                .filter(piece -> range.isPresent() && piece.label().equals(label))
                .findFirst();
    }

    /// Unique, and readable: quoted only where the name needs it.
    String label() {
        String name = table.name().schema() + "." + table.name().name();
        String shown = name.matches("[A-Za-z0-9_$]+\\.[A-Za-z0-9_$]+") ? name : Quote.table(table.name());
        return shown + range.map(part -> KEYS + part).orElse("");
    }
}
