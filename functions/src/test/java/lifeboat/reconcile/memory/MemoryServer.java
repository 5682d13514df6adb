package lifeboat.reconcile.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Written;

/// The server of live, which outlives the processes that talk to it. It remembers what was committed, for the oracle.
///
/// @param habits what kind of store it is
record MemoryServer(MemorySide live, Habits habits, Memory memory) {
    MemoryServer(MemorySide live, Habits habits) {
        this(live, habits, new Memory());
    }

    /// What kind of store it is.
    ///
    /// @param transactions whether a batch is there as a whole or not at all; if not, rows answer one by one
    /// @param remembersFates whether it can tell later how a transaction ended
    /// @param together whether it can write rows of several tables at once
    /// @param batchRows how many rows fit a batch
    /// @param rewritten rows that a trigger turns into something else when they are written
    record Habits(
            boolean transactions, boolean remembersFates, boolean together, int batchRows, Set<Place> rewritten) {}

    /// What it remembers.
    static final class Memory {
        final List<Commit> repairs = new ArrayList<>();
        final List<Commit> undos = new ArrayList<>();
        final Map<TransactionName, Fate> fates = new HashMap<>();
        Optional<String> holder = Optional.empty();
        int transactions;

        /// Forgets writes that are undone.
        void forget(MemorySide live) {
            repairs.forEach(commit ->
                    commit.written.removeIf(written -> live.at(written.place()).equals(written.before())));
        }
    }

    /// What one transaction, or one write of a row, left behind.
    static final class Commit {
        final List<Written> written;

        /// Whether the process lived to ask for its end to be noted: then the note may be there or not, if it died of
        /// it.
        boolean endAsked;

        /// Whether the note of its end is there for sure.
        boolean endNoted;

        /// Whether the server can tell that it was committed.
        final boolean isTold;

        Commit(List<Written> written, boolean isTold) {
            this.written = new ArrayList<>(written);
            this.isTold = isTold;
        }
    }

    TransactionName next() {
        return new TransactionName("transaction " + memory.transactions++);
    }

    Fate fate(TransactionName transaction) {
        return habits.remembersFates() ? memory.fates.getOrDefault(transaction, Fate.ROLLED_BACK) : Fate.UNKNOWN;
    }
}
