package lifeboat.recovery;

import lifeboat.catalog.Resource;

/// More copies of one kind than the service restores at once, so that some have to wait for others.
///
/// @param kind what is copied, in the plural
/// @param copies how many of the kind the recovery makes
/// @param atOnce how many are restored at the same time
public record Wave(String kind, int copies, int atOnce) {
    /// How many resources the state machine of a recovery works on at the same time.
    public static final int RESOURCES_AT_ONCE = 50;

    static String kind(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable _ -> "tables";
            case Resource.RdsInstance _ -> "instances";
            case Resource.AuroraCluster _ -> "clusters";
            case Resource.S3Bucket _ -> "buckets";
            case Resource.EfsFileSystem _ -> "file systems";
            case Resource.EbsVolume _ -> "volumes";
        };
    }

    /// For the person who is about to start it.
    String text() {
        return "%d %s, %d restores at a time: %d waves".formatted(copies, kind, atOnce, Math.ceilDiv(copies, atOnce));
    }
}
