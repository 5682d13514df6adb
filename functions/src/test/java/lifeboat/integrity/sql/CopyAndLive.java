package lifeboat.integrity.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalPostgres;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.ContentComparison;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.reconcile.check.ContentAsInLive;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.restore.CopyName;

/// Two databases of a real engine, taken for a restored copy and its live one, and read as a user.
final class CopyAndLive {
    static final Instant POINT = Instant.parse("2026-11-20T10:00:00Z");
    static final Instant INCIDENT = Instant.parse("2026-11-20T11:00:00Z");

    private final String live = LocalPostgres.newDatabase();
    private final String copy = LocalPostgres.newDatabase();

    String live() {
        return live;
    }

    String copy() {
        return copy;
    }

    /// Executes the same in both.
    void both(String... statements) {
        LocalPostgres.execute(live, statements);
        LocalPostgres.execute(copy, statements);
    }

    void inCopy(String... statements) {
        LocalPostgres.execute(copy, statements);
    }

    void inLive(String... statements) {
        LocalPostgres.execute(live, statements);
    }

    /// What all checks find.
    Conclusion inspect(String user, Optional<Freshness> freshness, LiveTrust trust, Check... checks) {
        var inspections = inspections(user);
        var subject = subject(freshness, trust, checks);
        var planned = inspections.plan(subject);
        var evidence = new HashMap<Segment, Evidence>();
        var failures = new HashMap<Segment, String>();
        planned.forEach(segment -> {
            try {
                evidence.put(segment, inspections.inspect(subject, segment));
            } catch (Unreadable e) {
                failures.put(segment, String.valueOf(e.getMessage()));
            }
        });
        return Conclusion.of(subject, planned, evidence, failures);
    }

    /// What one check finds, read as the superuser in a drill.
    Outcome outcome(Check check) {
        return inspect("postgres", Optional.empty(), LiveTrust.TRUSTED, check)
                .outcomes()
                .getLast();
    }

    Subject subject(Optional<Freshness> freshness, LiveTrust trust, Check... checks) {
        var resource = new Resource.RdsInstance(
                new ResourceName("orders"), "orders", new SqlAccess(live, "shop/orders"), freshness, List.of(checks));
        return new Subject(resource, new CopyName("lifeboat-drill-1-orders"), POINT, INCIDENT, trust);
    }

    /// How the structure of the copy differs from live's.
    List<String> structureDifferences() {
        try (var here = Snapshot.open(() -> LocalPostgres.connect(copy), Duration.ofMinutes(1));
                var there = Snapshot.open(() -> LocalPostgres.connect(live), Duration.ofMinutes(1))) {
            return Schema.of(here).differencesTo(Schema.of(there));
        }
    }

    PostgresInspections inspections(String user) {
        var databases = new Databases() {
            @Override
            public Connection live(Resource resource) throws SQLException {
                return LocalPostgres.connect(live, user);
            }

            @Override
            public Connection copy(Resource resource, CopyName name) throws SQLException {
                return LocalPostgres.connect(copy, user);
            }
        };
        return new PostgresInspections(databases, asInLive(copy, live, user));
    }

    /// The comparison with live that reconcile makes.
    static ContentComparison asInLive(String copy, String live, String user) {
        return new ContentAsInLive(
                (subject, explainedBy) -> PostgresComparison.open(
                        endpoint(copy, user), endpoint(live, user), new Scope(Set.of(), explainedBy, List.of()), 7),
                InstantSource.fixed(INCIDENT));
    }

    private static Endpoint endpoint(String database, String user) {
        return new Endpoint(
                "jdbc:postgresql://localhost:%d/%s?user=%s".formatted(LocalPostgres.port(), database, user));
    }
}
