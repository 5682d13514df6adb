package lifeboat.reconcile;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/// Digest of what a file of an undo log says, in whatever form it is written down. Texts are taken in pieces, so that a
/// large row is not copied.
final class UndoDigest {
    private static final int CHARS = 1 << 13;
    private final MessageDigest sha256 = Digests.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * CHARS);
    private String hex = "";

    UndoDigest(UndoFile.Head head) {
        add(head.plan().value());
        add(head.entry());
        add(head.part());
        add(head.run());
        add(head.transaction().map(TransactionName::value));
        add(head.table().schema());
        add(head.table().name());
        add(head.kind().name());
    }

    void add(UndoRow row) {
        add(row.key().parts().size());
        row.key().parts().forEach(this::add);
        add(row.before());
        add(row.beforeDigest());
        add(row.beforeCount());
        add(row.after());
        add(row.afterCount());
    }

    /// Hexadecimal; nothing can be added afterwards.
    String hex() {
        if (hex.isEmpty()) {
            hex = HexFormat.of().formatHex(sha256.digest());
        }
        return hex;
    }

    private void add(Optional<String> text) {
        add(text.isPresent() ? 1 : 0);
        text.ifPresent(this::add);
    }

    private void add(long number) {
        sha256.update(buffer.clear().putLong(number).flip());
    }

    private void add(String text) {
        add(text.length());
        for (int from = 0; from < text.length(); from += CHARS) {
            buffer.clear();
            for (int at = from; at < Math.min(from + CHARS, text.length()); at++) {
                buffer.putChar(text.charAt(at));
            }
            sha256.update(buffer.flip());
        }
    }
}
