package lifeboat.local.aws;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a longer answer.
///
/// @param next the token of the following page; absent: this is the last one
record Page<T>(List<T> items, @Nullable String next) {
    /// Cuts a page out of everything there is.
    ///
    /// @param token absent: the first page
    static <T> Page<T> of(List<T> everything, @Nullable String token, int size) {
        int from = token == null ? 0 : Integer.parseInt(token);
        int to = Math.min(from + size, everything.size());
        return new Page<>(everything.subList(from, to), to < everything.size() ? Integer.toString(to) : null);
    }
}
