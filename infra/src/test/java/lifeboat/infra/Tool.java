package lifeboat.infra;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A judge that comes from npm. That it cannot run is a failure: it is never taken for a verdict.
///
/// @param exit 0: nothing to complain about
/// @param output what it said
public record Tool(int exit, String output) {
    /// Runs a script under `infra/src/test/node`, or a program that npm installed.
    public static Tool run(String... command) throws IOException, InterruptedException {
        return run(List.of(command), "");
    }

    public static Tool run(List<String> command, String input) throws IOException, InterruptedException {
        install();
        return start(command, input);
    }

    /// Gives the program streams of its own: over the tests' standard streams it would break Maven's talk with them.
    private static Tool start(List<String> command, String input) throws IOException, InterruptedException {
        var output = Files.createTempFile("lifeboat-tool", ".txt");
        try {
            var process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return new Tool(process.waitFor(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /// Installs what `package-lock.json` names, where that has not been done since it changed.
    private static synchronized void install() throws IOException, InterruptedException {
        var installed = Path.of("node_modules/.package-lock.json");
        var wanted = Path.of("package-lock.json");
        if (Files.exists(installed)
                && !Files.getLastModifiedTime(installed)
                        .toInstant()
                        .isBefore(Files.getLastModifiedTime(wanted).toInstant())) {
            return;
        }
        var npm = start(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"), "");
        if (npm.exit() != 0) {
            throw new IllegalStateException(
                    "npm ci failed; hint: the judges of the build come from npm's registry\n" + npm.output());
        }
    }
}
