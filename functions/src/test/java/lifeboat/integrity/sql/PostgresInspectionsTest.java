package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import lifeboat.catalog.Check;
import lifeboat.catalog.Expected;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalPostgres;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.integrity.Tally;
import lifeboat.integrity.Tally.Kind;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Test;

/// Restored databases beside their live ones, in a real engine.
class PostgresInspectionsTest {
    private static final Instant POINT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant INCIDENT = Instant.parse("2026-11-20T11:00:00Z");
    private static final Check.MatchesLive MATCHES = new Check.MatchesLive(Optional.of("updated_at"));
    private static final Check.MatchesLive UNEXPLAINED = new Check.MatchesLive(Optional.empty());
    private static final Freshness FRESH = new Freshness.Sql("select max(updated_at) from orders");
    private static final String ORDERS = """
            create table orders (
                id bigint generated always as identity primary key,
                customer text not null,
                total numeric(12, 2) check (total >= 0),
                updated_at timestamptz)""";

    private final String live = LocalPostgres.newDatabase();
    private final String copy = LocalPostgres.newDatabase();
    private final PostgresInspections inspections = inspections("postgres");

    @Test
    void aFaithfulCopyPassesEverything() {
        both(ORDERS, "create index by_customer on orders (customer)", orders(1, 200, "2026-11-20 09:59:00+00"));
        var conclusion = inspect(subject(
                Optional.of(FRESH),
                LiveTrust.TRUSTED,
                new Check.Rows("orders", Optional.of(1d), Optional.of(200L)),
                new Check.SqlAssertion("select count(*) from orders where total < 0", "0"),
                new Check.EngineCheck(),
                MATCHES));
        assertThat(conclusion.outcomes()).hasSize(7).allMatch(Passed.class::isInstance);
        assertThat(conclusion.tally().count(Kind.COPY_ROWS)).isEqualTo(200);
        assertThat(conclusion.tally().count(Kind.LIVE_ROWS)).isEqualTo(200);
        assertThat(conclusion.tally().newestInCopy()).contains(Instant.parse("2026-11-20T09:59:00Z"));
    }

