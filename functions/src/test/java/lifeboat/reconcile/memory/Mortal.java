package lifeboat.reconcile.memory;

/// A process that is killed at a step which chance chose, and does nothing more from then on.
final class Mortal {
    /// Nobody kills it.
    static final int NEVER = Integer.MAX_VALUE;

    private final Runnable meanwhile;
    private int left;

    /// @param steps at which step it dies, from 0
    /// @param meanwhile what others do between its steps
    Mortal(int steps, Runnable meanwhile) {
        this.left = steps;
        this.meanwhile = meanwhile;
    }

    /// The process was killed. It is no exception that code may handle.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /// A moment at which it can die, and at which others go on.
    void step() {
        if (left <= 0) {
            left = 0;
            throw new Killed();
        }
        left--;
        meanwhile.run();
    }
}
