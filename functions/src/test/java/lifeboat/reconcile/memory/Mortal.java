package lifeboat.reconcile.memory;

/// A process that is killed at a step which chance chose, and does nothing more from then on.
public final class Mortal {
    /// Nobody kills it.
    public static final int NEVER = Integer.MAX_VALUE;

    private final Runnable meanwhile;
    private int left;
    private boolean dead;

    /// @param steps at which step it dies, from 0
    /// @param meanwhile what others do between its steps
    Mortal(int steps, Runnable meanwhile) {
        this.left = steps;
        this.meanwhile = meanwhile;
    }

    /// The process was killed. It is no exception that code may handle.
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /// Whether it was killed.
    public synchronized boolean isDead() {
        return dead;
    }

    /// A moment at which it can die, and at which others go on.
    public synchronized void step() {
        if (left <= 0) {
            dead = true;
            throw new Killed();
        }
        left--;
        meanwhile.run();
    }
}
