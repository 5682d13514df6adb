package lifeboat.reconcile.items;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import lifeboat.integrity.Digest;
import lifeboat.integrity.Fingerprint;
import lifeboat.integrity.Segment;
import lifeboat.integrity.TableContent;
import lifeboat.integrity.TableContent.Part;

/// Takes the fingerprint of a table of items in one scan, piece by piece.
public final class ItemFingerprints {
    private final ItemTable table;
    private final ItemScans scans;

    /// @param scans its seed is part of the rule: only fingerprints of one seed can be compared
    public ItemFingerprints(ItemTable table, ItemScans scans) {
        this.table = table;
        this.scans = scans;
    }

    /// How an item becomes a digest: kept with every fingerprint.
    public String rule() {
        return "dynamodb items 1: xxh3-128 with seed %016x, summed; numbers by value, sets and maps without order"
                .formatted(scans.seed());
    }

    /// The pieces, each small enough for one Lambda invocation.
    public List<Segment> segments() {
        return ScanPiece.plan(List.of(table.shape()));
    }

    /// Not more pieces than these, however large the table is; the pieces grow instead.
    public List<Segment> segments(int atMost) {
        return ScanPiece.plan(List.of(table.shape()), atMost);
    }

    /// Of one piece; those of all pieces add up to the table's.
    public Fingerprint of(Segment segment) {
        var all = new AtomicReference<>(Fingerprint.empty(rule()));
        Workers.each(
                ScanPiece.parse(segment).parts(),
                scans.atOnce(),
                part -> all.accumulateAndGet(of(part), Fingerprint::plus));
        return all.get();
    }

    private Fingerprint of(ScanSegment part) {
        var running = new Object() {
            private long count;
            private Digest sum = Digest.ZERO;
        };
        scan(part, Set.of(), (key, digest) -> {
            running.count++;
            running.sum = running.sum.plus(digest);
        });
        return new Fingerprint(running.count, running.sum, rule());
    }

    /// Of one piece, part by part, to be recorded; those of all pieces add up to the table's.
    ///
    /// @param name of the live table, under which it is recorded, whichever table is read
    /// @param writtenAt attribute with the time of the last write, several with commas: the first that an item has.
    /// Empty: no part says when it was last written to; nor does a part with an item that tells none
    /// @param clock of the reader, by which the scan is timed
    public TableContent content(String name, Segment segment, Optional<String> writtenAt, InstantSource clock) {
        var times = new ItemTimes(writtenAt, Optional.empty(), Optional.empty());
        var from = clock.instant();
        var all = new AtomicReference<>(TableContent.nothing());
        Workers.each(
                ScanPiece.parse(segment).parts(),
                scans.atOnce(),
                part -> all.accumulateAndGet(new ContentParts(times).read(part), ItemFingerprints::plus));
        return new TableContent(name, rule(), all.get(), from, clock.instant());
    }

    private static List<Part> plus(List<Part> some, List<Part> others) {
        return IntStream.range(0, TableContent.PARTS)
                .mapToObj(part -> some.get(part).plus(others.get(part)))
                .toList();
    }

    private void scan(ScanSegment part, Set<String> told, PageDigester.Sink sink) {
        try (var scan = table.scan(part, scans.seed(), told)) {
            var more = true;
            while (more) {
                more = scan.next(sink);
            }
        }
    }

    /// Adds items to their parts; one thread each.
    private final class ContentParts implements PageDigester.Sink {
        private final ItemTimes times;
        private final List<Part> parts = new ArrayList<>(TableContent.nothing());
        private Optional<Instant> writtenAt = Optional.empty();

        ContentParts(ItemTimes times) {
            this.times = times;
        }

        List<Part> read(ScanSegment part) {
            scan(part, times.attributes(), this);
            return parts;
        }

        @Override
        public void told(Map<String, Attribute> attributes) {
            writtenAt = times.writtenAt(Item.of(attributes));
        }

        @Override
        public void item(ItemKey key, Digest digest) {
            parts.set(key.part(), parts.get(key.part()).plus(new Part(1, digest, writtenAt)));
        }
    }
}
