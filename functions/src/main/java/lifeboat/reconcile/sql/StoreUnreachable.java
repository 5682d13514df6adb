package lifeboat.reconcile.sql;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import lifeboat.failure.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/// No connection to a database came about. Nothing was begun.
public final class StoreUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final What what;

    /// @param endpoint where to, without anything secret
    public StoreUnreachable(String endpoint, SQLException cause) {
        this(endpoint, What.of(cause), cause);
    }

    private StoreUnreachable(String endpoint, What what, SQLException cause) {
        super(
                "no connection to %s: %s (%s)".formatted(endpoint, what.text, SqlFailure.text(cause)),
                SqlFailure.withoutValues(cause));
        this.what = what;
    }

    /// What to do next.
    public String hint() {
        return what.hint;
    }

    /// What of the network lies behind a failure of any client, and what to do next; nothing where it is something
    /// else.
    public static Optional<String> network(Throwable failure) {
        return What.network(failure).map(what -> what.text + "; " + what.hint);
    }

    /// What of a connection failed.
    private enum What {
        HOST("the host is unknown", "check the name of the host, and that this machine can resolve it"),
        REFUSED("nothing listens there", "check host and port, and that the server runs"),
        TIMEOUT("no answer came in time", "check that security groups and routes let this machine reach the host"),
        TLS("the encrypted connection failed", "check the certificate and the options of TLS in the endpoint"),
        LOGIN("the login was refused", "check user and password, and what the server lets in from this machine"),
        DATABASE("there is no such database, or the user may not use it", "check the name of the database"),
        FULL("the server takes no more connections now", "ask again, or raise its limit"),
        OTHER("it failed", "check the endpoint");

        private final String text;
        private final String hint;

        What(String text, String hint) {
            this.text = text;
            this.hint = hint;
        }

        static What of(SQLException failure) {
            return network(failure).orElseGet(() -> database(failure));
        }

        private static What database(SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            if (failure.getErrorCode() == 1049 || failure.getErrorCode() == 1044 || state.startsWith("3D")) {
                return DATABASE;
            }
            if (failure.getErrorCode() == 1040 || failure.getErrorCode() == 1203 || state.startsWith("53")) {
                return FULL;
            }
            if (state.startsWith("28")) {
                return LOGIN;
            }
            return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).matches("(?s).*\\b(ssl|tls)\\b.*")
                    ? TLS
                    : OTHER;
        }

        private static Optional<What> network(Throwable failure) {
            return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                    .flatMap(cause -> Stream.ofNullable(ofNetwork(cause)))
                    .findFirst();
        }

        private static @Nullable What ofNetwork(Throwable cause) {
            return switch (cause) {
                case UnknownHostException _ -> HOST;
                case SocketTimeoutException _ -> TIMEOUT;
                case NoRouteToHostException _ -> TIMEOUT;
                case ConnectException _ -> REFUSED;
                case SSLException _ -> TLS;
                default -> null;
            };
        }
    }
}
