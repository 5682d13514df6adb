package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lifeboat.catalog.Invalid;
import lifeboat.reconcile.sql.StoreUnreachable;
import org.junit.jupiter.api.Test;

/// Where a PostgreSQL database is reached.
class EndpointTest {
    @Test
    void urlOfAnotherStoreIsRefused() {
        assertThatThrownBy(() -> new Endpoint("jdbc:mariadb://localhost/shop")).isInstanceOf(Invalid.class);
    }

    @Test
    void urlThatTheDriverDoesNotUnderstandIsAFailedConnectionAndShowsNoSecret() {
        var endpoint = new Endpoint("jdbc:postgresql://localhost:port/shop?user=lifeboat&password=secret");

        assertThatThrownBy(endpoint::connect)
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("localhost:port/shop")
                .hasMessageNotContaining("secret");
    }
}
