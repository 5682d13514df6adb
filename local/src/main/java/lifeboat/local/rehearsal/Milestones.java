package lifeboat.local.rehearsal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import lifeboat.local.orchestration.Interpreter;

/// Says each state of the state machine once, when it is first entered, and whatever fails.
final class Milestones implements Consumer<Interpreter.Event> {
    private final Terminal terminal;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Milestones(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(Interpreter.Event event) {
        boolean failed = event.what().equals("StateFailed");
        boolean entered = event.what().equals("StateEntered");
        if (failed || (entered && said.add(event.state()))) {
            terminal.say("  " + (failed ? terminal.bad(event.state() + " failed") : event.state()));
        }
    }
}
