package lifeboat.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was measured so far, every round of it, in a file beside the page that is made from it.
///
/// @param all by size, damage and way
record Results(List<Result> all) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Comparator<Result> ORDER = Comparator.comparingLong(Result::rows)
            .thenComparingDouble(Result::share)
            .thenComparing(Result::way);

    Results {
        all = all.stream().sorted(ORDER).toList();
    }

    static Results read(Path file) throws IOException {
        return new Results(list(file, Result.class));
    }

    /// What a file holds; nothing where there is none.
    static <T> List<T> list(Path file, Class<T> of) throws IOException {
        return Files.exists(file)
                ? JSON.readValue(file.toFile(), JSON.getTypeFactory().constructCollectionType(List.class, of))
                : List.of();
    }

    static void write(Path file, List<?> results) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(results) + "\n");
    }

    /// New measurements take the place of older ones of the same size, damage and way.
    Results with(List<Result> newer) {
        List<Result> kept = new ArrayList<>(all);
        kept.removeIf(old -> newer.stream().anyMatch(old::isSamePlaceAs));
        kept.addAll(newer);
        return new Results(kept);
    }

    /// What was measured at one size and damage.
    List<Result> at(long rows, double share) {
        return all.stream()
                .filter(result -> result.rows() == rows && result.share() == share)
                .toList();
    }
}
