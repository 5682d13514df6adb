package lifeboat.local.reconcile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.mysql.MySqlEndpoint;
import lifeboat.reconcile.sql.Triggers;

/// A kind of store that the command line can compare and repair. To support another one, add it to [#KINDS].
interface Store {
    List<Store> KINDS = List.of(
            new PostgresStore(),
            new MySqlStore(MySqlEndpoint.MYSQL),
            new MySqlStore(MySqlEndpoint.MARIADB),
            new DynamoDbStore());

    /// What endpoints of this kind start with.
    String scheme();

    /// What to compare.
    ///
    /// @param copy endpoint of the restored copy
    /// @param live endpoint of live
    /// @param tables only these; empty: all
    /// @param explainedBy column or attribute with the time of the last write; empty: none
    /// @param purges rules whose columns are read as well
    record Question(
            String copy, String live, Set<TableName> tables, Optional<String> explainedBy, List<PurgeRule> purges) {}

    Comparison comparison(Question question);

    Repairs repairs(String copy, String live, Set<TableName> tables, Triggers triggers);

    /// A table as the caller typed it.
    TableName table(String typed);

    /// The store of both endpoints.
    static Store of(String copy, String live) {
        Store store = kind("--copy", copy);
        if (!store.equals(kind("--live", live))) {
            throw new Invalid(
                    "LB-407", "--live \"%s\" is not allowed: another kind of store than --copy".formatted(live));
        }
        return store;
    }

    private static Store kind(String option, String endpoint) {
        return KINDS.stream()
                .filter(kind -> endpoint.startsWith(kind.scheme()))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "LB-408",
                        "%s \"%s\" is not allowed: it starts with one of %s"
                                .formatted(
                                        option,
                                        endpoint.replaceAll("[:?@].*", "..."),
                                        KINDS.stream().map(Store::scheme).toList())));
    }
}
