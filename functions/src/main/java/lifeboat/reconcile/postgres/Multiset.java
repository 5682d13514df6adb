package lifeboat.reconcile.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;

/// Compares a table without a key: how often each whole row occurs on either side.
final class Multiset {
    private final TableName table;
    private final Consumer<Difference> differences;
    private long copyRows;
    private long liveRows;

    Multiset(TableName table, Consumer<Difference> differences) {
        this.table = table;
        this.differences = differences;
    }

    void run(Side copy, Side live, TableQueries queries) throws SQLException {
        try (CopyRows left = new CopyRows(copy.stream(), queries.multiset());
                CopyRows right = new CopyRows(live.stream(), queries.multiset())) {
            boolean more = left.next();
            boolean moreLive = right.next();
            while (more || moreLive) {
                int order = !more ? 1 : !moreLive ? -1 : Arrays.compareUnsigned(left.bytes(0), right.bytes(0));
                emit(order, left, right);
                more = order <= 0 ? left.next() : more;
                moreLive = order >= 0 ? right.next() : moreLive;
            }
        }
    }

    private void emit(int order, CopyRows left, CopyRows right) {
        copyRows += order <= 0 ? left.longAt(1) : 0;
        liveRows += order >= 0 ? right.longAt(1) : 0;
        if (order < 0) {
            Image image = image(left);
            differences.accept(new Difference.MissingInLive(table, RowKey.of(image.digest()), image));
        } else if (order > 0) {
            Image image = image(right);
            differences.accept(new Difference.UnexpectedInLive(table, RowKey.of(image.digest()), image));
        } else if (left.longAt(1) != right.longAt(1)) {
            Image image = image(left);
            differences.accept(new Difference.Changed(table, RowKey.of(image.digest()), image, image(right)));
        }
    }

    private static Image image(CopyRows row) {
        return new Image(
                new String(row.bytes(0), StandardCharsets.US_ASCII),
                row.longAt(1),
                Lookup.instant(row, 2),
                Optional.empty(),
                Lookup.instant(row, 3));
    }

    long copyRows() {
        return copyRows;
    }

    long liveRows() {
        return liveRows;
    }
}
