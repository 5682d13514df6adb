package lifeboat.reconcile.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lifeboat.Invocation;
import lifeboat.catalog.Contacts;
import lifeboat.catalog.Environment;
import lifeboat.recovery.Example;
import lifeboat.report.Letter;
import lifeboat.report.ReconcileLetters;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants marked values in every column of a real database, and searches everything that leaves a reconcile.
class SecrecyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES =
            List.of("4111411141", "hidden-text", "1977-07-07", "deadbeef", "a1a1a1a1");
    private static final String KEY = "key-of-a-customer";
    private static final String[] CARDS = {
        "create table cards (id text primary key, holder text, number bigint unique, spent numeric, info jsonb, raw bytea,"
                + " token uuid, tags text[], updated_at timestamptz)",
        "insert into cards select 'key-of-a-customer-' || g, 'hidden-text ' || g, 41114111410 + g, 4111411141.5 + g,"
                + " jsonb_build_object('a', 'hidden-text'), '\\xdeadbeef', 'a1a1a1a1-0000-0000-0000-000000000000',"
                + " array['hidden-text'], '1977-07-07' from generate_series(1, 9) g"
    };
    private static final String[] DAMAGE = {
        "delete from cards where id like '%-1'",
        "update cards set holder = 'hidden-text other', spent = spent + 1, info = '{\"hidden-text\": 4111411141}',"
                + " raw = '\\xdeadbeef00', tags = '{}' where id like '%-2'",
        "insert into cards values ('key-of-a-customer-77', 'hidden-text', 41114111411, 1, '1', '', null, null, '1977-07-07')"
    };

    private final Shop shop;
    private final List<Letter> sent = new ArrayList<>();
    private final Logged logged = new Logged();

    SecrecyTest(@TempDir Path archive) {
        this.shop = new Shop(archive, CARDS);
    }

    @BeforeEach
    void listenToTheLog() {
        logged.start();
        Configurator.setLevel("lifeboat", Level.INFO);
        root().addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        root().removeAppender(logged);
        Configurator.setLevel("lifeboat", Level.WARN);
    }

    private static org.apache.logging.log4j.core.Logger root() {
        return ((LoggerContext) LogManager.getContext(false)).getRootLogger();
    }

    @Test
    void whatRowsHoldIsShownToWhoAsksAndNeverSentOrLogged() {
        Ended compared = damagedAndCompared();

        JsonNode shown = inPerson("{'action':'show','plan':'%s'}".formatted(Shop.plan(compared)));
        Ended repaired = shop.repaired(compared);
        Ended undone = shop.undone(compared);

        assertThat(repaired.state()).isNotEqualTo(Ended.State.FAILED);
        assertThat(shown.toString()).contains("hidden-text other", "4111411141", KEY);
        sendEverything();
        assertThat(sent).hasSize(3);
        assertThat(outside()).contains("cards", undone.headline(), KEY).doesNotContain(VALUES);
        assertThat(logged.text())
                .contains("answered", Shop.plan(compared))
                .doesNotContain(VALUES)
                .doesNotContain(KEY);
    }

    @Test
    void keysStayAwayTooWhereTheEnvironmentSaysSo() {
        shop.environment = withoutKeys(shop.environment);

        Ended compared = damagedAndCompared();
        shop.inLive("update cards set holder = 'hidden-text again' where id like '%-2'"); // will be skipped
        shop.repaired(compared);
        shop.undone(compared);

        sendEverything();
        assertThat(outside()).contains("cards").doesNotContain(VALUES).doesNotContain(KEY);
    }

    @Test
    void whatAServerSaysOfAValueStaysAway() {
        shop.inLive(DAMAGE);
        shop.inLive(
                "create function refuse() returns trigger language plpgsql as $$ begin"
                        + " raise exception 'card % of %', new.number, new.holder using errcode = 'XX000'; end $$",
                "create trigger refuse before insert or update on cards for each row execute function refuse()");
        Ended compared = shop.compared("");
        Shop.run(shop.ask("{'action':'apply','plan':'%s','cap':100,'triggers':'fire'}".formatted(Shop.plan(compared))));
        RunId run = Shop.run(
                shop.ask("{'action':'apply','plan':'%s','cap':100,'triggers':'fire'}".formatted(Shop.plan(compared))));

        Ended ended = shop.end(run, () -> shop.repair(run));

        assertThat(ended.state()).isIn(Ended.State.FAILED, Ended.State.PARTLY_REPAIRED);
        sendEverything();
        assertThat(outside()).doesNotContain(VALUES);
        assertThat(logged.text()).doesNotContain(VALUES);
    }

    private Ended damagedAndCompared() {
        shop.inLive(DAMAGE);
        JsonNode begun = inPerson("{'action':'diff','recovery':'%s','resource':'orders','keys':['cards=%s-0..%s-99']}"
                .formatted(Example.ID, KEY, KEY));
        RunId run = Shop.run(begun);
        Ended compared = shop.end(run, () -> shop.compare(run));
        assertThat(compared.state()).isEqualTo(Ended.State.DIFFERENT);
        inPerson("{'action':'status','run':'%s'}".formatted(run));
        return compared;
    }

    /// Through the edge of the handler, which logs.
    private JsonNode inPerson(String json) {
        Context context = mock(Context.class);
        when(context.getAwsRequestId()).thenReturn("call-in-person-" + logged.lines.size());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Function<JsonNode, JsonNode> door = asked -> shop.ask(asked.toString(), context.getAwsRequestId());
        Invocation.answerInPerson(
                new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                answer,
                context,
                door);
        try {
            return JSON.readTree(answer.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sendEverything() {
        shop.ended.forEach((run, ended) -> new ReconcileLetters(shop.environment, sent::add).tell(run, ended));
    }

    private String outside() {
        return String.join(
                "\n",
                sent.stream()
                        .map(letter -> letter.subject() + "\n" + letter.body())
                        .toList());
    }

    private static Environment withoutKeys(Environment from) {
        return new Environment(
                from.name(),
                from.account(),
                from.region(),
                from.recoveryRegion(),
                from.recoveryAccount(),
                new Contacts(from.contacts().email(), false, from.contacts().slackSecret()),
                from.schedules(),
                from.vaultLock(),
                from.workloads(),
                from.deployment());
    }

    /// Every line of the log, with all that is thrown.
    private static final class Logged extends AbstractAppender {
        private final List<String> lines = new ArrayList<>();

        Logged() {
            super("SecrecyTest", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage()
                    + (event.getThrown() == null ? "" : " " + trace(event.getThrown()))
                    + new java.util.TreeMap<>(event.getContextData().toMap()));
        }

        private static String trace(Throwable thrown) {
            java.io.StringWriter text = new java.io.StringWriter();
            thrown.printStackTrace(new java.io.PrintWriter(text));
            return text.toString();
        }

        String text() {
            return String.join("\n", lines);
        }
    }
}
