package lifeboat.local.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a PostgreSQL server wrote to its log.
///
/// @param file plain text, times in UTC
/// @see <a href="https://www.postgresql.org/docs/18/continuous-archiving.html">Continuous archiving</a>
public record ServerLog(Path file) {
    private static final Pattern LAST_TRANSACTION =
            Pattern.compile("last completed transaction was at log time (\\S+) (\\S+)\\+00");

    /// The commit time of the last transaction that recovery replayed, to the microsecond; empty: it replayed none.
    public Optional<Instant> lastReplayedTransaction() {
        return LAST_TRANSACTION
                .matcher(text())
                .results()
                .reduce((_, last) -> last)
                .map(ServerLog::instant);
    }

    /// The last lines, for a message.
    public String tail() {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> lastOf(before + "\n" + line));
        } catch (IOException _) {
            return "(no log)";
        }
    }

    private static String lastOf(String text) {
        return text.substring(Math.max(0, text.length() - 1500));
    }

    private static Instant instant(MatchResult found) {
        return Instant.parse("%sT%sZ".formatted(found.group(1), found.group(2)));
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
