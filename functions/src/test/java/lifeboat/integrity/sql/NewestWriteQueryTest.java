package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewestWriteQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select max(updated_at) from orders",
                "SELECT MAX ( Updated_At )\n FROM orders ;",
                "select max(orders.updated_at) as newest from orders",
                "select max(\"updated_at\") from orders",
            })
    void theNewestOfAColumnIsUnderstood(String query) {
        assertThat(NewestWriteQuery.of(query)).contains(new NewestWriteQuery("orders", "updated_at"));
    }

    @Test
    void quotedNamesAreTakenAsTheyAre() {
        assertThat(NewestWriteQuery.of("select max(\"Changed \"\"at\"\"\") from sales . \"Or ders\""))
                .contains(new NewestWriteQuery("sales . \"Or ders\"", "Changed \"at\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select max(updated_at) from orders where id > 1",
                "select max(updated_at), 1 from orders",
                "select max(updated_at) from orders, items",
                "select max(updated_at) from orders o join items i on true",
                "select max(a + b) from orders",
                "select min(updated_at) from orders",
                "select max(updated_at) from orders; drop table orders",
                "",
            })
    void anythingElseIsLeftToTheDatabase(String query) {
        assertThat(NewestWriteQuery.of(query)).isEmpty();
    }
}
