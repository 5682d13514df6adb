package lifeboat.reconcile.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.sql.Column;

/// Values of `enum` and `set` as the server stores them, by number: the empty text of an `enum` can be a member or a
/// value that was none, and that of a `set` can be a member or no member at all.
final class Choices {
    private static final Pattern MEMBER = Pattern.compile("'((?:[^']|'')*)'");

    private Choices() {}

    static boolean is(Column column) {
        return column.baseType().equals("enum") || column.baseType().equals("set");
    }

    /// The number as digits.
    static String number(String value) {
        return "CAST(CAST(%s AS UNSIGNED) AS CHAR)".formatted(value);
    }

    /// What a person knows it by.
    static String shown(Column column, String number) {
        List<String> members = new ArrayList<>();
        MEMBER.matcher(column.type())
                .results()
                .forEach(member -> members.add(member.group(1).replace("''", "'")));
        long value = Long.parseUnsignedLong(number);
        if (value == 0) {
            return "(no member)";
        }
        if (column.baseType().equals("set")) {
            return IntStream.range(0, members.size())
                    .filter(i -> (value >>> i & 1) == 1)
                    .mapToObj(members::get)
                    .collect(Collectors.joining(","));
        }
        return value > members.size() ? number : members.get((int) value - 1);
    }
}
