package lifeboat.reconcile.flow;

/// What a person does next once a run has ended.
public final class NextSteps {
    private NextSteps() {}

    /// In one sentence, with the very request.
    public static String of(Ended ended) {
        String plan = ended.plan().map(Object::toString).orElse("");
        return switch (ended.state()) {
            case EQUAL -> "nothing: live holds what the copy holds";
            case DIFFERENT, INCOMPLETE ->
                "read the plan, with what rows hold: {\"action\": \"show\", \"plan\": \"%1$s\"}; if it is right, carry it out within a day: {\"action\": \"apply\", \"plan\": \"%1$s\"}"
                        .formatted(plan);
            case REPAIRED, PARTLY_REPAIRED ->
                "compare again to see where live stands; to take it back: {\"action\": \"undo\", \"plan\": \"%s\"}"
                        .formatted(plan);
            case UNDONE, PARTLY_UNDONE -> "compare again to see where live stands";
            case FAILED -> "mend what it says, then ask for the same again: what is done is not done twice";
        };
    }
}
