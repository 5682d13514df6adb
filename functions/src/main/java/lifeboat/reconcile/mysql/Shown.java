package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.FieldChange;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// Shows a difference with before and after.
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static Difference.Sample sample(Connection copy, Connection live, TablePair table, Difference difference)
            throws SQLException {
        List<FieldChange> fields = new ArrayList<>();
        if (table.hasKey()) {
            fields.addAll(fields(
                    table.columns(),
                    new KeyedRows(copy, table).version(difference.key()),
                    new KeyedRows(live, table).version(difference.key())));
        } else {
            fields.add(new FieldChange(
                    "(equal rows)", Optional.of(count(difference.inCopy())), Optional.of(count(difference.inLive()))));
        }
        return new Difference.Sample(difference.key(), difference.kind(), fields);
    }

    private static List<FieldChange> fields(List<Column> columns, RowVersion copy, RowVersion live) {
        List<FieldChange> fields = new ArrayList<>();
        if (copy.obstacle().isPresent() || live.obstacle().isPresent()) {
            return List.of(new FieldChange("(whole row)", whole(copy), whole(live)));
        }
        for (int i = 0; i < columns.size(); i++) {
            Optional<String> before = part(columns.get(i), copy.text(), i);
            Optional<String> after = part(columns.get(i), live.text(), i);
            if (!before.equals(after)) {
                fields.add(new FieldChange(columns.get(i).name(), before, after));
            } else if (copy.uncarried().contains(i) || live.uncarried().contains(i)) {
                fields.add(new FieldChange(columns.get(i).name(), before.map(Shown::typed), after.map(Shown::typed)));
            }
        }
        return fields;
    }

    /// Equal texts of JSON whose values can be of other types; which ones is not shown.
    private static String typed(String text) {
        return text + " (types of values may differ)";
    }

    private static Optional<String> whole(RowVersion version) {
        return version.digest().map(digest -> "too large to be shown");
    }

    private static Optional<String> part(Column column, Optional<String> row, int at) {
        return row.flatMap(text -> RowText.parts(text).get(at))
                .map(part -> RowText.shown(column, part))
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...");
    }

    private static String count(Optional<Image> image) {
        return Long.toString(image.map(Image::copies).orElse(0L));
    }
}
