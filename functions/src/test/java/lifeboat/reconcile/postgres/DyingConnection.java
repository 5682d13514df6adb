package lifeboat.reconcile.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/// A connection that is lost at one step of a repair's transactions.
final class DyingConnection {
    private DyingConnection() {}

    /// @param methods which calls are steps
    /// @param last the step at which it dies, from 1
    /// @param death whether that step is still done
    static Connection of(Connection connection, Set<String> methods, int last, Death death) {
        int[] left = {last};
        return (Connection) Proxy.newProxyInstance(
                DyingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean dies = methods.contains(method.getName()) && isRepairing() && --left[0] == 0;
                    if (dies && death == Death.BEFORE) {
                        throw died(connection);
                    }
                    Object result = call(connection, method, arguments);
                    if (dies) {
                        throw died(connection);
                    }
                    return result;
                });
    }

    /// Whether the step at which it dies is still done.
    enum Death {
        BEFORE,
        AFTER;

        /// Before an odd step, after an even one.
        static Death at(int step) {
            return step % 2 == 1 ? BEFORE : AFTER;
        }
    }

    private static boolean isRepairing() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith(".Transactions")));
    }

    private static SQLException died(Connection connection) throws SQLException {
        connection.close();
        return new SQLException("the connection died", "08006");
    }

    private static Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
