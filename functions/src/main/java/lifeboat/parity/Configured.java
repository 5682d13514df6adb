package lifeboat.parity;

import java.util.List;

/// How far a copy is from its source's settings.
public sealed interface Configured {
    /// The service is still at work.
    ///
    /// @param remaining settings that are not yet as captured
    record Configuring(List<String> remaining) implements Configured {
        public Configuring {
            remaining = List.copyOf(remaining);
        }
    }

    /// There is nothing to configure any more: the copy is gone, or broken for good.
    record Failed(String why) implements Configured {}

    /// Nothing more to do.
    ///
    /// @param applied settings that are as captured
    /// @param withheld settings that a drill's copy must not have, each with the reason
    /// @param notApplied settings that could not be applied, each with the reason
    record Done(List<String> applied, List<String> withheld, List<String> notApplied) implements Configured {
        public Done {
            applied = List.copyOf(applied);
            withheld = List.copyOf(withheld);
            notApplied = List.copyOf(notApplied);
        }
    }
}
