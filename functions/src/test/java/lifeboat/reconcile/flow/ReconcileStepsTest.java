package lifeboat.reconcile.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;
import lifeboat.engines.LocalPostgres;
import lifeboat.integrity.Outcome;
import lifeboat.reconcile.ArchiveUndoLog;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.UndoRow;
import lifeboat.recovery.CopyEvent;
import lifeboat.recovery.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compare, approve, repair and take back, step by step on a real database.
class ReconcileStepsTest {
    private static final String[] ORDERS = {
        "create table customers (id bigint primary key, name text not null, updated_at timestamptz not null)",
        "create table orders (id bigint primary key, customer bigint not null references customers, total numeric,"
                + " updated_at timestamptz not null)",
        "insert into customers select g, 'customer ' || g, '2026-11-20T08:00:00Z' from generate_series(1, 40) g",
        "insert into orders select g, g % 40 + 1, g, '2026-11-20T08:00:00Z' from generate_series(1, 500) g"
    };
    private static final String[] DAMAGE = {
        "delete from orders where customer = 7",
        "delete from customers where id = 7",
        "update orders set total = -total where id between 100 and 120",
        "insert into orders values (9001, 3, 0, '2026-11-19T00:00:00Z')"
    };
    private static final String GOOD =
            "insert into orders values (9002, 4, 12, '2026-11-20T10:05:00Z')"; // after the point in time

    private final Path archive;
    private Shop shop;

    ReconcileStepsTest(@TempDir Path archive) {
        this.archive = archive;
        this.shop = new Shop(archive, ORDERS);
    }

    @Test
    void damageIsListedRepairedAndTakenBackAndGoodWritesStay() {
        Map<String, String> before = shop.rows(shop.live, "orders");
        shop.inLive(DAMAGE);
        shop.inLive(GOOD);
        Map<String, String> damaged = shop.rows(shop.live, "orders");

        assertThat(shop.compared(",'explainedBy':'updated_at'").text())
                .contains("1 rows: stamped before the point in time");
        Ended compared = shop.compared(
                ",'explainedBy':'updated_at','classes':['missing','changed','unexpected','stamped-before']");
        assertThat(compared.state()).isEqualTo(Ended.State.DIFFERENT);
        assertThat(compared.text()).contains("public.customers").contains("written after the point in time");
        assertThat(shop.rows(shop.live, "orders")).isEqualTo(damaged);

        Ended repaired = shop.repaired(compared);
        assertThat(repaired.state()).as(repaired.text()).isEqualTo(Ended.State.REPAIRED);
        Map<String, String> after = shop.rows(shop.live, "orders");
        assertThat(after.remove("9002")).isNotNull();
        assertThat(after).isEqualTo(before);

        Ended undone = shop.undone(compared);
        assertThat(undone.state()).as(undone.text()).isEqualTo(Ended.State.UNDONE);
        assertThat(shop.rows(shop.live, "orders")).isEqualTo(damaged);
        assertThat(shop.told.values()).contains(compared, repaired, undone).hasSize(4);
    }

    /// 0 stands for "never" where times are numbers.
    @Test
    void aNumberThatIsNoTimeWasRemovedByNoPurge() {
        shop = new Shop(
                archive.resolve("sessions"),
                "create table sessions (id int primary key, expires bigint)",
                "insert into sessions values (1, 0), (2, -1), (3, 1700000000), (4, null), (5, 1900000000)");
        shop.inLive("delete from sessions");
        Ended compared = shop.compared(",'purged':['sessions.expires<2026-01-01T00:00:00Z']");
        assertThat(compared.headline()).contains("4 rows can be repaired");
        assertThat(compared.text()).contains("1 rows: removed by a purge rule");
    }

    /// The newest write in the copy is of 08:00, its backup was started at 09:00.
    @Test
    void aRowStampedBeforeTheBackupWasStartedIsADifferenceHoweverIdleTheTablesWere() {
        shop = Shop.ofRecoveryPoint(archive.resolve("point"), Instant.parse("2026-11-20T09:00:00Z"), ORDERS);
        shop.inLive(
                "insert into orders values (9001, 3, 0, '2026-11-20T08:30:00Z')",
                "update orders set total = -1, updated_at = '2026-11-20T08:40:00Z' where id = 7",
                "insert into orders values (9002, 4, 12, '2026-11-20T09:00:01Z')");
        Ended compared = shop.compared(",'explainedBy':'updated_at'");
        assertThat(compared.state()).as(compared.text()).isEqualTo(Ended.State.DIFFERENT);
        assertThat(compared.text())
                .contains("2 rows: stamped before the point in time", "1 rows: written after the point in time")
                .contains("would write 0 rows");
    }

