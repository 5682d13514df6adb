package lifeboat.aws.rds;

import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.Segment;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.TableContents;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// What the tables of a PostgreSQL database on an RDS instance hold: a piece a table.
public final class RdsContents implements ContentReader {
    private final RdsUrls urls;

    /// @param tls whether connections must be encrypted; only a local engine does without
    public RdsContents(RdsClient rds, SecretsManagerClient secrets, boolean tls) {
        this.urls = new RdsUrls(rds, secrets, tls);
    }

    @Override
    public List<ContentPiece> pieces(Resource resource, String physicalName) {
        try (var contents = open(resource, physicalName, Optional.empty())) {
            return contents.tables().keySet().stream()
                    .map(table -> ContentPiece.whole(new Segment(table.toString())))
                    .toList();
        }
    }

    @Override
    public TableContent read(
            Resource resource,
            String physicalName,
            ContentPiece piece,
            Optional<String> explainedBy,
            Optional<TableContent.Since> since) {
        try (var contents = open(resource, physicalName, explainedBy)) {
            return contents.of(table(contents, piece), since);
        }
    }

    @Override
    public String table(Resource resource, ContentPiece piece) {
        return piece.what().label();
    }

    private static TableName table(TableContents contents, ContentPiece piece) {
        return contents.tables().keySet().stream()
                .filter(table -> table.toString().equals(piece.what().label()))
                .findFirst()
                .orElseThrow(() -> new Invalid("LB-308", "table \"%s\" is not there any more".formatted(piece.what())));
    }

    private TableContents open(Resource resource, String instance, Optional<String> explainedBy) {
        var url = urls.reading(resource, instance);
        return switch (url.engine()) {
            case POSTGRES -> TableContents.open(new Endpoint(url.text()), explainedBy);
            case MYSQL ->
                throw new Invalid(
                        "LB-309",
                        "instance \"%s\" runs no PostgreSQL, so no fingerprint of it can be taken: postgres. hint: leave out the check fingerprint of resource \"%s\""
                                .formatted(instance, resource.name()));
        };
    }
}
