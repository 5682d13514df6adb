package lifeboat.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.sql.StoreFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// How failures end a command.
class OutcomeTest {
    private final StringWriter answer = new StringWriter();
    private final StringWriter said = new StringWriter();

    @Test
    void aStoreThatCannotBeReachedIsNoDifference() throws Exception {
        int code = told(false, () -> {
            throw SdkClientException.create("connection refused");
        });
        assertThat(code).isEqualTo(2);
        assertThat(said.toString()).contains("failed: connection refused", "hint:");
        assertThat(answer.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1, nothing listens there", "http://dynamodb.invalid, the host is unknown"})
    void aStoreWithoutConnectionIsToldWhatFailed(URI endpoint, String what) throws Exception {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            told(false, () -> client.listTables().tableNames().size());
        }
        assertThat(said.toString()).contains("hint: " + what, "nothing was written to the copy or to live");
    }

    @Test
    void aRefusalIsJsonWhereTheAnswerWouldBe() throws Exception {
        assertThat(told(true, () -> {
                    throw new Refused(new Refusal("LB-412", "plan \"x\" is stale", "compare again"));
                }))
                .isEqualTo(2);
        JsonNode node = new ObjectMapper().readTree(answer.toString());
        assertThat(node.path("outcome").asText()).isEqualTo("refused");
        assertThat(node.path("code").asText()).isEqualTo("LB-412");
        assertThat(node.path("message").asText()).isEqualTo("plan \"x\" is stale");
        assertThat(node.path("hint").asText()).isEqualTo("compare again");
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void aFailureIsJsonToo() throws Exception {
        told(true, () -> {
            throw new StoreFailed("reading", new SQLException("gone", "08006"));
        });
        JsonNode node = new ObjectMapper().readTree(answer.toString());
        assertThat(node.path("outcome").asText()).isEqualTo("failed");
        assertThat(node.path("message").asText()).isEqualTo("reading: gone");
    }

    /// Batches before the one that failed are committed, and so may be that one itself.
    @Test
    void aRepairThatFailsIsNeverCalledRolledBack() throws Exception {
        told(false, Outcome.WHOLE, () -> {
            throw new UncheckedIOException("the undo log could not be written", new IOException("disk full"));
        });
        assertThat(said.toString())
                .contains("failed: the undo log could not be written", "rows that were written are whole")
                .doesNotContain("rolled back");
    }

    @Test
    void theLineOfProgressIsBlankBeforeAReport() {
        try (ConsoleProgress progress = new ConsoleProgress(new PrintWriter(said), true)) {
            progress.at("compare", 1, 2);
        }
        assertThat(said.toString()).isEqualTo("\r\033[Kcompare  1 of 2\r\033[K");
        try (ConsoleProgress progress = new ConsoleProgress(new PrintWriter(answer), false)) {
            progress.at("compare", 1, 2);
        }
        assertThat(answer.toString()).isEmpty();
    }

    private int told(boolean json, Callable<Integer> command) throws Exception {
        return told(json, Outcome.UNTOUCHED, command);
    }

    private int told(boolean json, String left, Callable<Integer> command) throws Exception {
        return Outcome.told(new PrintWriter(answer), new PrintWriter(said), json, left, command);
    }

    @Test
    void onlyAProcessThatIsGoneIsDead() {
        assertThat(RepairCommand.isDead("repair of plan 1 by ann, process "
                        + ProcessHandle.current().pid()))
                .isFalse();
        assertThat(RepairCommand.isDead("repair of plan 1 by ann, process 999999999"))
                .isTrue();
        assertThat(RepairCommand.isDead("repair of plan 1 by a function")).isFalse();
    }
}
