package lifeboat.integrity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One piece of reading what a table holds, small enough for one Lambda invocation.
///
/// @param number of this piece of its table, from 1
/// @param of how many pieces its table is read in
/// @param what as the reader names it: a table, or a part of one
public record ContentPiece(int number, int of, Segment what) {
    private static final Pattern LABEL = Pattern.compile("([0-9]{1,6})/([0-9]{1,6}) (.+)", Pattern.DOTALL);

    public ContentPiece {
        if (number < 1 || number > of) {
            throw new IllegalArgumentException("piece %d of %d does not exist".formatted(number, of));
        }
    }

    /// A table that is read in one piece.
    public static ContentPiece whole(Segment what) {
        return new ContentPiece(1, 1, what);
    }

    /// Reads what {@link #toString} wrote.
    ///
    /// @throws IllegalArgumentException where the text is of another form
    public static ContentPiece parse(String label) {
        Matcher match = LABEL.matcher(label);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "piece \"%s\" is not of the form \"1/4 public.orders\"".formatted(label));
        }
        return new ContentPiece(
                Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), new Segment(match.group(3)));
    }

    /// Whether it is all of its table.
    public boolean isWhole() {
        return of == 1;
    }

    /// `1/4 scan 1/4 by 32`, `1/1 public.orders`.
    @Override
    public String toString() {
        return "%d/%d %s".formatted(number, of, what);
    }
}
