package lifeboat.recovery;

/// Ends the function that runs at one of its calls to the outside, as a crash does: before the call has done anything,
/// or after it has and before its answer arrives.
final class Interruption {
    private final int at;
    private int calls;

    private Interruption(int at) {
        this.at = at;
    }

    static Interruption never() {
        return new Interruption(-1);
    }

    /// At the n-th point, from 0.
    static Interruption at(int point) {
        return new Interruption(point);
    }

    void before() {
        pass();
    }

    void after() {
        pass();
    }

    /// How many points were passed.
    int points() {
        return calls;
    }

    private void pass() {
        if (calls++ == at) {
            throw new Crash(at);
        }
    }

    /// The function died.
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash(int at) {
            super("crashed at point " + at);
        }
    }
}
