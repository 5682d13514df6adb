package lifeboat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page under `docs` that is made from the code, whole or between two markers. Tests compare it with the code; with
/// `-Dlifeboat.write=true` they write it instead.
public record Page(Path file) {
    /// The page at that path under `docs`; tests run in the root of the project.
    public static Page at(String path) {
        return new Page(Path.of("docs", path));
    }

    /// The page as it stands.
    public String text() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The whole page must be this.
    public void mustBe(String expected) {
        if (Boolean.getBoolean("lifeboat.write")) {
            write(expected);
        }
        assertThat(text())
                .as("%s is not current: run the test with -Dlifeboat.write=true", file)
                .isEqualTo(expected);
    }

    /// What stands between `<!-- NAME -->` and `<!-- end of NAME -->` must be this.
    public void mustHold(String name, String expected) {
        var begin = "<!-- " + name + " -->\n";
        var end = "<!-- end of " + name + " -->";
        var text = text();
        assertThat(text).as("markers in %s", file).contains(begin, end);
        var head = text.substring(0, text.indexOf(begin) + begin.length());
        mustBe(head + expected + text.substring(text.indexOf(end)));
    }

    private void write(String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
