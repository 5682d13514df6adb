package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lifeboat.catalog.Invalid;
import lifeboat.reconcile.sql.StoreUnreachable;
import org.junit.jupiter.api.Test;

/// What goes wrong at the login is said with what helps.
class MySqlEndpointTest {
    private static final String LOGIN = "&password=over-the-rainbow";

    @Test
    void aPasswordThatWouldTravelInTheClearIsRefusedWithItsCure() throws Exception {
        Engine engine = Engine.MYSQL;
        engine.run(
                "test",
                "DROP USER IF EXISTS shy@'127.0.0.1'",
                "CREATE USER shy@'127.0.0.1' IDENTIFIED WITH caching_sha2_password BY 'over-the-rainbow'",
                "GRANT SELECT ON test.* TO shy@'127.0.0.1'");
        MySqlEndpoint endpoint = new MySqlEndpoint(engine.url("test", "shy") + LOGIN);
        assertThatThrownBy(endpoint::connect)
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-481", "caching_sha2_password", "sslMode=verify-full")
                .hasMessageNotContaining("rainbow");
        new MySqlEndpoint(engine.url("test", "shy") + LOGIN + "&allowPublicKeyRetrieval=true")
                .connect()
                .close();
    }

    @Test
    void aWrongPasswordIsNoQuestionOfTls() {
        assertThatThrownBy(new MySqlEndpoint(Engine.MARIADB.url("test", "nobody") + LOGIN)::connect)
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContainingAll("the login was refused", "Access denied")
                .hasMessageNotContaining("rainbow");
    }
}
