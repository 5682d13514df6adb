package lifeboat.aws;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.aws.dynamodb.DynamoDbCopies;
import lifeboat.aws.dynamodb.DynamoDbInspections;
import lifeboat.aws.dynamodb.DynamoDbParity;
import lifeboat.aws.dynamodb.DynamoDbRestores;
import lifeboat.aws.dynamodb.DynamoDbSides;
import lifeboat.aws.dynamodb.ListedAlarms;
import lifeboat.aws.rds.RdsCopies;
import lifeboat.aws.rds.RdsDatabases;
import lifeboat.aws.rds.RdsParity;
import lifeboat.aws.rds.RdsRestores;
import lifeboat.aws.rds.RdsSides;
import lifeboat.aws.rds.Relocation;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Network;
import lifeboat.catalog.Resource;
import lifeboat.integrity.ContentComparison;
import lifeboat.integrity.sql.Databases;
import lifeboat.integrity.sql.PostgresInspections;
import lifeboat.reconcile.check.ContentAsInLive;
import lifeboat.reconcile.flow.Sides;
import lifeboat.recovery.Stores;
import org.jspecify.annotations.Nullable;

/// The adapters of each kind of store.
public final class StoreAdapters implements Stores {
    private final Clients clients;
    private final RecoveryPoints points;
    private final RestoreJobs jobs;
    private final Arns home;
    private final boolean away;
    private final InstantSource clock;
    private final boolean sqlTls;
    private final Relocation databases;

    private @Nullable ListedAlarms alarms;

    /// Composes over the clients of one region.
    ///
    /// @param home ARNs of the live resources
    /// @param away whether this is not their region
    /// @param sqlTls whether connections to databases must be encrypted
    /// @param network where databases of this region stand; absent: the environment file does not say
    public StoreAdapters(
            Clients clients,
            RecoveryPoints points,
            RestoreJobs jobs,
            Arns home,
            boolean away,
            InstantSource clock,
            boolean sqlTls,
            Optional<Network> network) {
        this.clients = clients;
        this.points = points;
        this.jobs = jobs;
        this.home = home;
        this.away = away;
        this.clock = clock;
        this.sqlTls = sqlTls;
        this.databases = new Relocation(network, away);
    }

    @Override
    public Store of(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable _ -> dynamoDb();
            case Resource.RdsInstance _ -> rds();
            case Resource.AuroraCluster _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                throw new Invalid(
                        "LB-109",
                        "resource \"%s\" is in store %s, which this version protects but cannot restore yet: one of dynamodb, rds. hint: name the others in \"resources\""
                                .formatted(resource.name(), resource.store()));
        };
    }

    private Store dynamoDb() {
        return new Store(
                new DynamoDbRestores(clients.dynamoDb(), points, jobs, home, away, clock),
                new DynamoDbParity(clients.dynamoDb(), clients.autoScaling(), alarms()),
                new DynamoDbInspections(
                        clients.dynamoDb(), clients.dynamoDb(), asInLive(new DynamoDbSides(clients.items()))),
                new DynamoDbCopies(clients.dynamoDb(), clients.autoScaling(), clients.cloudWatch()));
    }

    /// The same for all tables: they are listed once.
    private synchronized ListedAlarms alarms() {
        if (alarms == null) {
            alarms = new ListedAlarms(clients.cloudWatch(), clock);
        }
        return alarms;
    }

    private Store rds() {
        Databases sql = new RdsDatabases(clients.rds(), clients.secrets(), sqlTls);
        return new Store(
                new RdsRestores(clients.rds(), points, jobs, home, databases, clock),
                new RdsParity(clients.rds(), databases),
                new PostgresInspections(sql, asInLive(new RdsSides(clients.rds(), clients.secrets(), sqlTls))),
                new RdsCopies(clients.rds()));
    }

    private ContentComparison asInLive(Sides sides) {
        return new ContentAsInLive(
                (subject, explainedBy) ->
                        sides.comparison(subject.live(), subject.copy(), Set.of(), explainedBy, List.of()),
                clock);
    }
}
