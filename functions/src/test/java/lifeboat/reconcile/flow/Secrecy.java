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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lifeboat.Invocation;
import lifeboat.catalog.Contacts;
import lifeboat.catalog.Environment;
import lifeboat.recovery.Example;
import lifeboat.report.Letter;
import lifeboat.report.ReconcileLetters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants marked values in every column of a real store, and searches everything that leaves a reconcile: e-mails, the
/// log, what the state machine is handed and what it catches, and every answer but that of `show`.
abstract class Secrecy {
    /// Forms of what the rows hold; a store that has others adds them.
    static final List<String> VALUES = List.of(
            "hiddentext",
            "68696464656e74657874",
            "68696464656E74657874",
            "4111411141",
            "1977-07-07",
            "deadbeef",
            "DEADBEEF",
            "3q2+7w",
            "a1a1a1a1",
            "hiddenfield");

    static final String KEY = "key-of-a-customer";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path archive;

    private final List<Letter> sent = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private Logged logged;
    private Shop shop;

    /// Both sides, filled alike with nine rows, whose keys end in -1 to -9.
    abstract Shop filled(Path archive);

    /// In live: the first row is missing, the second differs in every column, and one more is there.
    abstract void damage();

    /// Live changes the second row once more.
    abstract void damageAgain();

    /// From now on live refuses every write, and says which values.
    abstract void refuseWrites();

    /// A live store that cannot be reached.
    abstract Sides unreachable();

    /// The table as a person types it.
    abstract String table();

    @BeforeEach
    void listen() {
        logged = new Logged();
        shop = filled(archive);
    }

    @AfterEach
    void stopListening() {
        logged.close();
    }

    @Test
    void whatRowsHoldIsShownToWhoAsksAndNeverSentOrLogged() {
        Ended compared = damagedAndCompared();

        JsonNode shown = asked("{'action':'show','plan':'%s'}".formatted(Shop.plan(compared)));
        damageAgain();
        Ended repaired = shop.repaired(compared);
        Ended undone = shop.undone(compared);

        assertThat(repaired.state()).isEqualTo(Ended.State.PARTLY_REPAIRED);
        assertThat(shown.toString()).contains("hiddentext other", "4111411141", KEY);
        assertThat(left()).contains(table(), undone.headline(), KEY).doesNotContain(VALUES);
        assertThat(sent).hasSize(3);
        assertThat(logged.text())
                .contains("answered", Shop.plan(compared))
                .doesNotContain(VALUES)
                .doesNotContain(KEY);
    }

    @Test
    void keysStayAwayTooWhereTheEnvironmentSaysSo() {
        withoutKeys();

        Ended compared = damagedAndCompared();
        damageAgain();
        shop.repaired(compared);
        shop.undone(compared);

        assertThat(left()).contains(table()).doesNotContain(VALUES).doesNotContain(KEY);
    }

    @Test
    void whatAServerSaysOfAValueStaysAway() {
        withoutKeys();
        damage();
        Ended compared = shop.compared("");
        refuseWrites();

        RunId run = Shop.run(
                shop.ask("{'action':'apply','plan':'%s','cap':100,'triggers':'fire'}".formatted(Shop.plan(compared))));
        Ended ended = shop.end(run, () -> shop.repair(run));

        assertThat(ended.state()).isIn(Ended.State.FAILED, Ended.State.PARTLY_REPAIRED);
        assertThat(left()).doesNotContain(VALUES).doesNotContain(KEY);
    }

    @Test
    void aStoreThatCannotBeReachedSaysNothingOfRows() {
        withoutKeys();
        Ended compared = damagedAndCompared();
        shop.sides = unreachable();

        RunId run = Shop.run(shop.ask("{'action':'apply','plan':'%s','cap':100}".formatted(Shop.plan(compared))));
        Ended ended = shop.end(run, () -> shop.repair(run));

        assertThat(ended.state()).isEqualTo(Ended.State.FAILED);
        assertThat(ended.text()).containsIgnoringCase("connect");
        assertThat(left()).doesNotContain(VALUES).doesNotContain(KEY);
    }

