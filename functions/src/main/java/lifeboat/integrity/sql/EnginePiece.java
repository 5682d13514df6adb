package lifeboat.integrity.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A part of the engine's verification of a database, small enough for one invocation; as text it is what the segment
/// is about.
sealed interface EnginePiece {
    /// Bytes of a table up to which it is verified in one piece with its TOAST and indexes, and else the bytes of a
    /// piece.
    long BYTES = 4L << 30;

    /// The last block that a relation can have.
    long LAST = 4_294_967_294L;

    /// A table with everything that belongs to it.
    record Whole(String table) implements EnginePiece {
        @Override
        public String toString() {
            return table;
        }
    }

    /// Blocks of a table or of its TOAST.
    ///
    /// @param last the last of the blocks; the last piece holds what was added meanwhile as well
    record Blocks(String table, long first, long last) implements EnginePiece {
        @Override
        public String toString() {
            return "blocks %d-%d of %s".formatted(first, last, table);
        }
    }

    /// One index.
    record Index(String index) implements EnginePiece {
        @Override
        public String toString() {
            return "index " + index;
        }
    }

    /// The catalogs of the server and the large objects.
    record Catalogs() implements EnginePiece {
        @Override
        public String toString() {
            return "catalogs";
        }
    }

    /// All sequences.
    record Sequences() implements EnginePiece {
        @Override
        public String toString() {
            return "sequences";
        }
    }

    Pattern BLOCKS = Pattern.compile("blocks ([0-9]{1,10})-([0-9]{1,10}) of (.+)", Pattern.DOTALL);

    String TABLES = """
            select format('%I.%I', n.nspname, c.relname), pg_total_relation_size(c.oid), pg_relation_size(c.oid),
                   (select format('pg_toast.%I', t.relname) from pg_class t where t.oid = c.reltoastrelid),
                   coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0), current_setting('block_size')::bigint
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'm') and c.relpersistence = 'p'
               and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
             order by 1
            """;

    /// All indexes of a table and of its TOAST that are in use.
    String INDEXES = """
            select format('%I.%I', n.nspname, c.relname)
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
              join pg_class r on r.oid = to_regclass(?)
             where i.indrelid in (r.oid, r.reltoastrelid) and i.indisvalid and c.relkind = 'i'
             order by 1
            """;

    /// All pieces of a database.
    static List<EnginePiece> of(Snapshot database) {
        var pieces = new ArrayList<EnginePiece>();
        pieces.add(new Catalogs());
        pieces.add(new Sequences());
        database.list(TABLES, row -> {
            var table = row.getString(1);
            if (row.getLong(2) <= BYTES) {
                pieces.add(new Whole(table));
            } else {
                var block = row.getLong(6);
                var toastBlocks = row.getLong(5) / block;
                pieces.addAll(blocks(table, row.getLong(3) / block, BYTES / block));
                Optional.ofNullable(row.getString(4))
                        .ifPresent(toast -> pieces.addAll(blocks(toast, toastBlocks, BYTES / block)));
                database.list(INDEXES, index -> pieces.add(new Index(index.getString(1))), table);
            }
            return table;
        });
        return pieces;
    }

    /// @param blocks how many there are
    /// @param each how many a piece holds
    static List<EnginePiece> blocks(String table, long blocks, long each) {
        var pieces = new ArrayList<EnginePiece>();
        for (var first = 0L; first < Math.max(1, blocks); first += each) {
            var last = first + each >= blocks ? LAST : first + each - 1;
            pieces.add(new Blocks(table, first, last));
        }
        return pieces;
    }

    /// Reads what `toString` wrote; a name that is quoted or has a schema cannot be taken for another piece.
    static EnginePiece parse(String text) {
        var blocks = BLOCKS.matcher(text);
        if (blocks.matches()) {
            return new Blocks(blocks.group(3), Long.parseLong(blocks.group(1)), Long.parseLong(blocks.group(2)));
        }
        if (text.startsWith("index ")) {
            return new Index(text.substring("index ".length()));
        }
        return switch (text) {
            case "catalogs" -> new Catalogs();
            case "sequences" -> new Sequences();
            default -> new Whole(text);
        };
    }
}
