package lifeboat.catalog;

import java.util.List;
import java.util.Optional;

/// Something that holds data and can be recovered, by the store that holds it.
public sealed interface Resource {
    /// The name in the environment file, unique in its workload.
    ResourceName name();

    /// The physical name in AWS: table, instance, cluster, bucket, file system or volume.
    String physicalName();

    /// The key in the environment file: `dynamodb`, `rds`, `aurora`, `s3`, `efs` or `ebs`.
    String store();

    /// Where the time of the newest write is read; absent: data loss is only known as the age of the recovery point.
    default Optional<Freshness> freshness() {
        return Optional.empty();
    }

    /// Whether the store itself can go back to any second: DynamoDB point-in-time recovery, RDS automated backups.
    default boolean pointInTime() {
        return false;
    }

    /// The checks that the environment file asks for beyond those that always run.
    List<Check> checks();

    /// A DynamoDB table.
    ///
    /// @param table name of the live table
    /// @param pointInTime whether point-in-time recovery is on; the daily validation finds where it is not
    record DynamoDbTable(
            ResourceName name, String table, boolean pointInTime, Optional<Freshness> freshness, List<Check> checks)
            implements Resource {
        static final Pattern FORM = new Pattern("[a-zA-Z0-9_.-]{3,255}", "3 to 255 of a-z, A-Z, 0-9, _ . -");

        public DynamoDbTable {
            checks = List.copyOf(checks);
            Invalid.unless(FORM, "dynamodb", table);
        }

        /// With point-in-time recovery on, as the file has it unless it says otherwise.
        public DynamoDbTable(ResourceName name, String table, Optional<Freshness> freshness, List<Check> checks) {
            this(name, table, true, freshness, checks);
        }

        @Override
        public String physicalName() {
            return table;
        }

        @Override
        public String store() {
            return "dynamodb";
        }
    }

    /// An RDS database instance (PostgreSQL, MySQL or MariaDB).
    ///
    /// @param instance identifier of the live instance
    /// @param sql how its content is reached
    /// @param pointInTime whether automated backups, and so point-in-time recovery, are on
    record RdsInstance(
            ResourceName name,
            String instance,
            SqlAccess sql,
            boolean pointInTime,
            Optional<Freshness> freshness,
            List<Check> checks)
            implements Resource {
        static final Pattern FORM = new Pattern(
                "(?=.{1,63}$)[a-zA-Z](-?[a-zA-Z0-9])*",
                "an RDS instance identifier: 1 to 63 letters, digits and single hyphens, starting with a letter");

        public RdsInstance {
            checks = List.copyOf(checks);
            Invalid.unless(FORM, "rds", instance);
        }

        /// With point-in-time recovery on, as the file has it unless it says otherwise.
        public RdsInstance(
                ResourceName name, String instance, SqlAccess sql, Optional<Freshness> freshness, List<Check> checks) {
            this(name, instance, sql, true, freshness, checks);
        }

        @Override
        public String physicalName() {
            return instance;
        }

        @Override
        public String store() {
            return "rds";
        }
    }

    /// An Aurora cluster (PostgreSQL or MySQL).
    ///
    /// @param cluster identifier of the live cluster
    /// @param sql how its content is reached
    /// @param pointInTime whether automated backups, and so point-in-time recovery, are on
    record AuroraCluster(
            ResourceName name,
            String cluster,
            SqlAccess sql,
            boolean pointInTime,
            Optional<Freshness> freshness,
            List<Check> checks)
            implements Resource {
        static final Pattern FORM = new Pattern(
                "(?=.{1,63}$)[a-zA-Z](-?[a-zA-Z0-9])*",
                "an Aurora cluster identifier: 1 to 63 letters, digits and single hyphens, starting with a letter");

        public AuroraCluster {
            checks = List.copyOf(checks);
            Invalid.unless(FORM, "aurora", cluster);
        }

        /// With point-in-time recovery on, as the file has it unless it says otherwise.
        public AuroraCluster(
                ResourceName name, String cluster, SqlAccess sql, Optional<Freshness> freshness, List<Check> checks) {
            this(name, cluster, sql, true, freshness, checks);
        }

        @Override
        public String physicalName() {
            return cluster;
        }

        @Override
        public String store() {
            return "aurora";
        }
    }

    /// An S3 bucket.
    ///
    /// @param bucket name of the live bucket
    record S3Bucket(ResourceName name, String bucket, List<Check> checks) implements Resource {
        static final Pattern FORM = new Pattern(
                "(?!.*\\.\\.)(?![0-9.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
                "an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens");

        public S3Bucket {
            checks = List.copyOf(checks);
            Invalid.unless(FORM, "s3", bucket);
        }

        @Override
        public String physicalName() {
            return bucket;
        }

        @Override
        public String store() {
            return "s3";
        }
    }

    /// An EFS file system.
    ///
    /// @param fileSystem id of the live file system
    record EfsFileSystem(ResourceName name, String fileSystem, List<Check> checks) implements Resource {
        static final Pattern FORM =
                new Pattern("fs-[0-9a-f]{8,40}", "the id of a file system, for example fs-0123456789abcdef0");

        public EfsFileSystem {
            checks = List.copyOf(checks);
            Invalid.unless(FORM, "efs", fileSystem);
        }

        @Override
        public String physicalName() {
            return fileSystem;
        }

        @Override
        public String store() {
            return "efs";
        }
    }

    /// An EBS volume.
    ///
    /// @param volume id of the live volume
    record EbsVolume(ResourceName name, String volume, List<Check> checks) implements Resource {
        static final Pattern FORM =
                new Pattern("vol-[0-9a-f]{8,17}", "the id of a volume, for example vol-0123456789abcdef0");

        public EbsVolume {
            checks = List.copyOf(checks);
            Invalid.unless(FORM, "ebs", volume);
        }

        @Override
        public String physicalName() {
            return volume;
        }

        @Override
        public String store() {
            return "ebs";
        }
    }
}
