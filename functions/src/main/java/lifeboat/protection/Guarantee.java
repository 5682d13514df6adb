package lifeboat.protection;

import java.time.Duration;
import java.time.Instant;
import lifeboat.catalog.Durations;

/// How much data one resource can lose at worst in one failure domain, though everything goes as the plan says.
public sealed interface Guarantee {
    /// Whether that is within an objective.
    boolean meets(Duration objective);

    /// The log of the store is kept: any second can be recovered but the newest.
    ///
    /// @param worst how far the newest restorable second lies behind
    /// @param basis what keeps the log, for a person
    record ByLog(Duration worst, String basis) implements Guarantee {
        @Override
        public boolean meets(Duration objective) {
            return worst.compareTo(objective) <= 0;
        }
    }

    /// Backups are taken now and then.
    ///
    /// @param nominal the longest time between two backups, were each instantaneous
    /// @param worst the longest time between an incident and the data of the newest recovery point that is
    ///     surely there
    /// @param why the incident at which that much is lost
    record ByBackups(Duration nominal, Duration worst, CounterExample why) implements Guarantee {
        @Override
        public boolean meets(Duration objective) {
            return worst.compareTo(objective) <= 0;
        }
    }

    /// At some time of the year there is nothing to recover from.
    ///
    /// @param why when or why not
    record Nothing(String why) implements Guarantee {
        @Override
        public boolean meets(Duration objective) {
            return false;
        }
    }

    /// An incident that costs as much as can be lost.
    ///
    /// @param newest the backup whose data is the newest that is surely there
    /// @param incident the instant just before which the incident strikes
    /// @param awaited what would have come at that instant
    record CounterExample(Firing newest, Instant incident, Awaited awaited) {
        /// How much is lost.
        public Duration lost() {
            return Duration.between(newest.at(), incident);
        }

        /// The story in one sentence.
        public String told() {
            return "%s; until then the newest is \"%s\" of %s: lost up to %s"
                    .formatted(awaited.told(), newest.rule().name(), Clock.shown(newest.at()), Durations.shown(lost()));
        }
    }

    /// What comes too late in a counter-example.
    sealed interface Awaited {
        /// What comes too late, as the beginning of a sentence.
        String told();

        /// A backup, or its copy, that takes all the time it has.
        ///
        /// @param by when it is there
        /// @param copied whether its copy is what is awaited
        record Slow(Firing firing, Instant by, boolean copied) implements Awaited {
            @Override
            public String told() {
                return "a backup \"%s\" that starts at %s %s %s"
                        .formatted(
                                firing.rule().name(),
                                Clock.shown(firing.startsBefore().minusSeconds(60)),
                                copied ? "is copied by" : "completes at",
                                Clock.shown(by));
            }
        }

        /// Nothing more until the end of the year that was looked at.
        record EndOfYear() implements Awaited {
            @Override
            public String told() {
                return "no further backup comes within a year";
            }
        }
    }
}