    /// A backup that was started at 09:00 holds a write of 09:20, so a row of 09:10 that it lacks was not there.
    @Test
    void aRowStampedBeforeTheNewestWriteInTheCopyIsADifference() {
        shop = Shop.ofRecoveryPoint(archive.resolve("point"), Instant.parse("2026-11-20T09:00:00Z"), ORDERS);
        LocalPostgres.execute(shop.copy, "insert into orders values (700, 3, 0, '2026-11-20T09:20:00Z')");
        shop.inLive(
                "insert into orders values (700, 3, 0, '2026-11-20T09:20:00Z')",
                "insert into orders values (9001, 3, 0, '2026-11-20T09:10:00Z')");
        Ended compared = shop.compared(",'explainedBy':'updated_at'");
        assertThat(compared.state()).as(compared.text()).isEqualTo(Ended.State.DIFFERENT);
        assertThat(compared.text()).contains("1 rows: stamped before the point in time");
    }

    /// A time that has not come says nothing of the point in time of the copy that holds it.
    @Test
    void aTimeInTheCopyThatHasNotComeMovesNoPointInTime() {
        shop = Shop.ofRecoveryPoint(archive.resolve("point"), Instant.parse("2026-11-20T09:00:00Z"), ORDERS);
        String future = "insert into orders values (700, 3, 0, '2099-01-01T00:00:00Z')";
        LocalPostgres.execute(shop.copy, future);
        shop.inLive(future, "insert into orders values (9001, 3, 0, '2026-11-20T09:10:00Z')");
        assertThat(shop.compared(",'explainedBy':'updated_at'").state()).isEqualTo(Ended.State.EQUAL);
    }

    @Test
    void nothingToRepairIsEqualAndTold() {
        Ended compared = shop.compared("");

        assertThat(compared.state()).isEqualTo(Ended.State.EQUAL);
        assertThat(shop.told).containsValue(compared);
    }

    @Test
    void everyStepCanBeCalledTwice() {
        Map<String, String> before = shop.rows(shop.live, "orders");
        shop.inLive(DAMAGE);
        RunId comparison =
                Shop.run(shop.ask("{'action':'diff','recovery':'%s','resource':'orders'}".formatted(Example.ID)));
        shop.compare(comparison);
        Ended compared = shop.end(comparison, () -> shop.compare(comparison));

        RunId repair = Shop.run(shop.ask("{'action':'apply','plan':'%s','cap':100}".formatted(Shop.plan(compared))));
        RepairSteps steps = shop.reconciles().repair();
        int pieces = steps.begin(repair);
        assertThat(steps.begin(repair)).isEqualTo(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            steps.repair(repair, piece);
            steps.repair(repair, piece);
        }
        Ended repaired = shop.end(repair, () -> shop.repair(repair));

        assertThat(repaired.state()).isEqualTo(Ended.State.REPAIRED);
        assertThat(shop.rows(shop.live, "orders")).isEqualTo(before);
        assertThat(shop.end(repair, () -> {})).isEqualTo(repaired);
    }

    @Test
    void repairThatBrokeOffIsAskedForAgain() {
        Map<String, String> before = shop.rows(shop.live, "orders");
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        RunId broken = Shop.run(shop.ask("{'action':'apply','plan':'%s','cap':100}".formatted(Shop.plan(compared))));
        Ended failed = shop.end(broken, () -> {
            shop.reconciles().repair().begin(broken);
            shop.reconciles().repair().repair(broken, 0);
            throw new IllegalStateException("the function died");
        });

        assertThat(failed.state()).isEqualTo(Ended.State.FAILED);
        assertThat(failed.text()).contains("the function died").contains("undo log");
        assertThat(shop.repaired(compared).state()).isEqualTo(Ended.State.REPAIRED);
        assertThat(shop.rows(shop.live, "orders")).isEqualTo(before);
    }

