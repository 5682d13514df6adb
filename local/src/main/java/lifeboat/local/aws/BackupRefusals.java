package lifeboat.local.aws;

import software.amazon.awssdk.services.backup.model.AlreadyExistsException;
import software.amazon.awssdk.services.backup.model.InvalidParameterValueException;
import software.amazon.awssdk.services.backup.model.LimitExceededException;
import software.amazon.awssdk.services.backup.model.MissingParameterValueException;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/// What AWS Backup answers where it will not.
final class BackupRefusals {
    private BackupRefusals() {}

    static RuntimeException invalid(String message) {
        return Refusals.of(InvalidParameterValueException.builder(), "InvalidParameterValueException", message)
                .build();
    }

    static RuntimeException missing(String parameter) {
        return Refusals.of(
                        MissingParameterValueException.builder(),
                        "MissingParameterValueException",
                        "Missing parameter: " + parameter)
                .build();
    }

    static RuntimeException notFound(String what) {
        return Refusals.of(ResourceNotFoundException.builder(), "ResourceNotFoundException", what)
                .build();
    }

    static RuntimeException exists(String what) {
        return Refusals.of(AlreadyExistsException.builder(), "AlreadyExistsException", what)
                .build();
    }

    static RuntimeException limit(String what) {
        return Refusals.of(LimitExceededException.builder(), "LimitExceededException", what)
                .build();
    }
}
