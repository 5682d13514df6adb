package lifeboat.local.bench;

/// The ways that are measured beside each other, in the order in which they take turns.
enum Way {
    COMMANDS("`lifeboat diff` + `repair`, two JVMs of 256 MB"),
    ENGINE("the same inside one warm JVM"),
    DUMP("`pg_dump -Fc`, `pg_restore --clean`"),
    DIRECTORY("`pg_dump -Fd -j2 -Z0`, `pg_restore -j2 --clean`"),
    SCAN("`count(*)` of both, side by side"),
    VERIFY("`lifeboat diff`, one JVM of 256 MB"),
    BLOCKS("ordered sha256 of blocks of both, side by side");

    /// What each round measures where rows are damaged.
    static final java.util.List<Way> REPAIRING = java.util.List.of(COMMANDS, ENGINE, DUMP, DIRECTORY, SCAN);

    /// What each round measures where nothing is damaged.
    static final java.util.List<Way> VERIFYING = java.util.List.of(VERIFY, BLOCKS, SCAN);

    private final String text;

    Way(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// Whether live equals the copy afterwards.
    boolean repairs() {
        return this != SCAN && this != VERIFY && this != BLOCKS;
    }
}
