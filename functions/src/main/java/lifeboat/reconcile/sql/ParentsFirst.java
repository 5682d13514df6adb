package lifeboat.reconcile.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lifeboat.reconcile.TableName;

/// Orders tables so that a table comes after those it refers to; inside a circle, by name.
public final class ParentsFirst {
    private final Collection<ForeignKey> keys;
    private final Set<TableName> ordered = new LinkedHashSet<>();
    private final Set<TableName> visiting = new HashSet<>();

    private ParentsFirst(Collection<ForeignKey> keys) {
        this.keys = keys;
    }

    /// All the tables, parents first.
    public static List<TableName> order(Collection<TableName> tables, Collection<ForeignKey> keys) {
        var order = new ParentsFirst(keys);
        tables.stream().sorted().forEach(order::visit);
        order.ordered.retainAll(new HashSet<>(tables));
        return List.copyOf(order.ordered);
    }

    private void visit(TableName table) {
        if (ordered.contains(table) || !visiting.add(table)) {
            return;
        }
        List<TableName> parents = new ArrayList<>();
        keys.stream().filter(key -> key.child().equals(table)).forEach(key -> parents.add(key.parent()));
        parents.stream().sorted().forEach(this::visit);
        ordered.add(table);
    }
}
