package lifeboat.catalog;

/// Whether this version can restore what a store's backups hold.
public enum Recoverability {
    /// It can.
    YES("met", "yes"),
    /// Only where the engine is PostgreSQL, which the environment file does not say: the first drill finds out.
    POSTGRESQL_ONLY("met, if PostgreSQL", "unproven"),
    /// It backs the store up and cannot restore it.
    NOT_YET("cannot be recovered yet", "backup only");

    private final String met;
    private final String label;

    Recoverability(String met, String label) {
        this.met = met;
        this.label = label;
    }

    /// In a word: `yes`, `unproven`, `backup only`.
    public String label() {
        return label;
    }

    /// What it comes to where the backups are within the objective.
    public String whereMet() {
        return met;
    }

    /// Of a resource.
    public static Recoverability of(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable _ -> YES;
            case Resource.RdsInstance _ -> POSTGRESQL_ONLY;
            case Resource.AuroraCluster _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                NOT_YET;
        };
    }
}
