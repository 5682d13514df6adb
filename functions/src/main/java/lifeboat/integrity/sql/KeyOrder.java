package lifeboat.integrity.sql;

import java.util.List;

/// The order in which rows of both tables come, the same for the database and for us.
///
/// Whole numbers are ordered as numbers and use the key's index; all other types by the bytes of their text, whatever
/// the collation of the column.
///
/// @param columns of the key
record KeyOrder(List<Table.Column> columns) {
    /// What the table is called in the query.
    static final String TABLE = "ordered";

    /// What `order by` says.
    String by() {
        return String.join(", ", columns.stream().map(KeyOrder::by).toList());
    }

    /// Less than zero where the key of `a` comes first.
    int compare(List<String> a, List<String> b) {
        for (var i = 0; i < columns.size(); i++) {
            var order = whole(columns.get(i))
                    ? Long.compare(Long.parseLong(a.get(i)), Long.parseLong(b.get(i)))
                    : bytes(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// Qualified, since a bare name would mean what is selected under it, which is text.
    private static String by(Table.Column column) {
        var qualified = "%s.%s".formatted(TABLE, column.name());
        return whole(column) || column.type().equals("uuid")
                ? qualified
                : "%s::text collate \"C\"".formatted(qualified);
    }

    private static boolean whole(Table.Column column) {
        return switch (column.type()) {
            case "smallint", "integer", "bigint" -> true;
            default -> false;
        };
    }

    /// The order of the UTF-8 bytes is that of the code points, which Java's own order of strings is not.
    private static int bytes(String a, String b) {
        var length = Math.min(a.length(), b.length());
        for (var i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Character.isSurrogate(a.charAt(i)) == Character.isSurrogate(b.charAt(i))
                        ? Character.compare(a.charAt(i), b.charAt(i))
                        : Character.isSurrogate(a.charAt(i)) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
