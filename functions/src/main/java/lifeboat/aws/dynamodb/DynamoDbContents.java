package lifeboat.aws.dynamodb;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.items.ItemFingerprints;
import lifeboat.reconcile.items.ItemScans;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What DynamoDB tables hold, by scans. Live is read consistently: a write that was over before is not missed.
public final class DynamoDbContents implements ContentReader {
    /// The same for ever: what was recorded is compared years later.
    private static final long SEED = 0x4C69666562_6F6174L;

    /// Few enough for the state of one execution; pieces of larger tables are larger.
    private static final int MOST_PIECES = 100;

    private final DynamoDbClient items;
    private final InstantSource clock;

    /// @param items a client built with [ItemClients]
    public DynamoDbContents(DynamoDbClient items, InstantSource clock) {
        this.items = items;
        this.clock = clock;
    }

    @Override
    public List<ContentPiece> pieces(Resource resource, String physicalName) {
        var segments = fingerprints(resource, physicalName).segments(MOST_PIECES);
        var pieces = new ArrayList<ContentPiece>();
        segments.forEach(segment -> pieces.add(new ContentPiece(pieces.size() + 1, segments.size(), segment)));
        return List.copyOf(pieces);
    }

    @Override
    public TableContent read(
            Resource resource,
            String physicalName,
            ContentPiece piece,
            Optional<String> explainedBy,
            Optional<TableContent.Since> since) {
        return fingerprints(resource, physicalName)
                .content(resource.physicalName(), piece.what(), explainedBy, since, clock);
    }

    @Override
    public String table(Resource resource, ContentPiece piece) {
        return resource.physicalName();
    }

    private ItemFingerprints fingerprints(Resource resource, String table) {
        var isLive = table.equals(resource.physicalName());
        return new ItemFingerprints(new DynamoDbItemTable(items, table, isLive), ItemScans.usual(SEED));
    }
}
