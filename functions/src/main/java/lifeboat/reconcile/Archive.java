package lifeboat.reconcile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// Where plans, undo logs and the marks of a repair are kept: files by name, on a folder or in a bucket.
///
/// A name is parts of `[A-Za-z0-9._-]` joined by `/`. Everything is durable when the call returns.
public interface Archive {
    /// Writes a file that appears whole when the stream is closed, and never replaces another one.
    ///
    /// @throws IOException when the name is taken, at the latest on close
    OutputStream create(String name) throws IOException;

    /// Reads a file; the caller closes it.
    ///
    /// @throws java.nio.file.NoSuchFileException when there is none
    InputStream open(String name) throws IOException;

    /// Whether there is such a file.
    boolean has(String name) throws IOException;

    /// The names that start with a prefix, in order.
    List<String> list(String prefix) throws IOException;

    /// Replaces a small file if it still holds what the caller saw.
    ///
    /// @param seen what the caller saw; empty: no such file
    /// @param next what it shall hold; empty: it is removed
    /// @return whether it was replaced; false: somebody else was faster
    boolean swap(String name, Optional<String> seen, Optional<String> next) throws IOException;

    /// The content of a small file; empty: there is none.
    Optional<String> text(String name) throws IOException;
}
