package lifeboat.integrity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// How long the files of a live database were, when it was recorded.
///
/// @param files by the number of their relation in the catalog
/// @param until when all were measured
public record RecordedFiles(Map<Long, Length> files, Instant until) {
    /// So many fit one item of the ledger; of more the longest are kept.
    static final int MOST = 20_000;

    public RecordedFiles {
        files = Map.copyOf(files);
    }

    /// One file.
    ///
    /// @param file its own number: another one once the relation was written anew
    public record Length(long file, long blocks) {}

    /// Of what was measured.
    public static RecordedFiles of(List<RelationFile> measured, Instant until) {
        return new RecordedFiles(
                measured.stream()
                        .sorted(Comparator.comparingLong(RelationFile::blocks).reversed())
                        .limit(MOST)
                        .collect(Collectors.toMap(
                                RelationFile::relation, file -> new Length(file.file(), file.blocks()))),
                until);
    }

    /// Reads what {@link #text} wrote.
    ///
    /// @throws IllegalArgumentException where the text is of another form
    public static RecordedFiles parse(String text, Instant until) {
        try (var bytes =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            var files = new TreeMap<Long, Length>();
            new String(bytes.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                var numbers = line.split(" ", -1);
                if (numbers.length != 3) {
                    throw new IllegalArgumentException("a recorded file has three numbers, not \"%s\"".formatted(line));
                }
                files.put(Long.valueOf(numbers[0]), new Length(Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
            });
            return new RecordedFiles(files, until);
        } catch (IOException e) {
            throw new IllegalArgumentException("recorded files are compressed and written in base64", e);
        }
    }

    /// The files, compressed, in base64.
    public String text() {
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                var line = "%d %d %d\n"
                        .formatted(
                                file.getKey(),
                                file.getValue().file(),
                                file.getValue().blocks());
                compressed.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
