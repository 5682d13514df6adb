package lifeboat.reconcile.items;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import lifeboat.reconcile.Archive;
import lifeboat.reconcile.StoreIdentity;
import org.jspecify.annotations.Nullable;

/// The right to repair one live table, kept in the archive and renewed as the repair goes on, so that it ends by
/// itself when its holder dies.
///
/// It keeps two people from repairing at once and surprising each other; that none overwrites the other's rows does not
/// rest on it, but on every write being conditional.
public final class RepairLease implements AutoCloseable {
    /// Longer than any batch takes; a person waits no longer after a crash.
    private static final Duration LASTS = Duration.ofMinutes(2);

    private final Archive archive;
    private final String name;
    private final Duration lasts;
    private final boolean spansCalls;
    private final InstantSource clock;
    private final Predicate<String> isDead;
    private @Nullable String held;
    private String who = "";

    /// @param archive that all who repair this table share
    public RepairLease(Archive archive, StoreIdentity live, InstantSource clock) {
        this(archive, live, clock, who -> false);
    }

    /// @param isDead whether a holder, as it named itself, is known to be gone without having given the lease back
    public RepairLease(Archive archive, StoreIdentity live, InstantSource clock, Predicate<String> isDead) {
        this(archive, live, LASTS, false, isDead, clock);
    }

    private RepairLease(
            Archive archive,
            StoreIdentity live,
            Duration lasts,
            boolean spansCalls,
            Predicate<String> isDead,
            InstantSource clock) {
        this.isDead = isDead;
        this.archive = archive;
        this.name = "leases/" + live.value().replaceAll("[^A-Za-z0-9-]", "_");
        this.lasts = lasts;
        this.spansCalls = spansCalls;
        this.clock = clock;
    }

    /// The right for a repair that is spread over many calls: it stays taken when a call ends, and each call of the
    /// same holder takes it anew.
    ///
    /// @param lasts longer than any call and the wait for the next one
    public static RepairLease ofManyCalls(Archive archive, StoreIdentity live, Duration lasts, InstantSource clock) {
        return new RepairLease(archive, live, lasts, true, who -> false, clock);
    }

    /// Takes the lease where nobody else holds it, or its holder is gone or has not renewed it in time.
    ///
    /// @return who holds it; empty: now it is ours
    public Optional<String> take(String who) {
        var there = read();
        var holder = there.filter(text -> until(text).isAfter(clock.instant()))
                .map(RepairLease::who)
                .filter(other -> !isDead.test(other))
                .filter(other -> !spansCalls || !other.equals(who));
        if (holder.isPresent()) {
            return holder;
        }
        this.who = who;
        return swap(there, text()) ? Optional.empty() : Optional.of("someone who was faster");
    }

    /// Goes on holding it.
    ///
    /// @throws IllegalStateException where it was not taken, or somebody else holds it by now
    void renew() {
        var mine = held;
        if (mine == null) {
            throw new IllegalStateException("nothing is repaired without the right to, which was not taken");
        }
        if (until(mine).minus(lasts.dividedBy(4).multipliedBy(3)).isBefore(clock.instant())
                && !swap(Optional.of(mine), text())) {
            throw new IllegalStateException(
                    "the right to repair went to " + read().orElse("nobody") + " while this repair was not heard of");
        }
    }

    /// Gives back what an earlier call took, where it is still `who`'s.
    public void giveBack(String who) {
        clear(read().filter(text -> who(text).equals(who)).orElse(null));
    }

    @Override
    public void close() {
        var mine = held;
        held = null;
        if (!spansCalls) {
            clear(mine);
        }
    }

    private void clear(@Nullable String mine) {
        if (mine != null) {
            try {
                archive.swap(name, Optional.of(mine), Optional.empty());
            } catch (IOException e) {
                throw new UncheckedIOException("the lease " + name + " could not be given back", e);
            }
        }
    }

    private String text() {
        return clock.instant().plus(lasts) + " " + who;
    }

    private static String who(String text) {
        return text.substring(text.indexOf(' ') + 1);
    }

    private static Instant until(String text) {
        return Instant.parse(text.substring(0, text.indexOf(' ')));
    }

    /// A swap whose answer was lost is made again, and then finds what it wrote: that names this holder and this
    /// moment.
    private boolean swap(Optional<String> seen, String next) {
        try {
            var ours = archive.swap(name, seen, Optional.of(next))
                    || archive.text(name).equals(Optional.of(next));
            held = ours ? next : held;
            return ours;
        } catch (IOException e) {
            throw new UncheckedIOException("the lease " + name + " could not be written", e);
        }
    }

    private Optional<String> read() {
        try {
            return archive.text(name);
        } catch (IOException e) {
            throw new UncheckedIOException("the lease " + name + " could not be read", e);
        }
    }
}
