package lifeboat.lab;

/// Starts the lab's rehearsal.
public interface Rehearsals {
    /// Starts it once under a name; starting it again with the same input changes nothing.
    void start(String name, String input);
}
