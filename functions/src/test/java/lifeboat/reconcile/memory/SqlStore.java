package lifeboat.reconcile.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// Tables that chance drew, on a real SQL server.
public abstract class SqlStore implements EngineStore {
    private static final List<String> TIMES = List.of(MemoryTable.TIME, MemoryTable.EXPIRY, MemoryTable.CLOSED);
    private static final List<String> NUMBERS = List.of(MemoryTable.KEY, MemoryTable.SECOND_KEY, MemoryTable.PARENT);
    private static final List<String> COLUMNS = List.of(
            MemoryTable.KEY,
            MemoryTable.SECOND_KEY,
            MemoryTable.UNIQUE,
            MemoryTable.PARENT,
            MemoryTable.VALUE,
            MemoryTable.TIME,
            MemoryTable.EXPIRY,
            MemoryTable.CLOSED);

    private final Map<TableName, MemoryTable> tables = new LinkedHashMap<>();

    protected SqlStore(List<MemoryTable> tables) {
        tables.forEach(table -> this.tables.put(table.name(), table));
    }

    protected abstract String quoted(String name);

    /// SQL types of text, of unique text and of a time.
    protected abstract List<String> types();

    /// What the tables are called.
    protected Set<TableName> names() {
        return tables.keySet();
    }

    /// A connection to live, for the application: it waits for nobody.
    protected abstract Connection application();

    /// What makes the tables, parents first.
    protected List<String> create() {
        return tables.values().stream().map(this::create).toList();
    }

    private String create(MemoryTable table) {
        StringBuilder sql = new StringBuilder(
                "CREATE TABLE %s (".formatted(quoted(table.name().name())));
        for (String column : columns(table)) {
            boolean key = List.of(MemoryTable.KEY, MemoryTable.SECOND_KEY).contains(column);
            String type = NUMBERS.contains(column)
                    ? "INT"
                    : TIMES.contains(column) ? types().get(2) : types().get(column.equals(MemoryTable.UNIQUE) ? 1 : 0);
            sql.append("%s %s %s, ".formatted(quoted(column), type, key ? "NOT NULL" : "NULL"));
        }
        if (table.hasKey()) {
            sql.append("PRIMARY KEY (%s), ".formatted(list(keys(table))));
        }
        if (table.hasUnique()) {
            sql.append("UNIQUE (%s), ".formatted(quoted(MemoryTable.UNIQUE)));
        }
        table.parent()
                .ifPresent(parent -> sql.append("FOREIGN KEY (%s) REFERENCES %s (%s), "
                        .formatted(quoted(MemoryTable.PARENT), quoted(parent.name()), quoted(MemoryTable.KEY))));
        return sql.substring(0, sql.length() - 2) + ")";
    }

    private static List<String> columns(MemoryTable table) {
        return COLUMNS.stream()
                .filter(column -> !column.equals(MemoryTable.KEY) || table.keyParts() > 0)
                .filter(column -> !column.equals(MemoryTable.SECOND_KEY) || table.keyParts() > 1)
                .filter(column -> !column.equals(MemoryTable.TIME) || table.hasTime())
                .toList();
    }

    private static List<String> keys(MemoryTable table) {
        return List.of(MemoryTable.KEY, MemoryTable.SECOND_KEY).subList(0, table.keyParts());
    }

    private String list(List<String> columns) {
        return columns.stream().map(this::quoted).collect(Collectors.joining(", "));
    }

    /// Fills a side; its connection does not check constraints meanwhile.
    protected void fill(Connection connection, MemorySide side) {
        side.all().forEach((place, rows) -> {
            for (int i = 0; i < rows.count(); i++) {
                insert(connection, place, rows.row());
            }
        });
    }

    private void insert(Connection connection, Place place, MemoryRow row) {
        List<String> columns = columns(table(place.table()));
        String sql = "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                        quoted(place.table().name()),
                        list(columns),
                        columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
        execute(connection, sql, row, columns);
    }

