package lifeboat.reconcile.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Resource;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.PostgresRepairs;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.restore.CopyName;

/// What leaves a reconcile of PostgreSQL.
class SecrecyTest extends Secrecy {
    private Shop shop;

    @Override
    Shop filled(Path archive) {
        shop = new Shop(
                archive,
                "create table cards (id text primary key, holder text, number bigint unique, spent numeric, info jsonb,"
                        + " raw bytea, token uuid, tags text[], updated_at timestamptz)",
                "insert into cards select 'key-of-a-customer-' || g, 'hiddentext ' || g, 41114111410 + g, 4111411141.5 + g,"
                        + " jsonb_build_object('hiddenfield', 'hiddentext'), '\\xdeadbeef',"
                        + " 'a1a1a1a1-0000-0000-0000-000000000000', array['hiddentext'], '1977-07-07'"
                        + " from generate_series(1, 9) g");
        return shop;
    }

    @Override
    void damage() {
        shop.inLive(
                "delete from cards where id like '%-1'",
                "update cards set holder = 'hiddentext other', spent = spent + 1, info = '{\"hiddentext\": 4111411141}',"
                        + " raw = '\\xdeadbeef00', tags = '{}' where id like '%-2'",
                "insert into cards values"
                        + " ('key-of-a-customer-77', 'hiddentext', 41114111411, 1, '1', '', null, null, '1977-07-07')");
    }

    @Override
    void damageAgain() {
        shop.inLive("update cards set holder = 'hiddentext again' where id like '%-2'");
    }

    @Override
    void refuseWrites() {
        shop.inLive(
                "create function refuse() returns trigger language plpgsql as $$ begin"
                        + " raise exception 'card % of %', new.number, new.holder using errcode = 'XX000'; end $$",
                "create trigger refuse before insert or update on cards for each row execute function refuse()");
    }

    @Override
    Sides unreachable() {
        Endpoint nowhere = new Endpoint("jdbc:postgresql://localhost:1/nowhere?user=postgres");
        return new Sides() {
            @Override
            public Comparison comparison(
                    Resource resource,
                    CopyName copy,
                    Set<TableName> tables,
                    Optional<String> explainedBy,
                    List<PurgeRule> purges) {
                return PostgresComparison.open(nowhere, nowhere, new Scope(tables, explainedBy, purges), 7);
            }

            @Override
            public Repairs repairs(
                    Resource resource, CopyName copy, Set<TableName> tables, Triggers triggers, RepairLease lease) {
                return PostgresRepairs.open(nowhere, nowhere, tables, triggers);
            }

            @Override
            public TableName table(Resource resource, String typed) {
                return new TableName("public", typed);
            }
        };
    }

    @Override
    String table() {
        return "cards";
    }
}
