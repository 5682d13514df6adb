package lifeboat.reconcile.memory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/// A connection whose process can be killed before each statement, and before and after each commit.
public final class MortalConnection {
    private static final Set<String> STEPS = Set.of("prepareStatement", "createStatement", "setAutoCommit");

    private MortalConnection() {}

    public static Connection of(Connection connection, Mortal process) {
        return (Connection) Proxy.newProxyInstance(
                MortalConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean commit = method.getName().equals("commit");
                    if (commit || STEPS.contains(method.getName())) {
                        step(connection, process);
                    }
                    Object result;
                    try {
                        result = method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (commit) {
                        step(connection, process);
                    }
                    return result;
                });
    }

    private static void step(Connection connection, Mortal process) throws SQLException {
        try {
            process.step();
        } catch (Mortal.Killed killed) {
            connection.abort(Runnable::run);
            throw killed;
        }
    }
}
