package lifeboat.aws.dynamodb;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lifeboat.integrity.Segment;

/// Into how many segments a scan is cut, and which of them one piece of an inspection is.
///
/// @param segment from 0
/// @param total at most a million in DynamoDB, a hundred here
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html">Scan</a>
record ScanPlan(int segment, int total) {
    /// Few enough that the evidence of all fits the state of one execution.
    private static final int MOST = 100;

    /// Stands for each piece of a scan where only the kind matters.
    static final Segment ANY = Segment.of("scan", "1/1");

    private static final long ITEMS = 250_000;
    private static final long BYTES = 256L << 20;

    /// As many pieces as keep each small.
    ///
    /// @param items how many the table holds, as far as is known
    /// @param bytes how much they are together
    static List<Segment> pieces(long items, long bytes) {
        var wanted = Math.max(Math.ceilDiv(items, ITEMS), Math.ceilDiv(bytes, BYTES));
        var total = Math.clamp(wanted, 1, MOST);
        return IntStream.rangeClosed(1, total)
                .mapToObj(number -> Segment.of("scan", number + "/" + total))
                .toList();
    }

    /// Reads the label that [#pieces] wrote.
    ///
    /// @throws IllegalArgumentException where it is no piece of a scan
    static ScanPlan of(Segment piece) {
        var matcher = Pattern.compile("scan ([0-9]{1,3})/([0-9]{1,3})").matcher(piece.label());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("piece \"%s\" is no piece of a scan, scan 1/4".formatted(piece));
        }
        return new ScanPlan(Integer.parseInt(matcher.group(1)) - 1, Integer.parseInt(matcher.group(2)));
    }
}
