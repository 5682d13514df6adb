package lifeboat.local.orchestration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The Node programs of this package with the npm packages that they need, installed once.
///
/// @param folder holds the programs and `node_modules`
public record NodePrograms(Path folder) {
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "interpreter.mjs", "lint.mjs");

    /// Installs the programs below a folder, unless they are there.
    ///
    /// @param cache kept between runs
    /// @throws CouldNotRun where there is no Node, or its packages cannot be had
    public static NodePrograms in(Path cache) {
        requireNode();
        Path home = cache.resolve("node-" + digest()).toAbsolutePath();
        try {
            if (!Files.isDirectory(home)) {
                install(cache, home);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the Node programs could not be installed in " + cache, failure);
        }
        return new NodePrograms(home);
    }

    /// Starts one of the programs.
    Process start(String program, String... arguments) {
        try {
            return new ProcessBuilder(Stream.concat(Stream.of("node", program), Arrays.stream(arguments))
                            .toList())
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException failure) {
            throw noNode(failure);
        }
    }

    /// What is wrong with a state machine, one finding a line; none: nothing was found.
    public List<String> lint(String definition) {
        Process lint = start("lint.mjs");
        try (var input = lint.getOutputStream()) {
            input.write(definition.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try {
            String findings = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (lint.waitFor() != 0) {
                throw new CouldNotRun("the state machine could not be linted: exit code " + lint.exitValue());
            }
            return findings.lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CouldNotRun("interrupted", interrupted);
        }
    }

    /// Looks whether there is a Node that is new enough.
    ///
    /// @throws CouldNotRun where there is none
    public static void requireNode() {
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .start();
            String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (node.waitFor() != 0 || major(version) < 20) {
                throw new CouldNotRun("Node.js %s is too old to run state machines. hint: install Node.js 20 or later"
                        .formatted(version));
            }
        } catch (IOException failure) {
            throw noNode(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CouldNotRun("interrupted", interrupted);
        }
    }

    private static int major(String version) {
        return version.matches("v\\d+\\..*") ? Integer.parseInt(version.substring(1, version.indexOf('.'))) : 0;
    }

    private static CouldNotRun noNode(IOException failure) {
        return new CouldNotRun(
                "Node.js was not found, and the state machine runs in it. hint: install Node.js 20 or later", failure);
    }

    private static void install(Path cache, Path home) throws IOException {
        Files.createDirectories(cache);
        Path partly = Files.createTempDirectory(cache.toAbsolutePath(), "installing-");
        for (String file : FILES) {
            try (InputStream content = resource(file)) {
                Files.copy(content, partly.resolve(file));
            }
        }
        npm(partly);
        try {
            Files.move(partly, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            if (!Files.isDirectory(home)) {
                throw failure;
            }
        }
    }

    private static void npm(Path folder) throws IOException {
        Path log = folder.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (npm.waitFor() != 0) {
                throw new CouldNotRun(
                        "the npm packages of the interpreter could not be installed: %s hint: check the network, or see %s"
                                .formatted(Files.readString(log).strip(), log));
            }
        } catch (InterruptedException interrupted) {
            npm.destroy();
            Thread.currentThread().interrupt();
            throw new CouldNotRun("interrupted", interrupted);
        }
    }

    private static String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : FILES) {
                try (InputStream content = resource(file)) {
                    digest.update(content.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InputStream resource(String file) {
        return Objects.requireNonNull(NodePrograms.class.getResourceAsStream(file), file);
    }
}