    @Test
    void everyDifferenceInStructureIsSeen() {
        both(
                ORDERS,
                "create index by_customer on orders (customer)",
                "create index by_total on orders (total)",
                "create table plain (id int)",
                "create table gone (id int)");
        LocalPostgres.execute(
                copy,
                "drop table gone",
                "alter table orders add extra int",
                "alter table orders alter total type numeric(14, 2)",
                "alter table orders alter customer drop not null",
                "alter table orders drop constraint orders_total_check",
                "alter table orders alter updated_at set default now()",
                "drop index by_customer",
                "update pg_index set indisvalid = false where indexrelid = 'by_total'::regclass",
                "alter sequence orders_id_seq increment by 2",
                "create view seen as select 1 as one",
                "create function f() returns int language sql as 'select 1'",
                "create type colour as enum ('red')",
                "create extension amcheck",
                "alter table plain enable row level security");
        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "column public.gone.id is missing",
                        "table public.gone is missing",
                        "column public.orders.extra is not in live",
                        "column public.orders.total is numeric(14,2), in live numeric(12,2)",
                        "column public.orders.customer is text, in live text not null",
                        "constraint public.orders.orders_customer_not_null is missing",
                        "constraint public.orders.orders_total_check is missing",
                        "column public.orders.updated_at is timestamp with time zone default now(), in live timestamp with time zone",
                        "index public.by_customer is missing",
                        "index public.by_total is CREATE INDEX by_total ON public.orders USING btree (total) invalid, in live CREATE INDEX by_total ON public.orders USING btree (total)",
                        "sequence public.orders_id_seq is bigint from 1 to 9223372036854775807 by 2 start 1, in live bigint from 1 to 9223372036854775807 by 1 start 1",
                        "view public.seen is not in live",
                        "function public.f() is not in live",
                        "enum public.colour is not in live",
                        "extension amcheck is not in live",
                        "comment on extension amcheck is not in live",
                        "order of columns public.orders is id, customer, total, updated_at, extra, in live id, customer, total, updated_at",
                        "table public.plain is table with row security, in live table");
    }

    @Test
    void aDifferenceInStructureProvesAsMuchAsLiveCanBeTrusted() {
        LocalPostgres.execute(copy, "create table extra (id int)");
        assertThat(inspect(subject(Optional.empty(), LiveTrust.TRUSTED))
                        .outcomes()
                        .getFirst())
                .isInstanceOf(Failed.class);
        assertThat(inspect(subject(Optional.empty(), LiveTrust.SUSPECT))
                        .outcomes()
                        .getFirst())
                .isInstanceOf(Observed.class);
        assertThat(inspect(subject(Optional.empty(), LiveTrust.ABSENT))
                        .outcomes()
                        .getFirst())
                .isInstanceOf(Observed.class);
    }

    @Test
    void tooFewRowsFailWhateverLiveIsWorth() {
        both(ORDERS, orders(1, 5, "2026-11-20 09:00:00+00"));
        for (var trust : LiveTrust.values()) {
            assertThat(inspect(subject(
                                    Optional.empty(),
                                    trust,
                                    new Check.Rows("public.orders", Optional.empty(), Optional.of(6L))))
                            .outcomes()
                            .getLast())
                    .isEqualTo(new Failed("rows of public.orders >= 6", "5 rows"));
        }
    }

    @Test
    void rowsAreComparedWithLiveWhereThatCanBeRead() {
        both(ORDERS, orders(1, 100, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(copy, "delete from orders where id <= 2");
        var rows = new Check.Rows("orders", Optional.of(1d), Optional.empty());
        assertThat(last(LiveTrust.TRUSTED, rows))
                .isEqualTo(new Failed("rows of orders within 1 % of live", "98 rows, live 100"));
        assertThat(last(LiveTrust.SUSPECT, rows)).isInstanceOf(Observed.class);
        assertThat(last(LiveTrust.ABSENT, rows)).isInstanceOf(Observed.class);
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("orders", Optional.of(2d), Optional.empty())))
                .isInstanceOf(Passed.class);
    }

    @Test
    void aTableThatTheCopyLacksFailsAndOneThatLiveLacksIsInconclusive() {
        LocalPostgres.execute(live, "create table \"a b\" (id int)");
        LocalPostgres.execute(copy, "create table other (id int)");
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("\"a b\"", Optional.of(1d), Optional.empty())))
                .isEqualTo(new Failed("rows of \"a b\" within 1 % of live", "the copy has no such table"));
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("\"a b\"", Optional.empty(), Optional.of(1L))))
                .isEqualTo(new Failed("rows of \"a b\" >= 1", "the copy has no such table"));
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("other", Optional.of(1d), Optional.empty())))
                .isEqualTo(new Inconclusive("rows of other within 1 % of live", "live has no such table"));
    }

    @Test
    void anAssertionComparesOneValueAsText() {
        assertThat(asserted("select 1.50", "1.50")).isInstanceOf(Passed.class);
        assertThat(asserted("select 1.50", "1.5")).isEqualTo(new Failed("select 1.50 = 1.5", "numeric of length 4"));
        assertThat(asserted("select count(*) where false", "1"))
                .isEqualTo(new Failed("select count(*) where false = 1", "0"));
        assertThat(asserted("select true", "true")).isInstanceOf(Passed.class);
        assertThat(asserted("select null::int", "null")).isInstanceOf(Passed.class);
        assertThat(asserted("select false", "false")).isInstanceOf(Passed.class);
        assertThat(asserted("select 'it'", "it")).isInstanceOf(Passed.class);
        assertThat(asserted("with x as (select 'a;b' as v) select v from x -- ; drop", "a;b"))
                .isInstanceOf(Passed.class);
    }

    @Test
    void anAssertionComparesByTypeNotByTextAlone() {
        assertThat(asserted("select 'null'", "null")).isEqualTo(new Failed("select 'null' = null", "text of length 4"));
        assertThat(asserted("select b'1'", "true")).isEqualTo(new Failed("select b'1' = true", "bit of length 1"));
        assertThat(asserted("select 'true'", "true")).isInstanceOf(Failed.class);
        assertThat(asserted("select '0'", "0")).isEqualTo(new Failed("select '0' = 0", "text of length 1"));
        assertThat(quoted("select null::text", "null")).isEqualTo(new Failed("select null::text = \"null\"", "NULL"));
        assertThat(quoted("select 'null'", "null")).isInstanceOf(Passed.class);
        assertThat(quoted("select true", "true")).isInstanceOf(Failed.class);
        assertThat(quoted("select b'1'", "1")).isInstanceOf(Passed.class);
        assertThat(quoted("select 0", "0")).isInstanceOf(Failed.class);
    }

    @Test
    void anEmptyCopyIsNotAsManyRowsAsLiveHoweverWideThePercentage() {
        both(ORDERS, orders(1, 100, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(copy, "delete from orders");
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("orders", Optional.of(100d), Optional.empty())))
                .isEqualTo(new Failed("rows of orders within 100 % of live", "0 rows, live 100: the copy is empty"));
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("orders", Optional.of(100d), Optional.of(0L))))
                .isInstanceOf(Passed.class);
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("orders", Optional.empty(), Optional.empty())))
                .isEqualTo(new Failed("rows of orders >= 1", "0 rows"));
    }

    @Test
    void rowsThatMovedToATableThatInheritsAreNoticed() {
        both(ORDERS, "create table old_orders () inherits (orders)", orders(1, 100, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(
                copy,
                "with moved as (delete from only orders where id <= 40 returning *) insert into old_orders select * from moved");
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("orders", Optional.of(5d), Optional.empty())))
                .isEqualTo(
                        new Inconclusive(
                                "rows of orders within 5 % of live",
                                "100 rows, live 100; but they lie in other tables than in live: old_orders 40, live 0; orders 60, live 100"));
        assertThat(last(LiveTrust.TRUSTED, new Check.Rows("orders", Optional.of(40d), Optional.empty())))
                .isInstanceOf(Passed.class);
    }

    @Test
    void aTimeInTheCopyAfterItsPointFailsUnlessLiveHoldsItToo() {
        both(ORDERS, orders(1, 10, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(copy, orders(11, 11, "2026-11-20 10:01:00.000001+00"));
        for (var trust : LiveTrust.values()) {
            assertThat(inspect(subject(Optional.of(FRESH), trust)).outcomes().getLast())
                    .as(trust.name())
                    .isInstanceOf(Failed.class);
        }
        LocalPostgres.execute(live, orders(11, 11, "2026-11-20 10:01:00.000001+00"));
        assertThat(inspect(subject(Optional.of(FRESH), LiveTrust.TRUSTED))
                        .outcomes()
                        .getLast())
                .isInstanceOf(Inconclusive.class);
        LocalPostgres.execute(copy, "update orders set updated_at = '2099-01-01 00:00:00+00' where id = 11");
        assertThat(inspect(subject(Optional.of(FRESH), LiveTrust.TRUSTED))
                        .outcomes()
                        .getLast())
                .as("live holds an earlier time")
                .isInstanceOf(Failed.class);
        LocalPostgres.execute(copy, "update orders set updated_at = '2026-11-20 10:01:00+00' where id = 11");
        LocalPostgres.execute(live, "update orders set updated_at = '2026-11-20 10:01:00+00' where id = 11");
        assertThat(inspect(subject(Optional.of(FRESH), LiveTrust.TRUSTED))
                        .outcomes()
                        .getLast())
                .isInstanceOf(Passed.class);
    }

    @Test
    void anAssertionThatGivesNoSingleValueIsInconclusive() {
        for (var query : List.of(
                "select 1 where false",
                "select 1 union select 2",
                "select 1, 2",
                "select 1 / 0",
                "select * from nowhere",
                "not sql",
                "",
                "select 1; select 1")) {
            assertThat(asserted(query, "1")).isInstanceOf(Inconclusive.class);
        }
        assertThat(asserted("select 1 / 0", "1").seen()).contains("division by zero");
    }

    @Test
    void noQueryOfAHostileFileChangesAnything() {
        both(ORDERS, orders(1, 3, "2026-11-20 09:00:00+00"));
        for (var query : List.of(
                "delete from orders returning 1",
                "drop table orders",
                "commit; drop table orders",
                "select 1; commit; delete from orders",
                "commit",
                "rollback",
                "with gone as (delete from orders returning 1) select count(*) from gone",
                "set transaction read write",
                "set session characteristics as transaction read write",
                "truncate orders",
                "create table evil (id int)",
                "select setval('orders_id_seq', 999)",
                "copy orders to program 'touch /tmp/evil'; select 1",
                "do $$ begin delete from orders; end $$",
                "select lo_create(4711)")) {
            assertThat(asserted(query, "1")).as(query).isInstanceOf(Inconclusive.class);
            inspectSilently(subject(Optional.of(new Freshness.Sql(query)), LiveTrust.TRUSTED));
            assertThat(
                            value(
                                    copy,
                                    "select (select count(*) from orders) || ' ' || last_value || ' ' || (select count(*) from pg_class"
                                            + " where relname = 'evil') || (select count(*) from pg_largeobject_metadata) from orders_id_seq"))
                    .as(query)
                    .isEqualTo("3 1 00");
        }
    }

    @Test
    void writesThatTheCopyLacksAreCountedFromTheRows() {
        both(ORDERS, orders(1, 10, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(
                live,
                "update orders set updated_at = '2026-11-20 10:30:00+00' where id in (1, 2)",
                "update orders set updated_at = '2026-11-20 11:00:00+00' where id = 3",
                "update orders set updated_at = '2026-11-20 11:00:00.000001+00' where id = 4",
                "update orders set updated_at = '2026-11-20 08:00:00+00' where id = 5",
                orders(11, 12, "2026-11-20 10:00:01+00"),
                orders(13, 13, "2026-11-20 08:00:00+00"));
        var tally = inspect(subject(Optional.of(FRESH), LiveTrust.TRUSTED)).tally();
        assertThat(tally.count(Kind.LOST_WRITES)).isEqualTo(6);
        assertThat(tally.count(Kind.REWRITTEN_SINCE)).isEqualTo(1);
        assertThat(tally.newestInLive()).contains(INCIDENT);
        assertThat(tally.newestInCopy()).contains(Instant.parse("2026-11-20T09:00:00Z"));
    }

    @Test
    void withoutLiveTheNewestWriteInTheCopyIsStillFound() {
        both(ORDERS, orders(1, 2, "2026-11-20 09:00:00.123456+00"));
        var conclusion = inspect(subject(Optional.of(FRESH), LiveTrust.ABSENT));
        assertThat(conclusion.tally().newestInCopy()).contains(Instant.parse("2026-11-20T09:00:00.123456Z"));
        assertThat(conclusion.tally().newestInLive()).isEmpty();
        assertThat(conclusion.outcomes().getLast()).isInstanceOf(Passed.class);
    }

    @Test
    void whereAnIncidentTookLiveAwayTheNewestWriteInTheCopyIsStillFoundAndADrillSaysThatItCannotTell() {
        LocalPostgres.execute(copy, ORDERS, orders(1, 2, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute("postgres", "drop database " + live);
        var incident = inspectSilently(subject(Optional.of(FRESH), LiveTrust.SUSPECT));
        assertThat(incident.tally().newestInCopy()).contains(Instant.parse("2026-11-20T09:00:00Z"));
        assertThat(incident.outcomes().getLast()).isInstanceOf(Passed.class);
        assertThat(incident.outcomes().getFirst()).isInstanceOf(Inconclusive.class);
        var drill = inspectSilently(subject(Optional.of(FRESH), LiveTrust.TRUSTED));
        assertThat(drill.outcomes().getLast()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void aRowWithoutATimeMakesTheNewestWriteInconclusive() {
        both(ORDERS, "insert into orders (customer) values ('nobody')", orders(2, 2, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(live, "update orders set updated_at = 'infinity' where id = 2");
        var conclusion = inspect(subject(Optional.of(FRESH), LiveTrust.TRUSTED));
        assertThat(conclusion.tally().count(Kind.UNREADABLE_TIMES)).isEqualTo(3);
        assertThat(conclusion.outcomes().getLast()).isInstanceOf(Inconclusive.class);
    }

    /// The query reads the tables that inherit as well: what they lost was no loss, "exact against live".
    @Test
    void whereOtherTablesInheritTheNewestWriteIsThatOfAllOfThem() {
        both(
                ORDERS,
                orders(1, 2, "2026-11-20 08:00:00+00"),
                "create table orders_of_2026 () inherits (orders)",
                "insert into orders_of_2026 values (3, 'a', 1, '2026-11-20 09:00:00+00')");
        LocalPostgres.execute(live, "insert into orders_of_2026 values (4, 'a', 1, '2026-11-20 10:30:00+00')");

        var tally = inspect(subject(Optional.of(FRESH), LiveTrust.TRUSTED)).tally();
        assertThat(tally.newestInCopy()).contains(Instant.parse("2026-11-20T09:00:00Z"));
        assertThat(tally.newestInLive()).isEmpty();

        assertThat(inspect(subject(Optional.of(FRESH), LiveTrust.ABSENT))
                        .tally()
                        .newestInCopy())
                .contains(Instant.parse("2026-11-20T09:00:00Z"));
    }

    @Test
    void anotherQueryTellsTheNewestWriteInTheCopyOnly() {
        both(ORDERS, orders(1, 2, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(live, orders(3, 3, "2026-11-20 10:30:00+00"));
        for (var query : List.of(
                "select max(updated_at) from orders where id > 0",
                "select greatest(max(updated_at), '2000-01-01') from orders",
                "select max(updated_at) at time zone 'UTC' from orders",
                "select extract(epoch from max(updated_at)) from orders",
                "select to_char(max(updated_at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') from orders")) {
            var tally = inspect(subject(Optional.of(new Freshness.Sql(query)), LiveTrust.TRUSTED))
                    .tally();
            assertThat(tally.newestInCopy()).as(query).contains(Instant.parse("2026-11-20T09:00:00Z"));
            assertThat(tally.newestInLive()).isEmpty();
            assertThat(tally.count(Kind.LOST_WRITES)).isZero();
        }
    }

    @Test
    void aQueryThatGivesNoTimeIsInconclusive() {
        both(ORDERS, orders(1, 2, "2026-11-20 09:00:00+00"));
        for (var query : List.of("select max(customer) || 'x' from orders", "select null", "select boom")) {
            var subject = subject(Optional.of(new Freshness.Sql(query)), LiveTrust.TRUSTED);
            assertThat(inspectSilently(subject).outcomes().getLast()).isInstanceOf(Inconclusive.class);
        }
    }

    @Test
    void differencesAreSortedIntoTheirClassesAndExplainedByTheColumn() {
        both(ORDERS, orders(1, 20, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(
                live,
                "delete from orders where id in (1, 2, 3)",
                "update orders set total = total + 0.01 where id in (4, 5)",
                "update orders set customer = 'x', updated_at = '2026-11-20 10:00:00+00' where id = 6",
                orders(21, 21, "2026-11-20 09:00:00+00"),
                orders(22, 25, "2026-11-20 10:00:01+00"));
        var conclusion = inspect(subject(Optional.empty(), LiveTrust.TRUSTED, MATCHES));
        assertThat(classes(conclusion.tally())).isEqualTo("missing 3, changed 2, unexpected 1, explained 5");
        assertThat(conclusion.tally().count(Kind.COPY_ROWS)).isEqualTo(20);
        assertThat(conclusion.tally().count(Kind.LIVE_ROWS)).isEqualTo(22);
        assertThat(conclusion.outcomes().getLast()).isInstanceOf(Failed.class);
        assertThat(conclusion.samples()).contains("missing in live: public.orders [1]", "changed: public.orders [4]");
        assertThat(last(LiveTrust.SUSPECT, MATCHES)).isInstanceOf(Observed.class);
        assertThat(last(LiveTrust.ABSENT, MATCHES)).isInstanceOf(Observed.class);
    }

    @Test
    void theSmallestDifferenceOfEveryTypeIsSeenAndNoneInvented() {
        var types = List.of(
                "numeric | 1.0 | 1.00",
                "numeric | 12345678901234567890.1 | 12345678901234567890.2",
                "numeric | NaN | 0",
                "float8 | -0.0 | 0.0",
                "float8 | NaN | 0",
                "float8 | 0.1 | 0.10000000000000002",
                "float4 | 0.1 | 0.10000001",
                "bigint | 9007199254740993 | 9007199254740992",
                "text | a | a ",
                "text | \u00e4 | a\u0308",
                "varchar(9) | x | X",
                "char(3) | a | b",
                "bytea | \\x00ff | \\x00fe",
                "bytea | \\x | \\x00",
                "jsonb | {\"a\": 1.0} | {\"a\": 1.00}",
                "json | {\"a\":1} | {\"a\": 1}",
                "xml | <a/> | <a></a>",
                "timestamptz | 2026-11-20 10:00:00.000001+00 | 2026-11-20 10:00:00.000002+00",
                "timestamp | infinity | -infinity",
                "date | 0044-03-15 BC | 0044-03-15",
                "time | 24:00:00 | 00:00:00",
                "interval | 1 month | 30 days",
                "uuid | 00000000-0000-0000-0000-000000000001 | 00000000-0000-0000-0000-000000000002",
                "text[] | {a,NULL} | {a,\"NULL\"}",
                "int[] | {1,2} | {2,1}",
                "int[] | [0:1]={1,2} | {1,2}",
                "inet | 10.0.0.1 | 10.0.0.1/31",
                "point | (1,2) | (1,3)",
                "bit(3) | 101 | 100",
                "int4range | [1,3) | [1,4)",
                "tsvector | a:1 | a:2");
        for (var i = 0; i < types.size(); i++) {
            var parts = types.get(i).split(" \\| ", -1);
            both(
                    "create table t%d (id int primary key, v %s)".formatted(i, parts[0]),
                    insert(i, parts[1], parts[2]),
                    "insert into t%d values (3, null)".formatted(i));
        }
        var subject = subject(Optional.empty(), LiveTrust.TRUSTED, UNEXPLAINED);
        assertThat(inspect(subject).tally().differences()).isZero();
        for (var i = 0; i < types.size(); i++) {
            var parts = types.get(i).split(" \\| ", -1);
            LocalPostgres.execute(
                    live,
                    "delete from t" + i,
                    insert(i, parts[2], parts[1]),
                    "insert into t%d values (3, '%s')".formatted(i, parts[1]));
            assertThat(classes(inspections
                            .inspect(subject, new Segment("content public.t" + i))
                            .tally()))
                    .as(types.get(i))
                    .isEqualTo("missing 0, changed 3, unexpected 0, explained 0");
        }
    }

    @Test
    void rowsAreMatchedByAnyTypeOfKey() {
        var types = List.of(
                "text collate \"C\"",
                "text",
                "varchar(40)",
                "uuid",
                "numeric",
                "timestamptz",
                "date",
                "bytea",
                "bigint",
                "float8");
        var subject = subject(Optional.empty(), LiveTrust.TRUSTED, UNEXPLAINED);
        for (var i = 0; i < types.size(); i++) {
            both("create table t%d (k %s primary key, v int)".formatted(i, types.get(i)), fill(i, types.get(i)));
            LocalPostgres.execute(
                    live,
                    "delete from t%d where v %% 7 = 0".formatted(i),
                    "update t%d set v = -v where v %% 7 = 1".formatted(i),
                    "alter table t%d add moved int".formatted(i),
                    "alter table t%d drop moved".formatted(i));
            assertThat(classes(inspections
                            .inspect(subject, new Segment("content public.t" + i))
                            .tally()))
                    .as(types.get(i))
                    .isEqualTo("missing 14, changed 15, unexpected 0, explained 0");
        }
    }

    @Test
    void textKeysOfEveryScriptAreMatchedWhateverTheCollation() {
        both("create table t (k text collate \"und-x-icu\", part int, v text, primary key (k, part))");
        var random = new Random(7);
        var some = new ArrayList<String>();
        var all = new ArrayList<String>();
        for (var i = 0; i < 300; i++) {
            var row = "insert into t values ('" + key(random) + "', " + random.nextInt(3)
                    + ", 'x') on conflict do nothing";
            all.add(row);
            if (random.nextBoolean()) {
                some.add(row);
            }
        }
        LocalPostgres.execute(copy, all.toArray(String[]::new));
        LocalPostgres.execute(live, some.toArray(String[]::new));
        var tally = inspect(subject(Optional.empty(), LiveTrust.TRUSTED, UNEXPLAINED))
                .tally();
        assertThat(tally.count(Kind.COPY_ROWS)).isEqualTo(Long.parseLong(value(copy, "select count(*) from t")));
        assertThat(tally.count(Kind.MISSING_IN_LIVE))
                .isEqualTo(tally.count(Kind.COPY_ROWS) - tally.count(Kind.LIVE_ROWS));
        assertThat(tally.count(Kind.CHANGED) + tally.count(Kind.UNEXPECTED_IN_LIVE))
                .isZero();
    }

    @Test
    void tablesWithoutAKeyAreComparedAsMultisets() {
        both(
                "create table log (at timestamptz, line text)",
                "insert into log select '2026-11-20 09:00:00+00', 'line ' || i % 5 from generate_series(1, 20) i");
        LocalPostgres.execute(
                live,
                "delete from log where ctid in (select ctid from log where line = 'line 1' limit 3)",
                "insert into log values ('2026-11-20 09:00:00+00', 'line 2'), (null, null)",
                "insert into log values ('2026-11-20 10:00:00+00', 'new'), ('2026-11-20 10:00:00+00', 'new')");
        var conclusion =
                inspect(subject(Optional.empty(), LiveTrust.TRUSTED, new Check.MatchesLive(Optional.of("at"))));
        assertThat(classes(conclusion.tally())).isEqualTo("missing 3, changed 0, unexpected 2, explained 2");
        assertThat(conclusion.samples())
                .anySatisfy(sample -> assertThat(sample).startsWith("missing in live: public.log ["));
    }

    @Test
    void aTableThatOnlyOneSideHasFails() {
        both(ORDERS, orders(1, 9, "2026-11-20 09:00:00+00"));
        assertThat(last(LiveTrust.TRUSTED, MATCHES)).isInstanceOf(Passed.class);
        LocalPostgres.execute(copy, "create table gone as select i as id from generate_series(1, 4) i");
        assertThat(last(LiveTrust.TRUSTED, MATCHES))
                .isInstanceOf(Failed.class)
                .satisfies(outcome -> assertThat(outcome.seen()).contains("public.gone not compared, ONLY_IN_COPY"));
        LocalPostgres.execute(copy, "drop table gone");
        LocalPostgres.execute(
                live,
                "create table added (id int, updated_at timestamptz)",
                "insert into added values (1, '2026-11-20 10:00:00+00')");
        assertThat(last(LiveTrust.TRUSTED, MATCHES))
                .isInstanceOf(Failed.class)
                .satisfies(outcome -> assertThat(outcome.seen()).contains("public.added not compared, ONLY_IN_LIVE"));
        assertThat(last(LiveTrust.SUSPECT, MATCHES)).isInstanceOf(Observed.class);
    }

    @Test
    void aTableWithOtherColumnsIsNotComparedAndSaidSo() {
        both(ORDERS, orders(1, 2, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(live, "alter table orders add note text");
        assertThat(last(LiveTrust.TRUSTED, MATCHES))
                .isInstanceOf(Inconclusive.class)
                .satisfies(outcome -> assertThat(outcome.seen()).contains("public.orders not compared"));
    }

    @Test
    void twoChecksThatDisagreeOnTheColumnBothSayWhatWasNotCompared() {
        both(ORDERS, orders(1, 9, "2026-11-20 09:00:00+00"), "create table other (id int primary key)");
        both("insert into other values (1)");
        LocalPostgres.execute(live, "alter table other add note text");
        var subject = subject(Optional.empty(), LiveTrust.TRUSTED, MATCHES, UNEXPLAINED);
        assertThat(inspectSilently(subject).outcomes())
                .filteredOn(outcome -> outcome.check().startsWith("content as in live"))
                .hasSize(2)
                .allMatch(Inconclusive.class::isInstance);
    }

    @Test
    void anEmptyCopyIsNotProvenByWritesSince() {
        both(ORDERS);
        LocalPostgres.execute(live, orders(1, 1000, "2026-11-20 10:30:00+00"));
        assertThat(last(LiveTrust.TRUSTED, MATCHES))
                .isInstanceOf(Inconclusive.class)
                .satisfies(outcome ->
                        assertThat(outcome.seen()).contains("public.orders: 1,000 rows explained, at least 0 equal"));
    }

    @Test
    void aTimeInTheCopyAfterItsPointFails() {
        both(ORDERS, orders(1, 100, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(copy, "update orders set updated_at = '2030-01-01' where id = 1");
        LocalPostgres.execute(live, "update orders set updated_at = '2026-11-20 10:30:00+00' where id = 1");
        assertThat(last(LiveTrust.TRUSTED, MATCHES))
                .isInstanceOf(Failed.class)
                .satisfies(outcome -> assertThat(outcome.seen()).contains("after its point in time"));
    }

    @Test
    void rowsThatOnlyTheCopyHasAreAGapAndNeverAnObservation() {
        both(ORDERS, orders(1, 5000, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(live, "delete from orders where id > 999");
        assertThat(last(LiveTrust.TRUSTED, MATCHES)).isInstanceOf(Inconclusive.class);
    }

    @Test
    void aCopyOfAnOlderPointFails() {
        both(ORDERS, orders(1, 5000, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(live, orders(5001, 5500, "2026-11-20 09:30:00+00"));
        assertThat(last(LiveTrust.TRUSTED, MATCHES)).isInstanceOf(Failed.class);
    }

    @Test
    void whatNoTableHasExplainsNothing() {
        both(ORDERS, orders(1, 3, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(
                live, "update orders set customer = 'x', updated_at = '2026-11-20 10:30:00+00' where id = 1");

        var misspelt = subject(Optional.empty(), LiveTrust.TRUSTED, new Check.MatchesLive(Optional.of("changed_at")));
        assertThat(inspectSilently(misspelt).outcomes().getLast())
                .isInstanceOf(Inconclusive.class)
                .satisfies(outcome ->
                        assertThat(outcome.seen()).contains("explainedBy \"changed_at\": no table has such a column"));
        assertThat(inspect(subject(Optional.empty(), LiveTrust.TRUSTED, MATCHES))
                        .outcomes()
                        .getLast())
                .isInstanceOf(Passed.class);
    }

    @Test
    void whatTheDatabaseSaysIsOneLine() {
        both(ORDERS);
        var misspelt = subject(Optional.of(new Freshness.Sql("select max(changed_at) from orders")), LiveTrust.TRUSTED);

        assertThatThrownBy(() -> inspections.inspect(misspelt, new Segment("freshness")))
                .isInstanceOf(Unreadable.class)
                .hasMessage("column \"changed_at\" does not exist");
    }

    @Test
    void partitionsAndHeirsAndHostileNamesAreReadOnce() {
        both(
                "create schema \"Odd \"\"one\"\"; drop table x\"",
                "create table \"Odd \"\"one\"\"; drop table x\".\"t'\n\" (\"id; --\" int primary key, \"V%s\" text)",
                "insert into \"Odd \"\"one\"\"; drop table x\".\"t'\n\" values (1, 'a'), (2, 'b')",
                "create table p (id int primary key, v text) partition by range (id)",
                "create table p1 partition of p for values from (0) to (10)",
                "create table p2 partition of p for values from (10) to (20)",
                "insert into p select i, 'x' from generate_series(1, 19) i",
                "create table parent (id int primary key)",
                "create table heir (primary key (id)) inherits (parent)",
                "insert into parent values (1)",
                "insert into heir values (2)",
                "create unlogged table scratch (id int)",
                "insert into scratch values (1)",
                "create table sums (id int primary key, twice int generated always as (id * 2) stored)",
                "insert into sums values (1)");
        LocalPostgres.execute(copy, "truncate scratch");
        var tally = inspect(subject(Optional.empty(), LiveTrust.TRUSTED, UNEXPLAINED))
                .tally();
        assertThat(tally.count(Kind.COPY_ROWS)).isEqualTo(2 + 19 + 2 + 1);
        assertThat(tally.differences()).isZero();
        LocalPostgres.execute(live, "update p set v = 'y' where id in (3, 13)", "update heir set id = 3");
        assertThat(classes(inspect(subject(Optional.empty(), LiveTrust.TRUSTED, UNEXPLAINED))
                        .tally()))
                .isEqualTo("missing 1, changed 2, unexpected 1, explained 0");
    }

    @Test
    void theEngineFindsAnIndexThatDoesNotHoldItsRows() {
        both(ORDERS, "create index by_customer on orders (customer)", orders(1, 50, "2026-11-20 09:00:00+00"));
        LocalPostgres.execute(
                copy,
                "update pg_index set indisready = false, indislive = true where indexrelid = 'by_customer'::regclass",
                "insert into orders (id, customer, total) overriding system value values (51, 'unindexed', 1)",
                "update pg_index set indisready = true where indexrelid = 'by_customer'::regclass");
        assertThat(last(LiveTrust.TRUSTED, new Check.EngineCheck()))
                .isInstanceOf(Failed.class)
                .extracting(Outcome::seen)
                .asString()
                .contains("public.orders", "by_customer", "lacks matching index tuple");
        assertThat(value(copy, "select count(*) from pg_extension where extname = 'amcheck'"))
                .isEqualTo("0");
    }

    @Test
    void anEngineCheckThatIsNotPermittedIsInconclusiveAndSaysSo() {
        both(ORDERS);
        LocalPostgres.execute(
                "postgres", "do $$ begin create role reader login; exception when duplicate_object then null; end $$");
        LocalPostgres.execute(copy, "grant select on all tables in schema public to reader");
        var subject = subject(Optional.empty(), LiveTrust.TRUSTED, new Check.EngineCheck());
        assertThat(inspect(inspections("reader"), subject).outcomes().getLast())
                .isInstanceOf(Inconclusive.class)
                .extracting(Outcome::seen)
                .asString()
                .contains("permission denied to create extension");
    }

    /// Random damage of every kind: what is counted is what was done.
    @Test
    void randomDamageIsCountedExactly() {
        both(ORDERS, orders(1, 2000, "2026-11-20 09:00:00+00"));
        var random = new Random(99);
        var statements = new ArrayList<String>();
        var counts = new long[4];
        for (var id = 1; id <= 2000; id++) {
            var kind = random.nextInt(20);
            switch (kind) {
                case 0 -> statements.add("delete from orders where id = " + id);
                case 1 -> statements.add("update orders set total = total + 1 where id = " + id);
                case 2 -> statements.add(orders(2000 + id, 2000 + id, "2026-11-20 09:30:00+00"));
                case 3 ->
                    statements.add(
                            "update orders set customer = '', updated_at = '2026-11-20 10:30:00Z' where id = " + id);
                default -> {}
            }
            if (kind < 4) {
                counts[kind]++;
            }
        }
        LocalPostgres.execute(live, statements.toArray(String[]::new));
        var tally =
                inspect(subject(Optional.of(FRESH), LiveTrust.TRUSTED, MATCHES)).tally();
        assertThat(classes(tally))
                .isEqualTo("missing %d, changed %d, unexpected %d, explained %d"
                        .formatted(counts[0], counts[1], counts[2], counts[3]));
        assertThat(tally.count(Kind.LOST_WRITES)).isEqualTo(counts[2] + counts[3]);
    }

    private List<String> differences() {
        try (var here = Snapshot.open(() -> LocalPostgres.connect(copy), Duration.ofMinutes(1));
                var there = Snapshot.open(() -> LocalPostgres.connect(live), Duration.ofMinutes(1))) {
            return Schema.of(here).differencesTo(Schema.of(there));
        }
    }

    private Outcome last(LiveTrust trust, Check check) {
        return inspect(subject(Optional.empty(), trust, check)).outcomes().getLast();
    }

    private Outcome asserted(String query, String expected) {
        return last(LiveTrust.TRUSTED, new Check.SqlAssertion(query, expected));
    }

    private Outcome quoted(String query, String expected) {
        return last(LiveTrust.TRUSTED, new Check.SqlAssertion(query, new Expected.Text(expected)));
    }

    private Conclusion inspect(Subject subject) {
        return inspect(inspections, subject);
    }

    private static Conclusion inspect(PostgresInspections inspections, Subject subject) {
        var planned = inspections.plan(subject);
        var evidence = new HashMap<Segment, Evidence>();
        planned.forEach(segment -> evidence.put(segment, inspections.inspect(subject, segment)));
        return Conclusion.of(subject, planned, evidence, Map.of());
    }

    /// As the engine around it does: a piece that throws leaves no evidence.
    private Conclusion inspectSilently(Subject subject) {
        var planned = inspections.plan(subject);
        var evidence = new HashMap<Segment, Evidence>();
        var failures = new HashMap<Segment, String>();
        planned.forEach(segment -> {
            try {
                evidence.put(segment, inspections.inspect(subject, segment));
            } catch (Unreadable | Invalid e) {
                failures.put(segment, String.valueOf(e.getMessage()));
            }
        });
        return Conclusion.of(subject, planned, evidence, failures);
    }

    private PostgresInspections inspections(String user) {
        var databases = new Databases() {
            @Override
            public Connection live(Resource resource) throws SQLException {
                return LocalPostgres.connect(live, user);
            }

            @Override
            public Connection copy(Resource resource, CopyName name) throws SQLException {
                return LocalPostgres.connect(copy, user);
            }
        };
        return new PostgresInspections(databases, CopyAndLive.asInLive(copy, live, user));
    }

    private Subject subject(Optional<Freshness> freshness, LiveTrust trust, Check... checks) {
        var resource = new Resource.RdsInstance(
                new ResourceName("orders"), "orders", new SqlAccess(live, "shop/orders"), freshness, List.of(checks));
        return new Subject(resource, new CopyName("lifeboat-drill-1-orders"), POINT, INCIDENT, trust);
    }

    private void both(String... statements) {
        LocalPostgres.execute(live, statements);
        LocalPostgres.execute(copy, statements);
    }

    private static String orders(int from, int to, String updatedAt) {
        return "insert into orders (id, customer, total, updated_at) overriding system value "
                + "select i, 'customer ' || i %% 7, i * 1.5, '%s' from generate_series(%d, %d) i"
                        .formatted(updatedAt, from, to);
    }

    private static String insert(int table, String first, String second) {
        return "insert into t%d values (1, '%s'), (2, '%s')".formatted(table, first, second);
    }

    private static String fill(int table, String type) {
        var value = switch (type) {
            case "uuid" -> "md5(i::text)::uuid";
            case "timestamptz" -> "'2020-01-01'::timestamptz + i * i * interval '1 hour 0.001 second'";
            case "date" -> "'1999-12-31'::date + i * 17";
            case "bytea" -> "decode(md5(i::text), 'hex')";
            case "bigint" -> "(i - 50) * 1000000007::bigint";
            case "float8" -> "(i - 50) / 7.0::float8";
            case "numeric" -> "(i - 50) / 8.0";
            default -> "md5(i::text)";
        };
        return "insert into t%d select %s, i from generate_series(1, 100) i".formatted(table, value);
    }

    private static String key(Random random) {
        var alphabet =
                List.of("a", "A", "b", "Z", " ", "-", "_", "ä", "ß", "é", "Ω", "я", "中", "\uFFFD", "😀", "𝄞", "~");
        var key = new StringBuilder();
        for (var i = 0; i < 1 + random.nextInt(4); i++) {
            key.append(alphabet.get(random.nextInt(alphabet.size())));
        }
        return key.toString();
    }

    private static String classes(Tally tally) {
        return "missing %d, changed %d, unexpected %d, explained %d"
                .formatted(
                        tally.count(Kind.MISSING_IN_LIVE),
                        tally.count(Kind.CHANGED),
                        tally.count(Kind.UNEXPECTED_IN_LIVE),
                        tally.count(Kind.EXPLAINED));
    }

    private static String value(String database, String query) {
        try (var connection = LocalPostgres.connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
