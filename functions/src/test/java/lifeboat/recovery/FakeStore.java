package lifeboat.recovery;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Inspections;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.Tally;
import lifeboat.integrity.Tally.Kind;
import lifeboat.parity.Configured;
import lifeboat.parity.Parity;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import lifeboat.restore.Progress;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;

/// A store whose copies take a few looks to come and to go, and whose tags, as in AWS Backup, come last.
///
/// Every call that reaches it may end the caller: before it has done anything, or after it has.
final class FakeStore implements Restores, Parity, Inspections, Copies {
    static final List<Segment> PIECES =
            List.of(new Segment("structure"), new Segment("scan 1/2"), new Segment("scan 2/2"));
    private static final int LOOKS = 2;

    private final InstantSource clock;
    private final Interruption interruption;
    private final Map<CopyName, Made> made = new LinkedHashMap<>();
    private final Map<CopyName, Integer> started = new HashMap<>();
    private final List<CopyName> deleted = new ArrayList<>();
    private final List<String> touched = new ArrayList<>();
    private Optional<String> restoreFailure = Optional.empty();
    private Optional<Segment> unreachable = Optional.empty();
    private boolean tagsLost;

    FakeStore(InstantSource clock, Interruption interruption) {
        this.clock = clock;
        this.interruption = interruption;
    }

    Stores stores() {
        return _ -> new Stores.Store(this, this, this, this);
    }

    void failRestoresBecause(String why) {
        restoreFailure = Optional.of(why);
    }

    void cannotReach(Segment piece) {
        unreachable = Optional.of(piece);
    }

    void reachesEverything() {
        unreachable = Optional.empty();
    }

    /// Something of somebody else's stands under a copy's name.
    void occupied(CopyName name, Map<String, String> tags) {
        made.put(name, new Made(LOOKS, 0, Map.copyOf(tags), false));
    }

    /// Somebody, or something, replaces the tags of a copy.
    void retagged(CopyName name, Map<String, String> tags) {
        made.computeIfPresent(name, (_, was) -> new Made(was.looks(), was.deleting(), Map.copyOf(tags), was.ours()));
    }

    /// Tags are accepted and never seen again.
    void loseTags() {
        tagsLost = true;
    }

    /// Copies that exist, by name.
    Map<CopyName, Made> made() {
        return made;
    }

    /// How often a restore really began, by copy.
    Map<CopyName, Integer> started() {
        return started;
    }

    List<CopyName> deleted() {
        return deleted;
    }

    /// Names that something was changed under.
    List<String> touched() {
        return touched;
    }

    @Override
    public RestorePoint choose(Resource source, Target target) {
        interruption.before();
        return new RestorePoint.Continuous(Example.START.minusSeconds(300));
    }

    @Override
    public Started start(RestoreOrder order) {
        interruption.before();
        touched.add(order.copy().value());
        if (!made.containsKey(order.copy())) {
            started.merge(order.copy(), 1, Integer::sum);
            made.put(order.copy(), new Made(0, 0, Map.of(), true));
        }
        interruption.after();
        return new Started.Underway(new Ticket("native"));
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public Optional<Ticket> find(RestoreOrder order) {
        interruption.before();
        return Optional.of(new Ticket("native"));
    }

    @Override
    public Progress progress(RestoreOrder order, Ticket ticket) {
        interruption.before();
        Made copy = made.get(order.copy());
        if (copy == null) {
            return new Progress.Absent();
        }
        if (restoreFailure.isPresent()) {
            return new Progress.Failed(restoreFailure.get());
        }
        if (copy.looks() < LOOKS) {
            made.put(order.copy(), copy.lookedAt());
            return new Progress.Restoring();
        }
        if (!copy.ours()) {
            return new Progress.Failed("exists already");
        }
        made.put(order.copy(), tagsLost ? copy : copy.tagged(order.tags()));
        touched.add(order.copy().value());
        interruption.after();
        return new Progress.Available(clock.instant(), true, "");
    }

    @Override
    public Settings capture(Resource live) {
        interruption.before();
        return new Settings(Map.of("class", "db.t4g.medium"));
    }

    @Override
    public Configured apply(Resource live, CopyName copy, Settings captured, boolean drill) {
        interruption.before();
        touched.add(copy.value());
        interruption.after();
        return new Configured.Done(List.of("class"), List.of(), List.of());
    }

    @Override
    public List<Segment> plan(Subject subject) {
        interruption.before();
        return subject.live().equals(Example.ORDERS) ? List.of(PIECES.getFirst(), Example.ROWS) : PIECES;
    }

    @Override
    public Evidence inspect(Subject subject, Segment segment) {
        interruption.before();
        if (unreachable.equals(Optional.of(segment))) {
            throw new IllegalStateException("cannot connect");
        }
        if (segment.is("structure")) {
            return new Evidence(
                    List.of(new Outcome.Passed("structure as in live", "1 index")), Tally.NOTHING, List.of());
        }
        if (segment.equals(Example.ROWS)) {
            return new Evidence(List.of(new Outcome.Passed("rows of orders >= 1", "5 rows")), Tally.NOTHING, List.of());
        }
        Tally seen = new Tally(
                Map.of(Kind.COPY_ROWS, 5L, Kind.LIVE_ROWS, 5L),
                subject.live().freshness().map(_ -> subject.restoredTo().minusSeconds(5)),
                Optional.empty());
        return new Evidence(List.of(), seen, List.of());
    }

    @Override
    public Presence presence(Resource source, CopyName name) {
        interruption.before();
        Made copy = made.get(name);
        if (copy == null) {
            return new Presence.Absent();
        }
        if (copy.deleting() > 0) {
            made.put(name, copy.deletedFurther());
            if (copy.deleting() > LOOKS) {
                made.remove(name);
            }
            return new Presence.Busy();
        }
        if (copy.looks() < LOOKS && restoreFailure.isEmpty()) {
            made.put(name, copy.lookedAt());
            return new Presence.Busy();
        }
        return new Presence.Present(copy.tags());
    }

    @Override
    public void delete(Resource source, CopyName copy) {
        interruption.before();
        touched.add(copy.value());
        deleted.add(copy);
        made.computeIfPresent(copy, (_, was) -> was.deletedFurther());
        interruption.after();
    }

    /// Something that stands under a copy's name.
    ///
    /// @param looks how often it was looked at while it came
    /// @param deleting how often it was looked at while it went; zero: it stays
    /// @param ours whether a restore of ours made it
    record Made(int looks, int deleting, Map<String, String> tags, boolean ours) {
        Made lookedAt() {
            return new Made(looks + 1, deleting, tags, ours);
        }

        Made deletedFurther() {
            return new Made(looks, deleting + 1, tags, ours);
        }

        Made tagged(Map<String, String> with) {
            Map<String, String> all = new HashMap<>(tags);
            all.putAll(with);
            return new Made(looks, deleting, Map.copyOf(all), ours);
        }
    }
}
