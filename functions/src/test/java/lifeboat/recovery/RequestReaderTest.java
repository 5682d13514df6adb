package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private static final Instant NOW = Example.START;
    private static final String ARN = "arn:aws:backup:us-east-1:111122223333:recovery-point:1a2b";
    private final RequestReader reader = new RequestReader(
            Example.environment(Example.workload("catalog", Example.PRODUCTS, Example.ORDERS), Example.crowd(1)));

    @Test
    void theNameOfTheWorkloadIsEnough() {
        assertThat(read("{'workload': 'catalog'}"))
                .isEqualTo(new RecoveryRequest(
                        Example.CATALOG, Mode.DRILL, new Target.Latest(), List.of(), Optional.empty()));
    }

    @Test
    void everythingCanBeSaid() {
        assertThat(read("""
                        {'workload': 'catalog', 'mode': 'INCIDENT', 'at': '2026-11-20T09:00:00Z',
                         'resources': ['orders'], 'incidentAt': '2026-11-20T09:30:00.5Z'}"""))
                .isEqualTo(new RecoveryRequest(
                        Example.CATALOG,
                        Mode.INCIDENT,
                        new Target.PointInTime(Instant.parse("2026-11-20T09:00:00Z")),
                        List.of(new ResourceName("orders")),
                        Optional.of(Instant.parse("2026-11-20T09:30:00.5Z"))));
    }

    @Test
    void whatIsNullIsNotSaid() {
        assertThat(read("""
                        {'workload': 'catalog', 'mode': null, 'at': null, 'recoveryPoint': null, 'from': null,
                         'resources': null, 'incidentAt': null}""")).isEqualTo(read("{'workload': 'catalog'}"));
    }

    @Test
    void aTargetIsTheLatestTheNewestRecoveryPointOneOfThemOrAnInstant() {
        assertThat(read("{'workload': 'catalog', 'from': 'LATEST'}").target()).isEqualTo(new Target.Latest());
        assertThat(read("{'workload': 'catalog', 'from': 'RECOVERY_POINT'}").target())
                .isEqualTo(new Target.LatestRecoveryPoint());
        assertThat(read("{'workload': 'catalog', 'resources': ['orders'], 'recoveryPoint': '%s'}".formatted(ARN))
                        .target())
                .isEqualTo(new Target.FromRecoveryPoint(new RecoveryPointArn(ARN)));
        assertThat(read("{'workload': 'catalog', 'at': '2026-11-20T10:00:00Z'}").target())
                .isEqualTo(new Target.PointInTime(NOW));
    }

    @Test
    void aRecoveryPointNeedsNoResourceWhereTheWorkloadHasJustOne() {
        assertThat(read("{'workload': 'crowd', 'recoveryPoint': '%s'}".formatted(ARN))
                        .resources())
                .isEmpty();
    }

    @Test
    void resourcesAreSortedAndNamedOnce() {
        assertThat(read("{'workload': 'crowd', 'resources': ['table-1', 'table-1']}"))
                .isEqualTo(read("{'workload': 'crowd'}"));
        assertThat(read("{'workload': 'catalog', 'resources': ['orders', 'orders']}")
                        .resources())
                .containsExactly(new ResourceName("orders"));
    }

    @Test
    void namingEveryResourceIsTheSameRequestAsNamingNone() {
        assertThat(read("{'workload': 'catalog', 'resources': ['products', 'orders']}"))
                .isEqualTo(read("{'workload': 'catalog'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                    | LB-101 the request is not a JSON object; the least that works is {\"workload\": \"NAME\"}",
                "null                                  | LB-101 the request is not a JSON object; the least that works is {\"workload\": \"NAME\"}",
                "'catalog'                             | LB-101 the request is not a JSON object; the least that works is {\"workload\": \"NAME\"}",
                "{}                                    | LB-103 workload is missing: one of catalog, crowd",
                "{'workload': null}                    | LB-103 workload is missing: one of catalog, crowd",
                "{'workload': 'shop'}                  | LB-103 workload \"shop\" is not in environment prod: one of catalog, crowd",
                "{'workload': ''}                      | LB-103 workload \"\" is not in environment prod: one of catalog, crowd",
                "{'workload': 5}                       | LB-101 workload 5 is not allowed: a text in quotes",
                "{'workload': 'catalog', 'when': 'now'} | LB-101 field \"when\" is not allowed: afterIncident, at, from, incidentAt, mode, recoveryPoint, resources, workload",
                "{'workload': 'catalog', 'resource': ['orders']} | LB-101 field \"resource\" may be \"resources\"; allowed are afterIncident, at, from, incidentAt, mode, recoveryPoint, resources, workload",
                "{'workload': 'catalog', 'mode': 'real'} | LB-101 mode \"real\" is not allowed: one of DRILL, INCIDENT",
                "{'workload': 'catalog', 'mode': true} | LB-101 mode true is not allowed: a text in quotes",
                "{'workload': 'catalog', 'from': 'BACKUP'} | LB-101 from \"BACKUP\" is not allowed: one of LATEST, RECOVERY_POINT",
                "{'workload': 'catalog', 'at': 'yesterday'} | LB-108 at \"yesterday\" is not an instant: ISO-8601 in UTC, for example 2026-11-20T14:30:00Z; now is 2026-11-20T10:00:00Z",
                "{'workload': 'catalog', 'at': '2026-11-20'} | LB-108 at \"2026-11-20\" names no time zone: if it is UTC, write \"2026-11-20T00:00:00Z\"; now is 2026-11-20T10:00:00Z",
                "{'workload': 'catalog', 'at': '2026-11-20 09:30'} | LB-108 at \"2026-11-20 09:30\" names no time zone: if it is UTC, write \"2026-11-20T09:30:00Z\"; now is 2026-11-20T10:00:00Z",
                "{'workload': 'catalog', 'at': '09:30'} | LB-108 at \"09:30\" names no time zone: if it is UTC, write \"2026-11-20T09:30:00Z\"; now is 2026-11-20T10:00:00Z",
                "{'workload': 'catalog', 'at': 1763632800} | LB-101 at 1763632800 is not allowed: a text in quotes",
                "{'workload': 'catalog', 'at': '2026-11-20T10:00:01Z'} | LB-108 at \"2026-11-20T10:00:01Z\" is in the future: now is 2026-11-20T10:00:00Z",
                "{'workload': 'catalog', 'incidentAt': '2026-11-20T10:00:01Z'} | LB-108 incidentAt \"2026-11-20T10:00:01Z\" is in the future: now is 2026-11-20T10:00:00Z",
                "{'workload': 'catalog', 'at': '2026-11-20T09:00:00Z', 'from': 'LATEST'} | LB-105 at, recoveryPoint and from exclude each other: give one, or none for the latest",
                "{'workload': 'catalog', 'recoveryPoint': 'daily'} | LB-104 recoveryPoint \"daily\" is not allowed: the ARN of a recovery point, for example arn:aws:backup:us-east-1:111122223333:recovery-point:1a2b",
                "{'workload': 'catalog', 'recoveryPoint': 'arn:aws:backup:us-east-1:111122223333:recovery-point:1a2b'} | LB-106 recoveryPoint belongs to one resource: add \"resources\" with the one it is of, one of orders, products",
                "{'workload': 'catalog', 'resources': 'orders'} | LB-107 resources \"orders\" is not allowed: a list of orders, products",
                "{'workload': 'catalog', 'resources': []} | LB-107 resources [] is not allowed: a list of orders, products",
                "{'workload': 'catalog', 'resources': ['users']} | LB-107 resource \"users\" is not in workload catalog: one of orders, products",
                "{'workload': 'catalog', 'resources': [1]} | LB-107 resource 1 is not in workload catalog: one of orders, products"
            })
    void whatCannotBeDoneIsRefusedWithWhatIsAllowed(String request, String message) {
        assertThatThrownBy(() -> read(request)).hasMessage(message);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> read("""
                        {'workload': 'catalogue', 'mode': 'real', 'at': '2026-11-20T09:30:00', 'dryrun': true,
                         'incidentAt': 5, 'resources': ['users']}"""))
                .hasMessageStartingWith("LB-114 5 things in the request are wrong: ")
                .hasMessageContaining("LB-101 field \"dryrun\" is not allowed: ")
                .hasMessageContaining("LB-103 workload \"catalogue\" is not in environment prod, it may be \"catalog\"")
                .hasMessageContaining("LB-101 mode \"real\" is not allowed")
                .hasMessageContaining("LB-108 at \"2026-11-20T09:30:00\" names no time zone")
                .hasMessageContaining("LB-101 incidentAt 5 is not allowed");
    }

    @Test
    void wordsAreReadInAnyLetterCase() {
        assertThat(read("{'workload': 'catalog', 'mode': 'Incident', 'from': 'recovery_point'}"))
                .isEqualTo(read("{'workload': 'catalog', 'mode': 'INCIDENT', 'from': 'RECOVERY_POINT'}"));
    }

    @Test
    void aPersonMayAskForADryRunAndTheStateMachineKnowsNone() throws JsonProcessingException {
        var question = new ObjectMapper().readTree("{\"workload\": \"catalog\", \"dryRun\": true}");

        RequestReader.Asked asked = reader.asked(question, NOW);

        assertThat(asked.dryRun()).isTrue();
        assertThat(asked.carriedOut().toString()).isEqualTo("{\"workload\":\"catalog\"}");
        assertThatThrownBy(() -> reader.read(question, NOW)).hasMessageContaining("knows no dry run");
        assertThatThrownBy(() ->
                        reader.asked(new ObjectMapper().readTree("{\"workload\": \"catalog\", \"dryrun\": true}"), NOW))
                .hasMessageStartingWith("LB-101 field \"dryrun\" may be \"dryRun\"; allowed are ");
        assertThatThrownBy(() -> reader.asked(
                        new ObjectMapper().readTree("{\"workload\": \"catalog\", \"dryRun\": \"yes\"}"), NOW))
                .hasMessage("LB-101 dryRun \"yes\" is not allowed: true or false");
    }

    @Test
    void theTimeToRecoverCountsFromTheIncidentThePointOrTheStart() {
        Instant at = NOW.minusSeconds(600);
        Instant incident = NOW.minusSeconds(300);

        assertThat(Example.request(Mode.DRILL, new Target.PointInTime(at)).incidentAt(NOW))
                .isEqualTo(NOW);
        assertThat(Example.request(Mode.INCIDENT, new Target.PointInTime(at)).incidentAt(NOW))
                .isEqualTo(at);
        assertThat(Example.request(Mode.INCIDENT, new Target.Latest()).incidentAt(NOW))
                .isEqualTo(NOW);
        assertThat(new RecoveryRequest(
                                Example.CATALOG,
                                Mode.INCIDENT,
                                new Target.PointInTime(at),
                                List.of(),
                                Optional.of(incident))
                        .incidentAt(NOW))
                .isEqualTo(incident);
    }

    @Test
    void liveIsSuspectInAnIncidentAndInADrillThatWasToldOfOne() {
        assertThat(Example.drill().liveIsSuspect()).isFalse();
        assertThat(Example.request(Mode.INCIDENT, new Target.Latest()).liveIsSuspect())
                .isTrue();
        assertThat(read("{'workload': 'catalog', 'incidentAt': '2026-11-20T09:00:00Z'}")
                        .liveIsSuspect())
                .isTrue();
    }

    private RecoveryRequest read(String json) {
        try {
            return reader.read(new ObjectMapper().readTree(json.replace('\'', '"')), NOW);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
