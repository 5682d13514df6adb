package lifeboat.aws.rds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/// Whom a database must prove to be by its certificate: a server of RDS, under the name by which it is reached.
///
/// @param authorities the file with the certificate authorities that are trusted; empty: connections are not
///     encrypted, as beside a local engine
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html">Encrypted connections to
///     RDS</a>
record ServerTrust(Optional<Path> authorities) {
    static final String BUNDLE = "rds-ca-bundle.pem";

    /// @param tls whether connections must be encrypted, and servers proven to be RDS's
    static ServerTrust of(boolean tls) {
        return new ServerTrust(tls ? Optional.of(Bundle.FILE) : Optional.empty());
    }

    /// The drivers take authorities from files only, so they are laid down once a process.
    private static final class Bundle {
        static final Path FILE = laidDown();

        private static Path laidDown() {
            try (InputStream bundle = Objects.requireNonNull(ServerTrust.class.getResourceAsStream(BUNDLE), BUNDLE)) {
                Path file = Files.createTempFile("lifeboat-rds-ca", ".pem");
                file.toFile().deleteOnExit();
                Files.copy(bundle, file, StandardCopyOption.REPLACE_EXISTING);
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
