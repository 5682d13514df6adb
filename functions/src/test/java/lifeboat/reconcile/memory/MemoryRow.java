package lifeboat.reconcile.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import lifeboat.reconcile.RowKey;

/// The content of a row: columns that are not NULL. Equal content is an equal row.
public final class MemoryRow {
    private final TreeMap<String, String> columns;
    private final String text;
    private final String digest;

    private MemoryRow(TreeMap<String, String> columns) {
        this.columns = columns;
        StringBuilder lossless = new StringBuilder();
        columns.forEach((column, value) -> lossless.append(column)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value));
        this.text = lossless.toString();
        this.digest =
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public static MemoryRow of(Map<String, String> columns) {
        return new MemoryRow(new TreeMap<>(columns));
    }

    /// Reads back what [#text] gave.
    static MemoryRow read(String text) {
        TreeMap<String, String> columns = new TreeMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            int colon = text.indexOf(':', equals);
            int length = Integer.parseInt(text.substring(equals + 1, colon));
            columns.put(text.substring(at, equals), text.substring(colon + 1, colon + 1 + length));
            at = colon + 1 + length;
        }
        return new MemoryRow(columns);
    }

    public Optional<String> get(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    Optional<Instant> time(String column) {
        return get(column).map(Instant::parse);
    }

    MemoryRow with(String column, String value) {
        TreeMap<String, String> changed = new TreeMap<>(columns);
        changed.put(column, value);
        return new MemoryRow(changed);
    }

    MemoryRow without(String column) {
        TreeMap<String, String> changed = new TreeMap<>(columns);
        changed.remove(column);
        return new MemoryRow(changed);
    }

    public Map<String, String> columns() {
        return columns;
    }

    /// What tells the row from others of its table; a row without a key by all that it holds.
    public RowKey key(MemoryTable table) {
        return switch (table.keyParts()) {
            case 0 -> RowKey.of(digest);
            case 1 -> RowKey.of(columns.getOrDefault(MemoryTable.KEY, ""));
            default ->
                RowKey.of(columns.getOrDefault(MemoryTable.KEY, ""), columns.getOrDefault(MemoryTable.SECOND_KEY, ""));
        };
    }

    String text() {
        return text;
    }

    String digest() {
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryRow row && row.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }
}
