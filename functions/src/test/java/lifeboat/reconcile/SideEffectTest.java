package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What triggers wrote besides adds up by table and is said in figures.
class SideEffectTest {
    private static final TableName AUDIT = new TableName("public", "audit");
    private static final TableName STOCK = new TableName("public", "stock");

    @Test
    void effectsOnTheSameTableAreOne() {
        var one = new SideEffect(AUDIT, 1, 2, 3, false);
        var other = new SideEffect(AUDIT, 10, 20, 30, true);
        var elsewhere = new SideEffect(STOCK, 5, 0, 0, false);
        assertThat(SideEffect.merged(List.of(one), List.of(elsewhere, other)))
                .containsExactly(new SideEffect(AUDIT, 11, 22, 33, true), elsewhere);
        assertThat(SideEffect.merged(List.of(one), List.of(one)))
                .containsExactly(new SideEffect(AUDIT, 2, 4, 6, false));
        assertThat(SideEffect.merged(List.of(), List.of())).isEmpty();
    }

    @Test
    void onlyWhatHappenedIsSaid() {
        assertThat(new SideEffect(AUDIT, 1200, 0, 0, false).text())
                .contains("public.audit", "1,200")
                .isNotEqualTo(new SideEffect(AUDIT, 0, 1200, 0, false).text())
                .isNotEqualTo(new SideEffect(AUDIT, 0, 0, 1200, false).text())
                .isNotEqualTo(new SideEffect(AUDIT, 1200, 0, 0, true).text())
                .doesNotContain(" 0 ");
        assertThat(new SideEffect(AUDIT, 1, 2, 3, true).text()).contains("1", "2", "3");
    }
}