    @Test
    void rowsOfWhichNobodyKnowsWhetherTheyWereWrittenAreListedAndUndoneOnlyWhenNamed() {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        PlanId plan = compared.plan().orElseThrow();
        shop.repaired(compared);
        String repaired = shop.rows(shop.live, "orders").get("1");
        new ArchiveUndoLog(new LocalArchive(archive), plan)
                .begin(Optional.of(new TransactionName("of a store that is gone")))
                .keep(
                        new TableName("public", "orders"),
                        DifferenceClass.MISSING_IN_LIVE,
                        List.of(new UndoRow(
                                RowKey.of("1"), Optional.empty(), Optional.empty(), 0, Optional.of("other"), 1)));

        Ended undone = shop.undone(compared);

        assertThat(undone.state()).isEqualTo(Ended.State.PARTLY_UNDONE);
        assertThat(undone.text()).contains("public.orders, 1 rows: nobody knows whether the repair wrote them");
        int entry = Integer.parseInt(undone.text().replaceAll("(?s).*name them: entries (\\d+).*", "$1"));
        Ended named = shop.undone(compared, ",'entries':'%d'".formatted(entry));
        assertThat(named.text()).contains("skipped 1: written in live since");
        assertThat(shop.rows(shop.live, "orders")).containsEntry("1", repaired);
    }

