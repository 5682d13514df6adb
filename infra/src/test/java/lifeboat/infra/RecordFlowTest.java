package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Site;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFlowTest {
    private static FlowDefinition record;
    private static JsonNode states;

    @BeforeAll
    static void synthesize() throws Exception {
        var templates = Templates.of(Templates.PROD);
        var site = Site.primary(templates.environment());
        record = FlowDefinition.of(templates.stack("recovery-" + site.region()), site, "record");
        states = new ObjectMapper().readTree(record.states()).path("States");
    }

    @Test
    void everyStepIsOfTheOneFunctionThatReadsLive() {
        assertThat(record.tasks())
                .containsOnlyKeys("Plan reading", "Read piece", "Record contents")
                .allSatisfy((_, handler) -> assertThat(handler).isEqualTo(Handler.READ_CONTENT));
    }

    @Test
    void definitionIsWellFormed(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("record.asl.json"), record.states());

        assertThat(Tool.run("node_modules/.bin/asl-validator", "--json-path", file.toString())
                        .exit())
                .isZero();
    }

    @Test
    void liveIsReadByFewAtOnce() {
        assertThat(states.at("/Read pieces/MaxConcurrency").asInt()).isEqualTo(2);
    }

    @Test
    void pieceThatFailsStopsNoOtherAndTheEndIsToldAllPieces() {
        var piece = states.at("/Read pieces/ItemProcessor/States/Read piece");
        assertThat(piece.at("/Catch/0/ErrorEquals/0").asText()).isEqualTo("States.ALL");
        assertThat(piece.at("/Catch/0/Next").asText()).isEqualTo("Piece not read");
        assertThat(states.at("/Record contents/Parameters/pieces.$").asText()).isEqualTo("$.plan.pieces");
        assertThat(states.at("/Record contents/Catch/0/Next").asText()).isEqualTo("Not recorded");
        assertThat(states.at("/Not recorded/Type").asText()).isEqualTo("Fail");
    }

    @Test
    void whatReadsLiveWritesOnlyToTheLedger() {
        var actions = Handler.READ_CONTENT.permissions().stream()
                .flatMap(permission -> permission.actions().stream())
                .toList();
        assertThat(actions)
                .containsExactlyInAnyOrder(
                        "dynamodb:Scan",
                        "dynamodb:DescribeTable",
                        "dynamodb:DescribeTimeToLive",
                        "rds:DescribeDBInstances",
                        "secretsmanager:GetSecretValue",
                        "kms:Decrypt",
                        "dynamodb:Query",
                        "dynamodb:PutItem");
        assertThat(Handler.READ_CONTENT.permissions().stream()
                        .filter(permission -> permission.actions().contains("dynamodb:PutItem")))
                .singleElement()
                .satisfies(permission -> assertThat(Set.copyOf(permission.on()))
                        .containsExactly(lifeboat.infra.permission.Scope.LEDGER));
    }

    @Test
    void recordingsStandOnlyWhereLiveIs() {
        var environment = Templates.of(Templates.PROD).environment();
        for (var handler : new Handler[] {Handler.RECORD, Handler.READ_CONTENT}) {
            assertThat(handler.standsIn(Site.primary(environment))).isTrue();
            assertThat(handler.standsIn(Site.recovery(environment))).isFalse();
        }
    }
}
