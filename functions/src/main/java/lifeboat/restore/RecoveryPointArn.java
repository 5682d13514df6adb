package lifeboat.restore;

import lifeboat.catalog.Invalid;

/// The ARN of a recovery point in a backup vault.
///
/// AWS Backup uses several forms: `arn:aws:backup:...:recovery-point:*`, `arn:aws:rds:...:snapshot:awsbackup:*`,
/// `arn:aws:ec2:...::snapshot/*`, `arn:aws:dynamodb:...:table/*/backup/*`.
///
/// @param value the ARN
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html">AWS Backup access
///     control</a>
public record RecoveryPointArn(String value) {
    public RecoveryPointArn {
        if (!value.matches("arn:aws[a-z-]*:(backup|rds|ec2|dynamodb):[a-z0-9-]+:[0-9]*:.+")) {
            throw new Invalid(
                    "LB-104",
                    "recoveryPoint \"%s\" is not allowed: the ARN of a recovery point, for example arn:aws:backup:us-east-1:111122223333:recovery-point:1a2b"
                            .formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
