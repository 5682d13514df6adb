package lifeboat.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.restore.CopyName;

/// One pass over all captured settings of a copy, setting by setting.
public final class Application {
    private final Settings captured;
    private final List<String> applied = new ArrayList<>();
    private final List<String> withheld = new ArrayList<>();
    private final List<String> notApplied = new ArrayList<>();
    private final List<String> remaining = new ArrayList<>();

    /// Begins a pass.
    ///
    /// @throws Invalid where the copy is the live resource: settings are only ever given to copies
    public Application(Resource live, CopyName copy, Settings captured) {
        if (copy.value().equals(live.physicalName())) {
            throw new Invalid(
                    "LB-320", "copy \"%s\" is the live resource itself: only copies are changed".formatted(copy));
        }
        this.captured = captured;
        if (captured.values().isEmpty() && captured.unread().isEmpty()) {
            notApplied.add("everything: no settings were captured, the source did not exist");
        }
        captured.unread()
                .forEach((name, why) -> notApplied.add(
                        captured.values().containsKey(name)
                                ? "%s: as an earlier recovery saw it, because live's could not be read: %s"
                                        .formatted(name, why)
                                : "%s: live's could not be read: %s".formatted(name, why)));
    }

    /// Looks after one setting, where it was captured.
    ///
    /// @param step what stands, given the captured value
    public void setting(String name, Function<String, Step> step) {
        value(name).ifPresent(value -> note(name, step.apply(value)));
    }

    /// Looks after one setting that a drill's copy must not have.
    public void unlessDrill(String name, boolean drill, String why, Function<String, Step> step) {
        setting(name, value -> drill ? new Step.Withheld(why) : step.apply(value));
    }

    /// Writes down how a setting stands.
    public void note(String name, Step step) {
        switch (step) {
            case Step.AsCaptured() -> applied.add(name);
            case Step.Underway() -> remaining.add(name);
            case Step.Withheld(var why) -> withheld.add("%s: %s".formatted(name, why));
            case Step.Refused(var why) -> notApplied.add("%s: %s".formatted(name, why));
        }
    }

    /// Whether a setting was left for a later pass.
    public boolean hasRemaining() {
        return !remaining.isEmpty();
    }

    /// What came of the pass.
    public Configured outcome() {
        return remaining.isEmpty()
                ? new Configured.Done(applied, withheld, notApplied)
                : new Configured.Configuring(remaining);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(captured.values().get(name));
    }
}