    @Test
    void undoLogThatWasEditedIsRefused() throws IOException {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        shop.repaired(compared);
        Map<String, String> good = shop.rows(shop.live, "orders");
        try (Stream<Path> files = Files.walk(archive.resolve("undo"))) {
            Path rows = files.filter(file -> file.toString().endsWith(".rows"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(rows, Files.readString(rows).replaceFirst("\\d\\d\\d", "666"));
        }

        Ended refused = shop.undone(compared);

        assertThat(refused.state()).isEqualTo(Ended.State.FAILED);
        assertThat(refused.text()).contains("LB-465");
        assertThat(shop.rows(shop.live, "orders")).isEqualTo(good);
    }

    @Test
    void ofTwoRepairsAtOnceTheSecondIsToldWhoIsAtIt() {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        String apply = "{'action':'apply','plan':'%s','cap':100}".formatted(Shop.plan(compared));
        RunId first = Shop.run(shop.ask(apply));
        RunId second = Shop.run(shop.ask(apply));
        shop.reconciles().repair().begin(first);

        Ended refused = shop.end(second, () -> shop.repair(second));

        assertThat(refused.state()).isEqualTo(Ended.State.FAILED);
        assertThat(refused.text()).contains("LB-415").contains(first + ", repair of plan");
        assertThat(shop.end(first, () -> shop.repair(first)).state()).isEqualTo(Ended.State.REPAIRED);
    }

    @Test
    void piecesAreVerifiedSideBySide() throws Exception {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        RunId run = Shop.run(shop.ask("{'action':'apply','plan':'%s','cap':100}".formatted(Shop.plan(compared))));
        RepairSteps steps = shop.reconciles().repair();
        int pieces = steps.begin(run);
        for (int piece = 0; piece < pieces; piece++) {
            steps.repair(run, piece);
        }
        steps.again(run);
        assertThat(pieces).isGreaterThan(2);

        try (var readers = java.util.concurrent.Executors.newFixedThreadPool(pieces)) {
            var looks = java.util.stream.IntStream.range(0, pieces)
                    .mapToObj(piece ->
                            readers.submit(() -> shop.reconciles().repair().verify(run, piece)))
                    .toList();
            for (var look : looks) {
                look.get();
            }
        }

        assertThat(shop.end(run, () -> shop.repair(run)).state()).isEqualTo(Ended.State.REPAIRED);
    }

    @Test
    void rightToRepairEndsByItselfWhenARunIsNotHeardOf() {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        String apply = "{'action':'apply','plan':'%s','cap':100}".formatted(Shop.plan(compared));
        RunId died = Shop.run(shop.ask(apply));
        shop.reconciles().repair().begin(died);
        RunId next = Shop.run(shop.ask(apply));
        shop.now = Shop.NOW.plus(Duration.ofMinutes(21));

        assertThat(shop.end(next, () -> shop.repair(next)).state()).isEqualTo(Ended.State.REPAIRED);
    }

    @Test
    void rowThatIsWrittenAfterTheComparisonIsSkippedAndReported() {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        shop.inLive("update orders set total = 777 where id = 110");

        Ended repaired = shop.repaired(compared);

        assertThat(repaired.state()).isEqualTo(Ended.State.PARTLY_REPAIRED);
        assertThat(repaired.text()).contains("skipped 110: written in live since it was compared");
        assertThat(shop.rows(shop.live, "orders").get("110")).contains("777");
    }

    @Test
    void planThatIsTamperedWithIsRefusedBeforeAnythingIsWritten() throws IOException {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");
        Map<String, String> damaged = shop.rows(shop.live, "orders");
        try (Stream<Path> chunks = Files.walk(archive.resolve("drafts"))) {
            Path chunk = chunks.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.writeString(chunk, Files.readString(chunk).replaceFirst("\\d", "4"));
        }

        Ended refused = shop.repaired(compared);

        assertThat(refused.state()).isEqualTo(Ended.State.FAILED);
        assertThat(refused.text()).contains("LB-414");
        assertThat(shop.rows(shop.live, "orders")).isEqualTo(damaged);
    }

    @Test
    void stalePlanAndOneBeyondTheCapAreRefusedAtTheFrontDoor() {
        shop.inLive("delete from orders where id > 100");
        Ended compared = shop.compared("");

        assertThatThrownBy(() -> shop.ask("{'action':'apply','plan':'%s'}".formatted(Shop.plan(compared))))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-410");
        shop.now = Shop.NOW.plus(Duration.ofHours(25));
        assertThatThrownBy(() -> shop.ask("{'action':'apply','plan':'%s','cap':100}".formatted(Shop.plan(compared))))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-412");
        assertThat(shop.started).hasSize(1);
    }

    @Test
    void dryRunAnswersAndStartsNothing() {
        shop.inLive(DAMAGE);
        Ended compared = shop.compared("");

        var answer = shop.ask("{'action':'apply','plan':'%s','dryRun':true}".formatted(Shop.plan(compared)));

        assertThat(answer.path("message").asText()).contains("dry run, would repair 36 rows of orders");
        assertThat(shop.started).hasSize(1).allSatisfy(run -> assertThat(run).startsWith("DIFF "));
    }

    @Test
    void sameCallDeliveredTwiceBeginsOneRun() {
        String diff = "{'action':'diff','recovery':'%s','resource':'orders'}".formatted(Example.ID);

        assertThat(shop.ask(diff, "one")).isEqualTo(shop.ask(diff, "one"));
        assertThat(shop.started.stream().distinct()).hasSize(1);
        assertThat(shop.ask(diff, "two")).isNotEqualTo(shop.ask(diff, "one"));
    }

    @Test
    void whatIsWrongWithAChoiceIsSaidBeforeARunBegins() {
        String diff = "{'action':'diff','recovery':'%s','resource':'orders',%s}";

        assertThatThrownBy(() -> shop.ask(diff.formatted(Example.ID, "'classes':['lost']")))
                .hasMessageContaining("LB-400 classes \"lost\" is not allowed: missing, changed, unexpected");
        assertThatThrownBy(() -> shop.ask(diff.formatted(Example.ID, "'damagedWithin':'yesterday'")))
                .hasMessageContaining("damagedWithin \"yesterday\" is not allowed: it needs explainedBy");
        assertThat(shop.started).isEmpty();
    }

    @Test
    void copyThatFailedItsChecksIsNotRepairedFromUnlessItsStandingIsAcceptedByName(@TempDir Path other) {
        shop = new Shop(other, Optional.of(new Outcome.Failed("structure as in live", "1 index is missing")), ORDERS);
        assertThatThrownBy(() -> shop.compared(""))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-469", "FAILED 1 of its checks", "acceptCopy\": \"damaged\"");
        assertThatThrownBy(() -> shop.compared(",'acceptCopy':'unproven'")).hasMessageContaining("LB-469");
        shop.inLive(DAMAGE);
        Ended compared = shop.compared(",'acceptCopy':'damaged'");
        assertThat(compared.text()).startsWith("the copy of orders by recovery %s FAILED".formatted(Example.ID));
        assertThatThrownBy(() -> shop.repaired(compared)).hasMessageContaining("LB-469");
        assertThat(shop.repaired(compared, ",'acceptCopy':'damaged'").state()).isEqualTo(Ended.State.REPAIRED);
    }

    @Test
    void copyThatWasNotCheckedIsNotRepairedFromUnlessItsStandingIsAcceptedByName(@TempDir Path other) {
        shop = new Shop(other, Optional.empty(), ORDERS);
        assertThatThrownBy(() -> shop.compared("")).hasMessageContainingAll("LB-469", "NOT PROVEN sound", "unproven");
        assertThatThrownBy(() -> shop.compared(",'acceptCopy':'damaged'")).hasMessageContaining("LB-469");
        assertThat(shop.compared(",'acceptCopy':'unproven'").state()).isEqualTo(Ended.State.EQUAL);
    }

    @Test
    void copyThatTurnsOutToBeDamagedAfterThePlanIsNotRepairedFrom(@TempDir Path other) {
        shop = new Shop(other, Optional.empty(), ORDERS);
        shop.inLive(DAMAGE);
        Ended compared = shop.compared(",'acceptCopy':'unproven'");
        Map<String, String> damaged = shop.rows(shop.live, "orders");
        RunId run = Shop.run(shop.ask(
                "{'action':'apply','plan':'%s','cap':100,'acceptCopy':'unproven'}".formatted(Shop.plan(compared))));
        shop.checked(new Outcome.Failed("structure as in live", "1 index is missing"));

        Ended refused = shop.end(run, () -> shop.repair(run));

        assertThat(refused.text()).contains("LB-469");
        assertThat(shop.rows(shop.live, "orders")).isEqualTo(damaged);
    }

    @Test
    void nameThatSelectsNothingIsRefusedAndNotLeftOut() {
        shop.inLive(DAMAGE);
        Ended refused = shop.compared(",'keys':['order=1..10']");
        assertThat(refused.state()).isEqualTo(Ended.State.FAILED);
        assertThat(refused.text()).contains("LB-468 keys \"public.order\"", "public.orders");
        assertThat(shop.compared(",'keys':['orders=a..b']").text()).contains("LB-468", "numbers");
        assertThat(shop.compared(",'tables':['order']").text()).contains("LB-423");
        Ended compared = shop.compared(",'keys':['orders=1..10']");
        assertThat(compared.text())
                .contains("selected  of public.orders only rows whose first key part lies in 1..10")
                .contains("rows: not selected");
    }

    @Test
    void copyThatWasTornDownCannotBeCompared() {
        shop.ledger.record(Example.ID, Example.ORDERS.name(), new CopyEvent.Gone(Shop.NOW));

        assertThatThrownBy(() -> shop.compared(""))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-451")
                .hasMessageContaining("torn down");
    }

    @Test
    void unknownRecoveryResourcePlanAndRunAreNamed() {
        assertThatThrownBy(() -> shop.ask("{'action':'diff','recovery':'20261120-zzzzzz','resource':'orders'}"))
                .hasMessageContaining("LB-102 recovery \"20261120-zzzzzz\"");
        assertThatThrownBy(
                        () -> shop.ask("{'action':'diff','recovery':'%s','resource':'products'}".formatted(Example.ID)))
                .hasMessageContaining("LB-107 resource \"products\" is not part of recovery")
                .hasMessageContaining("[orders]");
        assertThatThrownBy(() -> shop.ask("{'action':'show','plan':'00000000000000000000000000000000'}"))
                .hasMessageContaining("LB-413");
        assertThatThrownBy(() -> shop.ask("{'action':'status','run':'run-20261120-zzzzzz'}"))
                .hasMessageContaining("LB-450");
    }

    @Test
    void statusSaysWhereARunStandsAndHowItEnded() {
        shop.inLive(DAMAGE);
        RunId run = Shop.run(shop.ask("{'action':'diff','recovery':'%s','resource':'orders'}".formatted(Example.ID)));
        String status = "{'action':'status','run':'%s'}".formatted(run);
        assertThat(shop.ask(status).path("message").asText())
                .isEqualTo("the comparison of orders is under way: 0 pieces compared");

        Ended ended = shop.end(run, () -> shop.compare(run));

        var answer = shop.ask(status);
        assertThat(answer.path("state").asText()).isEqualTo("DIFFERENT");
        assertThat(answer.path("plan").asText()).isEqualTo(Shop.plan(ended));
        assertThat(answer.path("next").asText())
                .contains("\"action\": \"apply\"")
                .contains(Shop.plan(ended));
        assertThat(shop.ask("{'action':'show','plan':'%s'}".formatted(Shop.plan(ended)))
                        .path("rowsToRepair")
                        .asLong())
                .isEqualTo(36);
    }

    @Test
    void migrationDuringTheComparisonIsSeen() {
        RunId run = Shop.run(shop.ask("{'action':'diff','recovery':'%s','resource':'orders'}".formatted(Example.ID)));
        int pieces = shop.reconciles().comparison().plan(run);
        shop.inLive("alter table orders add column note text");

        Ended ended = shop.end(run, () -> shop.reconciles().comparison().compare(run, pieces - 1, "call"));

        assertThat(ended.state()).isEqualTo(Ended.State.FAILED);
        assertThat(ended.text()).contains("LB-453").contains("Nothing was written");
    }
}
