package lifeboat.local.reconcile;

import java.security.SecureRandom;
import java.util.Set;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TypedName;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.PostgresRepairs;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.reconcile.sql.Triggers;

/// PostgreSQL by its JDBC URL.
final class PostgresStore implements Store {
    @Override
    public String scheme() {
        return Endpoint.SCHEME;
    }

    @Override
    public Comparison comparison(Question question) {
        Scope scope = new Scope(question.tables(), question.explainedBy(), question.purges());
        return PostgresComparison.open(
                new Endpoint(question.copy()), new Endpoint(question.live()), scope, new SecureRandom().nextLong());
    }

    @Override
    public Repairs repairs(String copy, String live, Set<TableName> tables, Triggers triggers) {
        return PostgresRepairs.open(new Endpoint(copy), new Endpoint(live), tables, triggers);
    }

    @Override
    public TableName table(String typed) {
        return TypedName.inSchema(typed, "public");
    }
}
