package lifeboat.integrity.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.integrity.BeyondEnd;
import lifeboat.integrity.FileSizes;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RelationFile;
import lifeboat.integrity.Subject;

/// How long the files of tables, their TOAST and their indexes are, as PostgreSQL sees them.
public final class PostgresFileSizes implements FileSizes {
    private static final Duration EACH = Duration.ofMinutes(3);

    /// No index is followed that cannot be within an invocation.
    private static final int LATEST_SECONDS = 240;

    /// A file that is being written anew is left out: whoever measures it waits for that.
    private static final String FILES = """
            select c.oid::bigint, pg_relation_filenode(c.oid)::bigint,
                   pg_relation_size(c.oid) / current_setting('block_size')::bigint,
                   format('%I.%I', n.nspname, c.relname), hn.nspname || '.' || h.relname,
                   case when c.relkind <> 'i' then 'ROWS' when a.amname = 'btree' then 'BTREE' else 'INDEX' end
              from pg_class h join pg_namespace hn on hn.oid = h.relnamespace
              cross join lateral (select h.oid
                                  union all select h.reltoastrelid where h.reltoastrelid <> 0
                                  union all select i.indexrelid from pg_index i where i.indrelid in (h.oid, nullif(h.reltoastrelid, 0))) f (oid)
              join pg_class c on c.oid = f.oid join pg_namespace n on n.oid = c.relnamespace
              left join pg_am a on a.oid = c.relam
             where h.relkind in ('r', 'm') and h.relpersistence = 'p'
               and (hn.nspname <> 'information_schema' and hn.nspname !~ '^pg_' or h.oid = 'pg_catalog.pg_largeobject'::regclass)
               and not exists (select from pg_locks l where l.relation = c.oid and l.mode = 'AccessExclusiveLock' and l.granted
                                  and l.database = (select d.oid from pg_database d where d.datname = current_database()))
             order by 3 desc, 1
            """;

    private final Databases databases;

    public PostgresFileSizes(Databases databases) {
        this.databases = databases;
    }

    @Override
    public Optional<RecordedFiles> live(Resource resource) {
        return switch (resource) {
            case Resource.RdsInstance _ -> Optional.of(measured(resource));
            case Resource.AuroraCluster _,
                    Resource.DynamoDbTable _,
                    Resource.S3Bucket _,
                    Resource.EfsFileSystem _,
                    Resource.EbsVolume _ -> Optional.empty();
        };
    }

    private RecordedFiles measured(Resource resource) {
        try (var live = Snapshot.open(() -> databases.live(resource), EACH)) {
            var files = files(live);
            var until = live.number("select (extract(epoch from clock_timestamp()) * 1000000)::bigint");
            return RecordedFiles.of(files, Instant.EPOCH.plus(until, ChronoUnit.MICROS));
        }
    }

    @Override
    public List<RelationFile> copy(Subject subject) {
        try (var copy = Snapshot.open(() -> databases.copy(subject.live(), subject.copy()), EACH)) {
            return files(copy);
        }
    }

    /// One that was dropped meanwhile has neither a number nor a length.
    private static List<RelationFile> files(Snapshot database) {
        return database.list(FILES, PostgresFileSizes::file).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<RelationFile> file(ResultSet row) throws SQLException {
        return row.getObject(2) == null || row.getObject(3) == null
                ? Optional.empty()
                : Optional.of(new RelationFile(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        RelationFile.Kind.valueOf(row.getString(6))));
    }

    @Override
    public Map<RelationFile, BeyondEnd> beyond(Subject subject, List<RelationFile> files) {
        if (files.isEmpty()) {
            return Map.of();
        }
        try (var copy = databases.copy(subject.live(), subject.copy())) {
            copy.setAutoCommit(false);
            try {
                return beyond(copy, files);
            } finally {
                copy.rollback();
            }
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    private static Map<RelationFile, BeyondEnd> beyond(Connection copy, List<RelationFile> files) throws SQLException {
        Amcheck.prepare(new EngineFindings(copy));
        var found = new LinkedHashMap<RelationFile, BeyondEnd>();
        for (var file : files) {
            found.put(file, beyond(copy, file));
        }
        return found;
    }

    private static BeyondEnd beyond(Connection copy, RelationFile file) throws SQLException {
        var findings = new EngineFindings(copy);
        findings.execute("set local statement_timeout = %d".formatted(EACH.toMillis()));
        var late = findings.rows(
                "the time",
                "select extract(epoch from clock_timestamp() - now()) > " + LATEST_SECONDS,
                row -> row.getBoolean(1));
        return late.contains(true)
                ? new BeyondEnd.Untold("there was no time left to follow an index")
                : new HeapEnd(findings).look(file.name());
    }
}
