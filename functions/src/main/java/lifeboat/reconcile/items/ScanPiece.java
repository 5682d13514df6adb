package lifeboat.reconcile.items;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lifeboat.integrity.Segment;

/// A piece of work: one segment of a table, read as several smaller ones.
///
/// @param segment the piece
/// @param each how many smaller segments it is read as
record ScanPiece(ScanSegment segment, int each) {
    private static final Pattern LABEL = Pattern.compile("scan (\\d{1,7})/(\\d{1,7}) by (\\d{1,7})");

    /// The pieces of tables that are read side by side, by the largest of them.
    static List<Segment> plan(Collection<TableShape> tables) {
        return plan(tables, Integer.MAX_VALUE);
    }

    /// The same, in not more pieces than these.
    static List<Segment> plan(Collection<TableShape> tables, int atMost) {
        var items = tables.stream().mapToLong(TableShape::items).max().orElseThrow();
        var bytes = tables.stream().mapToLong(TableShape::bytes).max().orElseThrow();
        var pieces = Math.min(ScanSegment.forFunctions(items, bytes), atMost);
        var each = Math.ceilDiv(ScanSegment.inProcess(items), pieces);
        return IntStream.range(0, pieces)
                .mapToObj(i -> new ScanPiece(new ScanSegment(i, pieces), each).label())
                .toList();
    }

    /// `scan 3/16 by 32`: the third of sixteen pieces, read as 32 segments.
    Segment label() {
        return new Segment("scan %d/%d by %d".formatted(segment.index() + 1, segment.total(), each));
    }

    /// @throws IllegalArgumentException where the label is not of {@link #label}'s form
    static ScanPiece parse(Segment label) {
        var match = LABEL.matcher(label.label());
        if (!match.matches()) {
            throw new IllegalArgumentException("segment '" + label + "' is not of the form 'scan 3/16 by 32'");
        }
        var segment = new ScanSegment(Integer.parseInt(match.group(1)) - 1, Integer.parseInt(match.group(2)));
        return new ScanPiece(segment, Integer.parseInt(match.group(3)));
    }

    List<ScanSegment> parts() {
        return segment.split(each);
    }
}
