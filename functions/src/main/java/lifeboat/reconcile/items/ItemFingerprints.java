package lifeboat.reconcile.items;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lifeboat.integrity.Digest;
import lifeboat.integrity.Fingerprint;
import lifeboat.integrity.Segment;

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
        try (var scan = table.scan(part, scans.seed())) {
            var more = true;
            while (more) {
                more = scan.next((key, digest) -> {
                    running.count++;
                    running.sum = running.sum.plus(digest);
                });
            }
        }
        return new Fingerprint(running.count, running.sum, rule());
    }
}
