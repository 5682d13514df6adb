package lifeboat.reconcile.mysql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.TablePair;

/// Hands differences on in the order of the key, for the sake of whoever reads or repairs them: run by run where they
/// are many.
final class InKeyOrder implements Consumer<Difference> {
    private static final int MOST = 100_000;
    private final Comparator<RowKey> order;
    private final Consumer<Difference> next;
    private final List<Difference> waiting = new ArrayList<>();

    InKeyOrder(TablePair table, Consumer<Difference> next) {
        this.order = order(table);
        this.next = next;
    }

    /// Numbers as numbers, anything else by its text.
    static Comparator<RowKey> order(TablePair table) {
        Comparator<RowKey> order = (_, _) -> 0;
        for (int i = 0; i < Math.max(1, table.key().size()); i++) {
            int at = i;
            order = order.thenComparing(
                    table.hasKey() && RowText.isNumber(table.key().get(i))
                            ? Comparator.comparing(
                                    key -> new BigDecimal(key.parts().get(at)))
                            : Comparator.comparing(key -> key.parts().get(at)));
        }
        return order;
    }

    @Override
    public void accept(Difference difference) {
        waiting.add(difference);
        if (waiting.size() == MOST) {
            flush();
        }
    }

    /// Hands on what waits; called once more at the end.
    void flush() {
        waiting.sort(Comparator.comparing(Difference::key, order));
        waiting.forEach(next);
        waiting.clear();
    }
}
