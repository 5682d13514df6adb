package lifeboat.reconcile.flow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Resource;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.restore.CopyName;

/// The ways to a restored copy and its live resource, side by side.
public interface Sides {
    /// Opens both for reading.
    ///
    /// @param tables only these; empty: all
    /// @param explainedBy column or attribute with the time of the last write; empty: none
    /// @param purges rules whose columns are read as well
    /// @throws lifeboat.catalog.Invalid where the resource is of no store that can be compared
    Comparison comparison(
            Resource resource,
            CopyName copy,
            Set<TableName> tables,
            Optional<String> explainedBy,
            List<PurgeRule> purges);

    /// Opens the copy for reading and live for writing.
    ///
    /// @param lease the right to repair, where the store has no lock of its own
    Repairs repairs(Resource resource, CopyName copy, Set<TableName> tables, Triggers triggers, RepairLease lease);

    /// The table that a person means.
    TableName table(Resource resource, String typed);
}
