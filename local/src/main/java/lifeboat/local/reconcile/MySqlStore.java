package lifeboat.local.reconcile;

import java.util.Set;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TypedName;
import lifeboat.reconcile.mysql.MySqlComparison;
import lifeboat.reconcile.mysql.MySqlEndpoint;
import lifeboat.reconcile.mysql.MySqlRepairs;
import lifeboat.reconcile.sql.Triggers;

/// MySQL or MariaDB by its JDBC URL.
///
/// @param scheme which of the two forms of URL
record MySqlStore(String scheme) implements Store {
    @Override
    public Comparison comparison(Question question) {
        return MySqlComparison.open(
                new MySqlEndpoint(question.copy()),
                new MySqlEndpoint(question.live()),
                question.tables(),
                question.explainedBy(),
                question.purges());
    }

    @Override
    public Repairs repairs(String copy, String live, Set<TableName> tables, Triggers triggers) {
        return MySqlRepairs.open(new MySqlEndpoint(copy), new MySqlEndpoint(live), tables, triggers);
    }

    @Override
    public TableName table(String typed) {
        return TableName.of(TypedName.name(typed));
    }
}
