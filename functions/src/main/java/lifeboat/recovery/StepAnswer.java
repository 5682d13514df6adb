package lifeboat.recovery;

/// What a step tells the state machine.
///
/// @param state the word that the state machine's choice looks at
/// @param waitSeconds how long to wait before asking again, in seconds; zero where there is nothing to wait for
public record StepAnswer(String state, long waitSeconds) {
    static StepAnswer done(String state) {
        return new StepAnswer(state, 0);
    }
}
