package lifeboat.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/// A rehearsal's database fits the environment file, whatever its author calls things.
@NullUnmarked
class OrderTablesTest {
    @Test
    void aDatabaseOfWhichNothingIsSaidHoldsOrders() {
        assertThat(tables("")).isEqualTo(new OrderTables("orders", List.of(), "updated_at"));
    }

    @Test
    void theShopWritesWhereFreshnessIsRead() {
        assertThat(tables("SELECT max( changed_at )\n FROM sales.invoices", rows("customers"), rows("sales.invoices")))
                .isEqualTo(new OrderTables("sales.invoices", List.of("customers"), "changed_at"));
    }

    @Test
    void withoutFreshnessItWritesToTheFirstTableThatIsCounted() {
        assertThat(tables("", rows("carts"), rows("payments"), new Check.MatchesLive(Optional.of("touched"))))
                .isEqualTo(new OrderTables("carts", List.of("payments"), "touched"));
    }

    @Test
    void aQueryOfAnotherShapeSaysNothing() {
        assertThat(tables("select least(max(a), now()) from \"Odd\"", rows("carts")))
                .isEqualTo(new OrderTables("carts", List.of(), "updated_at"));
    }

    @Test
    void schemasAreMadeOnce() {
        assertThat(tables("", rows("a.x"), rows("y"), rows("a.z"), rows("b.x")).schemas())
                .containsExactly("a", "b");
    }

    private static Check rows(String table) {
        return new Check.Rows(table, Optional.empty(), Optional.of(1L));
    }

    private static OrderTables tables(String freshness, Check... checks) {
        return OrderTables.of(new Resource.RdsInstance(
                new ResourceName("ledger"),
                "acme-billing",
                new SqlAccess("billing", "acme/billing"),
                Optional.of(freshness).filter(query -> !query.isEmpty()).map(Freshness.Sql::new),
                List.of(checks)));
    }
}