    @Test
    void aPlanThatWasEditedIsRefusedWithoutWordsOfIt() throws IOException {
        withoutKeys();
        Ended compared = damagedAndCompared();
        shop.repaired(compared);

        spoil("plans");
        refusal("{'action':'show','plan':'%s'}".formatted(Shop.plan(compared)));

        assertThat(left()).contains("LB-414").doesNotContain(VALUES).doesNotContain(KEY);
    }

    @Test
    void anUndoLogThatWasEditedIsRefusedWithoutWordsOfIt() throws IOException {
        withoutKeys();
        Ended compared = damagedAndCompared();
        shop.repaired(compared);

        spoil("undo");
        Ended undone = shop.undone(compared);

        assertThat(undone.state()).isEqualTo(Ended.State.FAILED);
        assertThat(left()).contains("LB-465").doesNotContain(VALUES).doesNotContain(KEY);
    }

    @Test
    void aRefusedSelectionNamesNoKeyWhereTheEnvironmentSaysSo() {
        withoutKeys();

        refusal("{'action':'diff','recovery':'%s','resource':'orders','keys':['%s=%s-9..%s-1']}"
                .formatted(Example.ID, table(), KEY, KEY));
        refusal("{'action':'diff','recovery':'%s','resource':'orders','keys':['%s-9']}".formatted(Example.ID, KEY));
        refusal("{'action':'diff','recovery':'%s','resource':'orders','keys':'%s-9'}".formatted(Example.ID, KEY));
        refusal("{'action':'diff','recovery':'%s','resource':'orders','keys':['%s-9}".formatted(Example.ID, KEY));

        assertThat(left()).contains("LB-402", "LB-400", "LB-454", "LB-101").doesNotContain(KEY);
    }

    private Ended damagedAndCompared() {
        damage();
        JsonNode begun = asked("{'action':'diff','recovery':'%s','resource':'orders','keys':['%s=%s-0..%s-99']}"
                .formatted(Example.ID, table(), KEY, KEY));
        RunId run = Shop.run(begun);
        Ended compared = shop.end(run, () -> shop.compare(run));
        assertThat(compared.state()).isEqualTo(Ended.State.DIFFERENT);
        answers.add(asked("{'action':'status','run':'%s'}".formatted(run)).toString());
        return compared;
    }

    /// Something of the archive is no JSON any more, at a place where a reader would quote a value.
    private void spoil(String folder) throws IOException {
        Pattern value = Pattern.compile("\"[^\"]*(\\\\\"[^\"]*)*hiddentext|\\{\\s*\"rows\"");
        try (Stream<Path> files = Files.walk(archive.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                Files.writeString(file, value.matcher(text).replaceFirst(" hiddentext "));
            }
        }
    }

    /// Through the edge of the handler, which logs.
    private JsonNode asked(String json) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Context context = mock(Context.class);
        when(context.getAwsRequestId()).thenReturn("call-in-person-" + logged.size());
        Invocation.answerInPerson(
                new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                answer,
                context,
                question -> shop.ask(question.toString(), context.getAwsRequestId()));
        try {
            return JSON.readTree(answer.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What is thrown is logged by the runtime.
    private void refusal(String json) {
        try {
            asked(json);
        } catch (RuntimeException refused) {
            shop.thrown.add(refused);
            return;
        }
        throw new AssertionError("not refused: " + json);
    }

    private void withoutKeys() {
        shop.environment = withoutKeys(shop.environment);
    }

    /// All that leaves.
    private String left() {
        List<String> all = new ArrayList<>(answers);
        sent.clear();
        shop.ended.forEach((run, ended) -> {
            new ReconcileLetters(shop.environment, sent::add).tell(run, ended);
            all.add(asked("{'action':'status','run':'%s'}".formatted(run.id())).toString());
        });
        sent.forEach(letter -> all.add(letter.subject() + "\n" + letter.body()));
        shop.thrown.forEach(thrown -> all.add(Logged.trace(thrown)));
        all.addAll(shop.started);
        all.add(logged.text());
        return String.join("\n", all);
    }

    static Environment withoutKeys(Environment from) {
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
}
