package lifeboat.integrity;

/// One piece of an inspection, small enough for one Lambda invocation, by a label that a person can read and that
/// the inspection that planned it understands again.
///
/// The first word says what the piece is for, and so which questions need it: `structure`; `scan 3/16` (items of a
/// table, by segment of the scan); `content public.orders`; `rows orders`; `sql 2` (the second assertion); `engine
/// public.orders`; `freshness`.
///
/// @param label unique in the inspection of one resource
public record Segment(String label) {
    /// A piece of a kind, about something.
    public static Segment of(String kind, Object subject) {
        return new Segment(kind + " " + subject);
    }

    /// Whether the piece is of that kind.
    public boolean is(String kind) {
        return label.equals(kind) || label.startsWith(kind + " ");
    }

    /// Whether the piece is of that kind and about just that.
    public boolean is(String kind, String subject) {
        return label.equals(kind + " " + subject);
    }

    /// What the piece is about: the label without its first word; empty where that is all there is.
    public String subject() {
        var blank = label.indexOf(' ');
        return blank < 0 ? "" : label.substring(blank + 1);
    }

    /// The label without the range of keys that it may end in: what is told of the piece leaves, keys may not.
    String withoutKeys() {
        var keys = label.lastIndexOf(" keys ");
        return keys < 0 ? label : label.substring(0, keys);
    }

    @Override
    public String toString() {
        return label;
    }
}
