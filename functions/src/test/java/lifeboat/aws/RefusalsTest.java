package lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class RefusalsTest {
    @ParameterizedTest
    @CsvSource({
        "AccessDenied, LB-501",
        "AccessDeniedException, LB-501",
        "UnauthorizedOperation, LB-501",
        "InstanceQuotaExceeded, LB-502",
        "StorageQuotaExceeded, LB-502"
    })
    void whatAwsRefusesForGoodSaysWhatToDo(String error, String code) {
        assertThatThrownBy(() -> refused(error))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageStartingWith(code)
                .hasMessageContaining("not authorized to perform this")
                .hasMessageContaining("hint: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "InternalServerError", "SomethingNew"})
    void whateverElseFliesOnSoThatItIsTriedAgain(String error) {
        assertThatThrownBy(() -> refused(error)).isInstanceOf(AwsServiceException.class);
    }

    @Test
    void anErrorWithoutDetailsFliesOn() {
        assertThatThrownBy(() -> Refusals.explained(() -> {
                    throw AwsServiceException.builder().message("no answer").build();
                }))
                .isInstanceOf(AwsServiceException.class);
    }

    @Test
    void whatSucceedsIsAnswered() {
        assertThat(Refusals.explained(() -> "done")).isEqualTo("done");
    }

    private static void refused(String error) {
        Refusals.explained(() -> {
            throw AwsServiceException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .serviceName("Rds")
                            .errorCode(error)
                            .errorMessage("not authorized to perform this")
                            .build())
                    .build();
        });
    }
}
