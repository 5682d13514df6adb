package lifeboat.reconcile.flow;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/// Every line of the log, with all that is thrown.
final class Logged extends AbstractAppender implements AutoCloseable {
    private static final String OURS = "lifeboat";
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    /// Listens until it is closed.
    Logged() {
        super("Logged", null, null, true, Property.EMPTY_ARRAY);
        start();
        Configuration configuration = context().getConfiguration();
        LoggerConfig ours = new LoggerConfig(OURS, Level.INFO, false); // the console of a build is not interested
        ours.addAppender(this, Level.INFO, null);
        configuration.addLogger(OURS, ours);
        configuration.getRootLogger().addAppender(this, Level.WARN, null);
        context().updateLoggers();
    }

    @Override
    public void close() {
        Configuration configuration = context().getConfiguration();
        configuration.removeLogger(OURS);
        configuration.getRootLogger().removeAppender(getName());
        context().updateLoggers();
    }

    private static LoggerContext context() {
        return (LoggerContext) LogManager.getContext(false);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getMessage().getFormattedMessage()
                + (event.getThrown() == null ? "" : " " + trace(event.getThrown()))
                + new TreeMap<>(event.getContextData().toMap()));
    }

    int size() {
        return lines.size();
    }

    String text() {
        return String.join("\n", lines);
    }

    /// As the runtime logs it.
    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
