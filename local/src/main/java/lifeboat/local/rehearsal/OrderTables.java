package lifeboat.local.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;

/// The tables that an environment file speaks of, so that a rehearsal can make a database that fits it.
///
/// @param main where the shop writes; perhaps with its schema
/// @param others which checks look into as well
/// @param time the column with the time of the last write
record OrderTables(String main, List<String> others, String time) {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
    private static final Pattern NEWEST = Pattern.compile(
            "\\s*select\\s+max\\s*\\(\\s*(%1$s)\\s*\\)\\s+from\\s+(%1$s(?:\\.%1$s)?)\\b.*".formatted(NAME),
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    OrderTables {
        others = List.copyOf(others);
    }

    /// What is said of one database; `orders` and `updated_at` where nothing is.
    static OrderTables of(Resource.RdsInstance resource) {
        Optional<Matcher> newest = newest(resource);
        Set<String> tables = new LinkedHashSet<>();
        newest.ifPresent(asked -> tables.add(asked.group(2)));
        checks(resource, Check.Rows.class).map(Check.Rows::table).forEach(tables::add);
        List<String> named = new ArrayList<>(tables);
        String main = named.isEmpty() ? "orders" : named.removeFirst();
        String time = newest.map(asked -> asked.group(1))
                .or(() -> explainedBy(resource))
                .orElse("updated_at");
        return new OrderTables(main, named, time);
    }

    private static Optional<Matcher> newest(Resource.RdsInstance resource) {
        return resource.freshness()
                .filter(Freshness.Sql.class::isInstance)
                .map(freshness -> NEWEST.matcher(((Freshness.Sql) freshness).query()))
                .filter(Matcher::matches);
    }

    private static Optional<String> explainedBy(Resource.RdsInstance resource) {
        return checks(resource, Check.MatchesLive.class)
                .flatMap(check -> check.explainedBy().stream())
                .filter(column -> column.matches(NAME))
                .findFirst();
    }

    private static <C extends Check> Stream<C> checks(Resource.RdsInstance resource, Class<C> kind) {
        return resource.checks().stream().filter(kind::isInstance).map(kind::cast);
    }

    /// The schemas that are not there in an empty database.
    Stream<String> schemas() {
        return Stream.concat(Stream.of(main), others.stream())
                .filter(table -> table.contains("."))
                .map(table -> table.substring(0, table.indexOf('.')))
                .distinct();
    }
}
