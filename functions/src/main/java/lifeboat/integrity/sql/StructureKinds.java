package lifeboat.integrity.sql;

import java.util.List;
import java.util.stream.Stream;

/// Which kinds of objects the structure check compares, and which it does not. The measure is what `pg_dump` and
/// `pg_dumpall` write. `docs/reference/structure-postgresql.md` shows this list.
final class StructureKinds {
    /// Compared, in the order in which differences are told.
    static final List<ObjectKind> COMPARED = Stream.of(
                    RelationKinds.all(), TypeAndRoutineKinds.all(), DatabaseKinds.all(), AccessKinds.all())
            .flatMap(List::stream)
            .toList();

    /// Not compared.
    static final List<NotCompared> NOT_COMPARED = List.of(
            new NotCompared("rows", "the checks matchesLive and fingerprint compare them", "DO_TABLE_DATA"),
            new NotCompared(
                    "large objects",
                    "they change as rows do, and nothing tells when",
                    "DO_LARGE_OBJECT",
                    "DO_LARGE_OBJECT_DATA"),
            new NotCompared(
                    "positions of sequences",
                    "live has moved on; compared is whether each lies before a value of the column that it fills",
                    "DO_SEQUENCE_SET"),
            new NotCompared("planner statistics", "the engine makes them anew by itself", "DO_REL_STATS"),
            new NotCompared(
                    "state and connection of subscriptions",
                    "the state moves on, and the connection holds a password",
                    "DO_SUBSCRIPTION_REL"),
            new NotCompared("passwords", "only a superuser can read their digests, and RDS has none"),
            new NotCompared("replication slots", "RDS restores none"),
            new NotCompared("settings of the server", "the parameter group is compared with the settings of the copy"),
            new NotCompared("privileges on parameters", "a superuser alone can grant them, and RDS has none"),
            new NotCompared("objects of extensions", "compared are the version, owners, privileges and comments"));

    /// What the order of a dump needs; no objects.
    static final List<String> NO_OBJECTS = List.of("DO_PRE_DATA_BOUNDARY", "DO_POST_DATA_BOUNDARY");

    /// What is left out, and why.
    ///
    /// @param dumped what `pg_dump` calls it; empty where only `pg_dumpall` or nothing writes it
    record NotCompared(String name, String why, List<String> dumped) {
        NotCompared(String name, String why, String... dumped) {
            this(name, why, List.of(dumped));
        }
    }

    private StructureKinds() {}
}
