package lifeboat.reconcile.memory;

import java.util.Optional;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.Rules;

/// A store on a real engine, with a copy beside it.
public interface EngineStore extends Store {
    /// Both sides, to compare them.
    Comparison comparison(Rules rules);

    /// The writing side, in a process that can be killed.
    Repairs repairs(Mortal process);

    /// A key as [MemoryRow#key] has it; empty where the engine names rows of that table by something else.
    Optional<RowKey> key(MemoryTable table, RowKey key);

    /// Whether it can always tell later whether a write happened whose answer was lost.
    boolean knowsFates();
}
