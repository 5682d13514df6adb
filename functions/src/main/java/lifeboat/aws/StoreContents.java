package lifeboat.aws;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lifeboat.aws.dynamodb.DynamoDbContents;
import lifeboat.aws.rds.RdsContents;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.TableContent;

/// What the tables of every kind of store hold, as far as it can be told by fingerprint.
public final class StoreContents implements ContentReader {
    private final Clients clients;
    private final InstantSource clock;
    private final boolean sqlTls;

    /// @param sqlTls whether connections to databases must be encrypted
    public StoreContents(Clients clients, InstantSource clock, boolean sqlTls) {
        this.clients = clients;
        this.clock = clock;
        this.sqlTls = sqlTls;
    }

    @Override
    public List<ContentPiece> pieces(Resource resource, String physicalName) {
        return of(resource).pieces(resource, physicalName);
    }

    @Override
    public TableContent read(
            Resource resource,
            String physicalName,
            ContentPiece piece,
            Optional<String> explainedBy,
            Optional<TableContent.Since> since) {
        return of(resource).read(resource, physicalName, piece, explainedBy, since);
    }

    @Override
    public String table(Resource resource, ContentPiece piece) {
        return of(resource).table(resource, piece);
    }

    private ContentReader of(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable _ -> new DynamoDbContents(clients.items(), clock);
            case Resource.RdsInstance _ -> new RdsContents(clients.rds(), clients.secrets(), sqlTls);
            case Resource.AuroraCluster _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                throw new Invalid(
                        "LB-309",
                        "resource \"%s\" is in store %s, of which no fingerprint can be taken: dynamodb, rds"
                                .formatted(resource.name(), resource.store()));
        };
    }
}
