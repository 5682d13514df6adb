package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attempts to have deleted what must not be.
class DeletionLocksTest {
    private static final Map<String, String> OURS = CopyTags.of(Example.ID, Mode.DRILL);
    private static final Recovery DRILL = Example.planned();
    private static final CopyEntry COPY = DRILL.copies().getFirst();

    @Test
    void theTaggedCopyOfThisDrillMayGo() {
        assertThat(DeletionLocks.refusal(DRILL, COPY, OURS)).isEmpty();
    }

    @Test
    void tagsInheritedFromTheSourceChangeNothing() {
        Map<String, String> tags = new HashMap<>(OURS);
        tags.put("env", "prod");
        tags.put("backup", "true");

        assertThat(DeletionLocks.refusal(DRILL, COPY, tags)).isEmpty();
    }

    @Test
    void whatCarriesNoTagsStays() {
        assertThat(DeletionLocks.refusal(DRILL, COPY, Map.of()))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("lifeboat-drill-20261120-k3v9x2-products", "missing"));
    }

    @Test
    void whatCarriesOnlyOneOfItsTagsStays() {
        assertThat(DeletionLocks.refusal(DRILL, COPY, Map.of(CopyTags.RECOVERY, Example.ID.value())))
                .isPresent();
        assertThat(DeletionLocks.refusal(DRILL, COPY, Map.of(CopyTags.MODE, "DRILL")))
                .isPresent();
    }

    @Test
    void whatCarriesTheTagsOfItsProductionSourceOnlyStays() {
        assertThat(DeletionLocks.refusal(DRILL, COPY, Map.of("env", "prod", "drill", "true")))
                .isPresent();
    }

    @Test
    void theCopyOfAnotherRecoveryStays() {
        assertThat(DeletionLocks.refusal(DRILL, COPY, CopyTags.of(Example.OTHER_ID, Mode.DRILL)))
                .hasValue("tag lifeboat:recovery of \"lifeboat-drill-20261120-k3v9x2-products\" is "
                        + "\"20261120-aaaaaa\", not \"20261120-k3v9x2\"");
    }

    @Test
    void theCopyOfAnIncidentStaysEvenIfItIsTaggedAsADrill() {
        Recovery incident = Example.planned(Example.ID, Example.request(Mode.INCIDENT, new Target.Latest()));

        assertThat(DeletionLocks.refusal(incident, incident.copies().getFirst(), OURS))
                .hasValue("recovery 20261120-k3v9x2 is an incident: its copies are kept");
    }

    @Test
    void whatIsTaggedAsAnIncidentStays() {
        assertThat(DeletionLocks.refusal(DRILL, COPY, CopyTags.of(Example.ID, Mode.INCIDENT)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lifeboat-drill-20261120-aaaaaa-products", // of another recovery
                "lifeboat-drill-20261120-k3v9x2-orders", // of another resource
                "lifeboat-drill-20261120-k3v9x2-products-2",
                "lifeboat-restored-20261120-k3v9x2-products" // of an incident
            })
    void aForgedLedgerEntryThatNamesAnotherCopyDeletesNothing(String forged) {
        assertThat(DeletionLocks.refusal(DRILL, entry(Example.PRODUCTS, forged), OURS))
                .hasValue("\"%s\" is not the name of this drill's copy of products".formatted(forged));
    }

    @ParameterizedTest
    @ValueSource(strings = {"techmoda-products", "lifeboat-", "lifeboat-ledger", "lifeboat-drill", "Lifeboat-drill-1"})
    void aForgedLedgerEntryCannotEvenNameAProductionResource(String forged) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> entry(Example.PRODUCTS, forged))
                .hasMessageStartingWith("LB-201");
    }

    @Test
    void aLiveResourceThatIsCalledLikeACopyStays() {
        String name = "lifeboat-drill-20261120-k3v9x2-products";
        Resource live = new Resource.DynamoDbTable(new ResourceName("products"), name, Optional.empty(), List.of());

        assertThat(DeletionLocks.refusal(DRILL, entry(live, name), OURS))
                .hasValue("\"%s\" is the live resource itself".formatted(name));
    }

    private static CopyEntry entry(Resource source, String name) {
        return CopyEntry.planned(
                new Copy(source, new CopyName(name), new RestorePoint.Continuous(Example.START), Settings.NONE));
    }
}
