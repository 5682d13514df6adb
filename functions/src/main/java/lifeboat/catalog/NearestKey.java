package lifeboat.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known key that somebody probably meant.
public final class NearestKey {
    private NearestKey() {}

    /// The nearest of the known keys, or empty where none is near: at most a third of its letters differ.
    public static Optional<String> to(String written, Collection<String> known) {
        var key = Problem.shortened(written).toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(key, candidate.toLowerCase(Locale.ROOT)) <= tolerated(candidate))
                .min(Comparator.comparingInt(candidate -> distance(key, candidate.toLowerCase(Locale.ROOT))));
    }

    private static int tolerated(String candidate) {
        return Math.max(1, (candidate.length() + 2) / 3);
    }

    /// How many letters must be added, dropped, replaced or swapped with their neighbour.
    static int distance(String from, String to) {
        var cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        var replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        var changed = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(changed, cost[i - 2][j - 2] + 1) : changed;
    }
}
