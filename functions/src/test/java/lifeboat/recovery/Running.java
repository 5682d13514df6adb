package lifeboat.recovery;

/// Executions that are all at work, or all at an end.
enum Running implements Executions {
    EVERYTHING,
    NOTHING;

    @Override
    public void start(RecoveryId id, String request) {
        throw new AssertionError("nothing is to be started here: " + id + request);
    }

    @Override
    public boolean running(String execution) {
        return this == EVERYTHING;
    }
}
