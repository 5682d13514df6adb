package lifeboat.reconcile.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.RecoveryId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcileReaderTest {
    private static final PlanId PLAN = new PlanId("0123456789abcdef0123456789abcdef");

    @Test
    void aRecoveryAndAResourceAreEnoughToCompare() throws Exception {
        var diff = (Request.Diff) read("{'action':'diff','recovery':'20261120-k3v9x2','resource':'orders'}");

        assertThat(diff.recovery()).isEqualTo(new RecoveryId("20261120-k3v9x2"));
        assertThat(diff.resource()).isEqualTo(new ResourceName("orders"));
        assertThat(diff.explainedBy()).isEmpty();
        assertThat(diff.samples()).isEqualTo(5);
        assertThat(diff.choice().tables()).isEmpty();
        assertThat(diff.choice().changedOnBothSides()).isEqualTo("keep-live");
        assertThat(diff.choice().graceSeconds()).isEqualTo(5);
        assertThat(diff.choice().repairWithoutTime()).isFalse();
    }

    @Test
    void everythingThatCanBeChosenIsRead() throws Exception {
        var diff = (Request.Diff) read("""
                {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','tables':['orders','sales.lines'],
                 'classes':['missing'],'keys':['orders=1..9'],'damagedWithin':'2026-11-20T02:00:00Z/2026-11-20T03:00:00Z',
                 'explainedBy':'updated_at','changedOnBothSides':'newest-wins','repairWithoutTime':true,
                 'graceSeconds':0,'purged':['orders.at<2026-01-01T00:00:00Z'],'samples':0}""");

        assertThat(diff.choice().tables()).containsExactly("orders", "sales.lines");
        assertThat(diff.choice().classes()).containsExactly("missing");
        assertThat(diff.choice().keys()).containsExactly("orders=1..9");
        assertThat(diff.choice().damagedWithin()).contains("2026-11-20T02:00:00Z/2026-11-20T03:00:00Z");
        assertThat(diff.choice().changedOnBothSides()).isEqualTo("newest-wins");
        assertThat(diff.choice().repairWithoutTime()).isTrue();
        assertThat(diff.choice().graceSeconds()).isZero();
        assertThat(diff.choice().purged()).isEqualTo(List.of("orders.at<2026-01-01T00:00:00Z"));
        assertThat(diff.explainedBy()).isEqualTo(Optional.of("updated_at"));
        assertThat(diff.samples()).isZero();
    }

    @Test
    void plansAreShownCarriedOutAndTakenBackByTheirIdAlone() throws Exception {
        assertThat(read("{'action':'show','plan':'%s'}".formatted(PLAN))).isEqualTo(new Request.Show(PLAN));
        assertThat(read("{'action':'apply','plan':'%s'}".formatted(PLAN)))
                .isEqualTo(new Request.Apply(PLAN, Cap.DEFAULT, Triggers.ASK, false, Optional.empty()));
        assertThat(read("{'action':'apply','plan':'%s','cap':50.5,'triggers':'off','dryRun':true}".formatted(PLAN)))
                .isEqualTo(new Request.Apply(PLAN, new Cap(50.5, false), Triggers.OFF, true, Optional.empty()));
        assertThat(read("{'action':'undo','plan':'%s','triggers':'fire'}".formatted(PLAN)))
                .isEqualTo(new Request.Undo(PLAN, Triggers.FIRE, UndoEntries.KNOWN));
        assertThat(read("{'action':'undo','plan':'%s','entries':'3,5-6'}".formatted(PLAN)))
                .isEqualTo(new Request.Undo(PLAN, Triggers.ASK, new UndoEntries(Optional.of(Set.of(3, 5, 6)))));
        assertThat(read("{'action':'status','run':'run-20261120-k3v9x2'}"))
                .isEqualTo(new Request.Status(new RunId("run-20261120-k3v9x2")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    []                                                                   | the request is not a JSON object
                    {}                                                                   | one of apply, diff, show, status, undo
                    {'action':'delete'}                                                  | action "delete" is not allowed
                    {'action':7}                                                         | action 7 is not allowed
                    {'action':'show','plan':'x'}                                         | 32 hexadecimal digits
                    {'action':'show'}                                                    | field "plan" is missing
                    {'action':'show','plan':'0123456789abcdef0123456789abcdef','cap':1}  | field "cap" is not allowed with action show: plan
                    {'action':'diff','recovery':'20261120-k3v9x2'}                       | field "resource" is missing
                    {'action':'diff','recovery':'yesterday','resource':'orders'}         | recovery "yesterday" is not allowed
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','tables':'orders'}      | tables "orders" is not allowed: a list of texts
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','tables':[1]}           | tables [1] is not allowed: a list of texts
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','keys':[]}              | keys [] is not allowed: a list of texts, at least one
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','acceptCopy':'yes'}     | acceptCopy "yes" is not allowed: damaged or unproven
                    {'action':'undo','plan':'0123456789abcdef0123456789abcdef','entries':'all'}               | entries "all" is not allowed
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','samples':101}          | samples 101 is not allowed: a whole number from 0 to 100
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','graceSeconds':-1}      | graceSeconds -1 is not allowed
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','graceSeconds':1.5}     | graceSeconds 1.5 is not allowed
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','repairWithoutTime':1}  | repairWithoutTime 1 is not allowed: true or false
                    {'action':'diff','recovery':'20261120-k3v9x2','resource':'orders','explainedBy':' '}      | explainedBy " " is not allowed: a text
                    {'action':'apply','plan':'0123456789abcdef0123456789abcdef','cap':'50'}                   | cap "50" is not allowed: a percentage from 0 to 100
                    {'action':'apply','plan':'0123456789abcdef0123456789abcdef','cap':101}                    | cap "101.0" is not allowed: a percentage from 0 to 100
                    {'action':'apply','plan':'0123456789abcdef0123456789abcdef','triggers':'on'}              | triggers "on" is not allowed: ask, fire or off
                    {'action':'apply','plan':'0123456789abcdef0123456789abcdef','dryRun':'true'}              | dryRun "true" is not allowed: true or false
                    {'action':'status','run':'20261120-k3v9x2'}                          | run "20261120-k3v9x2" is not allowed""")
    void whateverIsWrongIsRefusedWithWhatIsAllowed(String request, String message) {
        assertThatThrownBy(() -> read(request)).isInstanceOf(Invalid.class).hasMessageContaining(message);
    }

    private static Request read(String json) throws JsonProcessingException {
        return ReconcileReader.read(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
