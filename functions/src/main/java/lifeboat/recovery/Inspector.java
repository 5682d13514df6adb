package lifeboat.recovery;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lifeboat.catalog.Contacts;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Inspections;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.restore.RestorePoint;

/// Has a restored copy inspected, piece by piece.
public final class Inspector {
    private static final String NUMBERED = "piece ";

    private final Stores stores;
    private final RecoveryLedger ledger;
    private final RecordedContents recorded;
    private final InstantSource clock;
    private final boolean liveAbsent;
    private final Contacts contacts;

    /// Inspects copies in one region.
    ///
    /// @param recorded what live held, to compare copies with
    /// @param liveAbsent whether live cannot be read from here, because its region may be lost
    /// @param contacts say whether keys of rows may leave
    public Inspector(
            Stores stores,
            RecoveryLedger ledger,
            RecordedContents recorded,
            InstantSource clock,
            boolean liveAbsent,
            Contacts contacts) {
        this.stores = stores;
        this.ledger = ledger;
        this.recorded = recorded;
        this.clock = clock;
        this.liveAbsent = liveAbsent;
        this.contacts = contacts;
    }

    /// Plans the inspection, and says what the state machine calls its pieces: by their labels, or by their numbers
    /// where keys may not be shown, for a label may hold the keys that a piece begins and ends with.
    List<String> names(RecoveryId id, ResourceName resource) {
        List<Segment> segments = plan(id, resource);
        return IntStream.range(0, segments.size())
                .mapToObj(number -> contacts.rowKeys() ? segments.get(number).label() : NUMBERED + number)
                .toList();
    }

    /// Looks at the piece that the state machine calls so.
    void inspect(RecoveryId id, ResourceName resource, String name) {
        Segment segment = name.startsWith(NUMBERED)
                ? plan(id, resource).get(Integer.parseInt(name.substring(NUMBERED.length())))
                : new Segment(name);
        contacts.withKeysOnlyIfShown(() -> {
            inspect(id, resource, segment);
            return segment;
        });
    }

    /// Plans the inspection, once; called again it answers the same pieces.
    public List<Segment> plan(RecoveryId id, ResourceName resource) {
        Entry entry = Entry.find(ledger, id, resource);
        if (!entry.copy().inspection().isEmpty()) {
            return entry.copy().inspection();
        }
        List<Segment> segments = new ArrayList<>(inspections(entry).plan(subject(entry)));
        segments.addAll(recorded.plan(subject(entry)));
        ledger.record(id, resource, new CopyEvent.InspectionPlanned(segments));
        return Entry.find(ledger, id, resource).copy().inspection(); // of two plans the first counts
    }

    /// Looks at one piece, once, and writes down what was seen.
    public void inspect(RecoveryId id, ResourceName resource, Segment segment) {
        Entry entry = Entry.find(ledger, id, resource);
        if (!ledger.evidence(id, resource).containsKey(segment)) {
            Evidence seen = seen(entry, segment);
            ledger.evidence(id, resource, segment, contacts.rowKeys() ? seen : seen.withoutSamples());
        }
        if (ledger.evidence(id, resource).keySet().containsAll(entry.copy().inspection())) {
            ledger.record(id, resource, new CopyEvent.Verified(clock.instant()));
        }
    }

    private Evidence seen(Entry entry, Segment segment) {
        return recorded.plans(segment)
                ? recorded.inspect(entry.recovery().request().workload(), subject(entry), segment)
                : inspections(entry).inspect(subject(entry), segment);
    }

    private Inspections inspections(Entry entry) {
        return stores.of(entry.copy().copy().source()).inspections();
    }

    /// What the inspection of a copy found, with a gap for every piece that left no evidence.
    static Conclusion conclude(
            Recovery recovery, CopyEntry entry, Map<Segment, Evidence> evidence, boolean liveAbsent) {
        Map<Segment, String> gaps = new LinkedHashMap<>();
        for (Segment segment : entry.inspection()) {
            if (!evidence.containsKey(segment)) {
                gaps.put(segment, entry.failure().map(CopyEntry.Failure::why).orElse("it has not ended"));
            }
        }
        return Conclusion.of(subject(recovery, entry, liveAbsent), entry.inspection(), evidence, gaps);
    }

    private Subject subject(Entry entry) {
        return subject(entry.recovery(), entry.copy(), liveAbsent);
    }

    private static Subject subject(Recovery recovery, CopyEntry entry, boolean liveAbsent) {
        Copy copy = entry.copy();
        return new Subject(
                copy.source(),
                copy.name(),
                copy.point().time(),
                recovery.writesCountUntil(),
                trust(recovery, liveAbsent || copy.liveIsGone()),
                copy.point() instanceof RestorePoint.Continuous);
    }

    private static Subject.LiveTrust trust(Recovery recovery, boolean liveAbsent) {
        if (liveAbsent) {
            return Subject.LiveTrust.ABSENT;
        }
        return recovery.request().liveIsSuspect() ? Subject.LiveTrust.SUSPECT : Subject.LiveTrust.TRUSTED;
    }
}
