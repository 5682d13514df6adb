package lifeboat.reconcile.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// The SQL that stands for the content of a row: a fast 64-bit hash to find what differs, and a digest to prove it.
///
/// The database's own hash functions are only used where equal hashes mean equal bytes. They do not for timestamps
/// (both halves are folded), numeric (sign and scale are ignored), floats (-0.0 = 0.0), jsonb and interval. Those
/// are hashed by their text, which is exact under the settings of [Session].
final class RowHash {
    private final TablePair table;
    private final long seed;

    /// The hash of one table in one run.
    ///
    /// @param seed of the run: what one run might miss, another would not
    RowHash(TablePair table, long seed) {
        this.table = table;
        this.seed = seed;
    }

    /// A bigint over all columns of the alias `t`. Each is hashed with a seed of its own; all of them together are the
    /// seed of one more hash, so that a sum over rows has no structure that swapped values could cancel in.
    String expression() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            parts.add("coalesce(%s, %d)".formatted(hash(column, seedOf(2 * i)), seedOf(2 * i + 1)));
        }
        return parts.stream().collect(Collectors.joining(" # ", "hashint4extended(0, ", ")"));
    }

    private String hash(Column column, long with) {
        String value = "t." + Quote.name(column.name());
        return switch (column.baseType()) {
            case "int2", "int4", "bool" -> "hashint4extended(%s::int4, %d)".formatted(value, with);
            case "int8" ->
                // Folds both halves into one; the upper one is in the seed as well.
                "hashint8extended(%1$s::int8, %2$d # (%1$s::int8 >> 32))".formatted(value, with);
            case "uuid" -> "uuid_hash_extended(%s, %d)".formatted(value, with);
            case "bpchar" ->
                "(%s # hashint4extended(octet_length(%s), %d))".formatted(text(column, with), value, ~with);
            default -> text(column, with);
        };
    }

    private static String text(Column column, long with) {
        String text = ValueText.of("t." + Quote.name(column.name()), column);
        return "hashtextextended(%s COLLATE \"C\", %d)".formatted(text, with);
    }

    private long seedOf(int index) {
        long mixed = (seed + index) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ (mixed >>> 27)) >>> 2;
    }

    /// The text of a whole row of the alias `t`, as the database itself writes and reads it; computed columns are
    /// empty.
    static String text(TablePair table) {
        return table.layout().stream()
                .map(column -> column.carriesData() ? "t." + Quote.name(column.name()) : "NULL")
                .collect(Collectors.joining(", ", "ROW(", ")::text"));
    }

    /// 128 bits of SHA-256 over [#text], hexadecimal.
    static String digest(TablePair table) {
        return "left(encode(sha256(convert_to(%s, 'UTF8')), 'hex'), 32)".formatted(text(table));
    }

    /// The same digest over a text that is already here.
    static String digestOf(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-256", e);
        }
    }

    /// How values are compared where that is not the database's own equality.
    static List<String> rules(TablePair table) {
        var byText = new TreeSet<String>();
        table.columns().stream().filter(RowHash::isByText).forEach(column -> byText.add(column.type()));
        List<String> rules = new ArrayList<>();
        if (!byText.isEmpty()) {
            rules.add("%s compared by their exact text: scale, sign of zero, case and blanks count"
                    .formatted(String.join(", ", byText)));
        }
        if (!table.hasKey()) {
            rules.add("no primary key or unique key without NULLs: compared as a multiset of whole rows");
        }
        return rules;
    }

    private static boolean isByText(Column column) {
        return switch (column.baseType()) {
            case "int2", "int4", "int8", "bool", "uuid", "text", "varchar" -> false;
            default -> true;
        };
    }
}
