package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Tally;
import lifeboat.integrity.Tally.Kind;
import org.junit.jupiter.api.Test;

class EvidenceJsonTest {
    private static final String TEXT = """
            {"outcomes":[],"tally":{"copyRows":1,"liveRows":2,"missingInLive":3,"changed":4,"unexpectedInLive":5,\
            "explained":6,"lostWrites":7,"lostBeforePoint":11,"rewrittenSince":8,"unreadableTimes":9,"afterPoint":10,\
            "newestInCopy":"2026-11-20T10:00:00Z","newestInLive":"2026-11-20T11:00:00Z"},"samples":[]}""";

    private static final Evidence EVIDENCE = new Evidence(
            List.of(),
            new Tally(
                    Map.ofEntries(
                            Map.entry(Kind.COPY_ROWS, 1L),
                            Map.entry(Kind.LIVE_ROWS, 2L),
                            Map.entry(Kind.MISSING_IN_LIVE, 3L),
                            Map.entry(Kind.CHANGED, 4L),
                            Map.entry(Kind.UNEXPECTED_IN_LIVE, 5L),
                            Map.entry(Kind.EXPLAINED, 6L),
                            Map.entry(Kind.LOST_WRITES, 7L),
                            Map.entry(Kind.REWRITTEN_SINCE, 8L),
                            Map.entry(Kind.UNREADABLE_TIMES, 9L),
                            Map.entry(Kind.AFTER_POINT, 10L),
                            Map.entry(Kind.LOST_BEFORE_POINT, 11L)),
                    Optional.of(Instant.parse("2026-11-20T10:00:00Z")),
                    Optional.of(Instant.parse("2026-11-20T11:00:00Z"))),
            List.of());

    @Test
    void countsKeepTheNamesUnderWhichTheLedgerHoldsThem() {
        assertThat(EvidenceJson.write(EVIDENCE)).isEqualTo(TEXT);
        assertThat(EvidenceJson.read(TEXT)).isEqualTo(EVIDENCE);
    }
}
