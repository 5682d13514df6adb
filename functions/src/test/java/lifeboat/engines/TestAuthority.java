package lifeboat.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate authority for one test, made by the JDK's keytool.
public final class TestAuthority {
    private static final String PASSWORD = "not-a-secret";
    private final Path folder;

    /// Makes one in a folder of its own.
    public TestAuthority(Path folder) throws IOException {
        this.folder = folder;
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-dname",
                "CN=Test CA",
                "-keyalg",
                "EC",
                "-ext",
                "bc:c",
                "-validity",
                "2");
        keytool("-exportcert", "-rfc", "-alias", "ca", "-file", authority().toString());
    }

    /// A server's certificate and its key.
    public record Issued(Path certificate, Path key) {}

    /// The file with its own certificate.
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /// Issues a certificate for a host.
    public Issued issue(String host) throws IOException, GeneralSecurityException {
        Path request = folder.resolve("request.pem");
        Path issued = folder.resolve("issued.pem");
        keytool("-genkeypair", "-alias", "server", "-dname", "CN=server", "-keyalg", "EC", "-validity", "2");
        keytool("-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-ext",
                "san=dns:" + host,
                "-infile",
                request.toString(),
                "-outfile",
                issued.toString());
        keytool("-importcert", "-noprompt", "-alias", "server", "-file", issued.toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("store.p12"))) {
            store.load(file, PASSWORD.toCharArray());
        }
        Certificate certificate = store.getCertificateChain("server")[0];
        Path key = pem(
                "server.key",
                "PRIVATE KEY",
                store.getKey("server", PASSWORD.toCharArray()).getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new Issued(pem("server.crt", "CERTIFICATE", certificate.getEncoded()), key);
    }

    private Path pem(String name, String kind, byte[] content) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind));
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", folder.resolve("store.p12").toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
