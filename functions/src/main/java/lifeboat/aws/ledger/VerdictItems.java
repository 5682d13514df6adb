package lifeboat.aws.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lifeboat.objective.Assessment;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Phase;
import lifeboat.objective.Standing;
import lifeboat.recovery.ClosedVerdict;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.Summary;
import lifeboat.recovery.VerdictJson;

/// The verdict on a recovery as an item of the ledger, in a partition that one function alone may write to.
final class VerdictItems {
    static final String VERDICT = "VERDICT";

    private VerdictItems() {}

    static Items closed(Recovery recovery, Assessment assessment, Instant at) {
        ClosedVerdict verdict = VerdictJson.of(recovery, assessment, at);
        Items item = Items.key(Keys.verdict(recovery.id()), VERDICT)
                .text("closedAt", at.toString())
                .text("standing", assessment.standing().name())
                .text("integrity", assessment.integrity().name())
                .text("dataLossBasis", assessment.dataLossBasis().name())
                .texts(
                        "phases",
                        assessment.phases().stream().map(VerdictItems::text).toList())
                .text("verdict", verdict.json())
                .text("digest", verdict.digest());
        assessment.dataLoss().ifPresent(loss -> item.number("dataLossSeconds", wholeSeconds(loss)));
        assessment.timeToRecover().ifPresent(time -> item.number("timeToRecoverSeconds", wholeSeconds(time)));
        return item;
    }

    /// A loss of half a second is a loss: fractions count as a whole second.
    private static long wholeSeconds(Duration exact) {
        return exact.plusNanos(999_999_999).toSeconds();
    }

    static Summary.Result result(Items item) {
        return new Summary.Result(
                Standing.valueOf(item.text("standing")),
                item.find("integrity").map(Standing::valueOf).orElse(Standing.UNMEASURED),
                seconds(item, "dataLossSeconds"),
                item.find("dataLossBasis").map(DataLoss.Basis::valueOf).orElse(DataLoss.Basis.UNKNOWN),
                seconds(item, "timeToRecoverSeconds"),
                item.texts("phases").stream().map(VerdictItems::phase).toList());
    }

    private static Optional<Duration> seconds(Items item, String name) {
        return item.number(name).map(Duration::ofSeconds);
    }

    /// A phase as text: how long it took, then its name.
    private static String text(Phase phase) {
        return phase.took() + " " + phase.name();
    }

    private static Phase phase(String text) {
        int space = text.indexOf(' ');
        return new Phase(text.substring(space + 1), Duration.parse(text.substring(0, space)));
    }
}
