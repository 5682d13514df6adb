package lifeboat.reconcile.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/// What of a connection failed, as the drivers of PostgreSQL and MariaDB say it.
class StoreUnreachableTest {
    @Test
    void theNetworkIsToldByTheCauseHoweverDeepItLies() {
        assertThat(text(new SQLException("x", "08000", new SQLException(new UnknownHostException("db")))))
                .contains("the host is unknown");
        assertThat(text(new SQLException("x", "08001", new ConnectException("refused"))))
                .contains("nothing listens there");
        assertThat(text(new SQLException("x", "08001", new SocketTimeoutException("late"))))
                .contains("no answer came in time");
        assertThat(text(new SQLException("x", "08006", new SSLHandshakeException("no"))))
                .contains("the encrypted connection failed");
    }

    @Test
    void theServerIsToldByItsStateAndNumber() {
        assertThat(text(new SQLException("no", "28P01"))).contains("the login was refused");
        assertThat(text(new SQLException("no", "28000", 1045))).contains("the login was refused");
        assertThat(text(new SQLException("no", "3D000"))).contains("there is no such database");
        assertThat(text(new SQLException("no", "42000", 1049))).contains("there is no such database");
        assertThat(text(new SQLException("no", "42000", 1044))).contains("or the user may not use it");
        assertThat(text(new SQLException("no", "08004", 1040))).contains("no more connections");
        assertThat(text(new SQLException("no", "53300"))).contains("no more connections");
        assertThat(text(new SQLException("The server does not support SSL.", "08006")))
                .contains("the encrypted connection failed");
        assertThat(text(new SQLException("odd", "08001"))).contains("it failed (odd)");
    }

    @Test
    void whatToDoNextIsSaid() {
        assertThat(new StoreUnreachable("db", new SQLException("no", "28P01")).hint())
                .contains("check user and password");
    }

    private static String text(SQLException cause) {
        return String.valueOf(new StoreUnreachable("jdbc:mysql://db/shop", cause).getMessage());
    }
}
