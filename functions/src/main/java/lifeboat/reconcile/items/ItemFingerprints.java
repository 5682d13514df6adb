package lifeboat.reconcile.items;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import lifeboat.integrity.Digest;
import lifeboat.integrity.Fingerprint;
import lifeboat.integrity.RowDigest;
import lifeboat.integrity.Segment;
import lifeboat.integrity.TableContent;

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

    /// Of one piece, to be recorded or compared with a record; those of all pieces add up to the table's.
    ///
    /// @param name of the live table, under which it is recorded, whichever table is read
    /// @param writtenAt attribute with the time of the last write, several with commas: the first that an item has.
    /// Empty: no item says when it was last written
    /// @param since which items the record knows nothing of that this is compared with; empty: with none
    /// @param clock of the reader, by which the scan is timed
    public TableContent content(
            String name,
            Segment segment,
            Optional<String> writtenAt,
            Optional<TableContent.Since> since,
            InstantSource clock) {
        var times = new ItemTimes(writtenAt, Optional.empty(), Optional.empty());
        var rule = "%s; sketched; written at %s".formatted(rule(), ItemTimes.names(writtenAt));
        var from = clock.instant();
        var all = new AtomicReference<>(new TableContent.Rows(since).content(name, rule, from, from));
        Workers.each(
                ScanPiece.parse(segment).parts(),
                scans.atOnce(),
                part -> all.accumulateAndGet(
                        new SketchedItems(times, since).read(part).content(name, rule, from, from),
                        TableContent::plus));
        return all.get().readUntil(clock.instant());
    }

    private void scan(ScanSegment part, Set<String> told, PageDigester.Sink sink) {
        try (var scan = table.scan(part, scans.seed(), told)) {
            var more = true;
            while (more) {
                more = scan.next(sink);
            }
        }
    }

    /// Adds items up; one thread each.
    private final class SketchedItems implements PageDigester.Sink {
        private final ItemTimes times;
        private final TableContent.Rows rows;
        private Optional<Instant> writtenAt = Optional.empty();

        SketchedItems(ItemTimes times, Optional<TableContent.Since> since) {
            this.times = times;
            this.rows = new TableContent.Rows(since);
        }

        TableContent.Rows read(ScanSegment part) {
            scan(part, times.attributes(), this);
            return rows;
        }

        @Override
        public void told(Map<String, Attribute> attributes) {
            writtenAt = times.writtenAt(Item.of(attributes));
        }

        @Override
        public void item(ItemKey key, Digest digest) {
            rows.add(new RowDigest(key.hash(), digest.high() ^ digest.low(), writtenAt));
        }
    }
}