    private int execute(Connection connection, String sql, MemoryRow row, List<String> columns) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                set(statement, i + 1, columns.get(i), row);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            // Of integrity, of transactions that collide, of locks that are not to be had.
            boolean denied =
                    List.of("23", "40", "55").contains(e.getSQLState().substring(0, 2)) || e.getErrorCode() == 1205;
            throw denied ? new Denied(e) : new IllegalStateException(sql, e);
        }
    }

    private void set(PreparedStatement statement, int at, String column, MemoryRow row) throws SQLException {
        Optional<String> value = row.get(column);
        if (TIMES.contains(column)) {
            statement.setObject(at, row.time(column).map(this::spelled).orElse(null));
        } else if (NUMBERS.contains(column)) {
            statement.setObject(at, value.map(Integer::valueOf).orElse(null), java.sql.Types.INTEGER);
        } else {
            statement.setString(at, value.orElse(null));
        }
    }

    /// A time as the driver takes it.
    protected abstract Object spelled(Instant time);

    /// A time as the driver gives it; empty: NULL.
    protected abstract Optional<Instant> time(ResultSet rows, int column) throws SQLException;

    /// A constraint or a lock kept a row from being written.
    private static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Denied(SQLException cause) {
            super(cause);
        }
    }

    protected MemoryTable table(TableName name) {
        return Objects.requireNonNull(tables.get(name));
    }

    @Override
    public List<MemoryTable> tables() {
        return List.copyOf(tables.values());
    }

    @Override
    public boolean isBusy() {
        return false;
    }

    @Override
    public boolean isLocked(Place place) {
        return false;
    }

    @Override
    public Optional<Rows> at(Place place) {
        return Optional.ofNullable(read(table(place.table())).get(place));
    }

    @Override
    public Set<RowKey> keys(TableName name) {
        Set<RowKey> keys = new LinkedHashSet<>();
        read(table(name)).keySet().forEach(place -> keys.add(place.key()));
        return keys;
    }

    @Override
    public Map<Place, Rows> all() {
        Map<Place, Rows> all = new LinkedHashMap<>();
        tables.values().forEach(table -> all.putAll(read(table)));
        return all;
    }

    private Map<Place, Rows> read(MemoryTable table) {
        Map<Place, Rows> found = new LinkedHashMap<>();
        List<String> columns = columns(table);
        String order = table.hasKey() ? " ORDER BY " + list(keys(table)) : "";
        String sql = "SELECT %s FROM %s%s"
                .formatted(list(columns), quoted(table.name().name()), order);
        try (Statement statement = application().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                MemoryRow row = row(rows, columns);
                found.merge(
                        new Place(table.name(), row.key(table)),
                        new Rows(row, 1),
                        (one, other) -> new Rows(row, one.count() + other.count()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private MemoryRow row(ResultSet rows, List<String> columns) throws SQLException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (TIMES.contains(column)) {
                time(rows, i + 1).ifPresent(time -> values.put(column, time.toString()));
            } else {
                String text = rows.getString(i + 1);
                if (text != null) {
                    values.put(column, text);
                }
            }
        }
        return MemoryRow.of(values);
    }

    @Override
    public boolean write(Place place, Optional<Rows> next) {
        try {
            return next.isEmpty() ? delete(place) : put(place, next.get().row());
        } catch (Denied denied) {
            return false;
        }
    }

    private boolean delete(Place place) {
        MemoryTable table = table(place.table());
        String sql = "DELETE FROM %s WHERE %s".formatted(quoted(place.table().name()), where(table));
        return execute(application(), sql, keyed(table, place), keys(table)) == 1;
    }

    private boolean put(Place place, MemoryRow row) {
        MemoryTable table = table(place.table());
        List<String> others = new ArrayList<>(columns(table));
        others.removeAll(keys(table));
        String set = others.stream().map(column -> quoted(column) + " = ?").collect(Collectors.joining(", "));
        String sql = "UPDATE %s SET %s WHERE %s".formatted(quoted(place.table().name()), set, where(table));
        List<String> given = new ArrayList<>(others);
        given.addAll(keys(table));
        if (execute(application(), sql, row, given) == 0) {
            insert(application(), place, row);
        }
        return true;
    }

    private String where(MemoryTable table) {
        return keys(table).stream().map(column -> quoted(column) + " = ?").collect(Collectors.joining(" AND "));
    }

    private static MemoryRow keyed(MemoryTable table, Place place) {
        Map<String, String> key = new HashMap<>();
        for (int i = 0; i < table.keyParts(); i++) {
            key.put(keys(table).get(i), place.key().parts().get(i));
        }
        return MemoryRow.of(key);
    }

    @Override
    public Optional<RowKey> key(MemoryTable table, RowKey key) {
        return table.hasKey() ? Optional.of(key) : Optional.empty();
    }

    @Override
    public boolean knowsFates() {
        return true;
    }
}
