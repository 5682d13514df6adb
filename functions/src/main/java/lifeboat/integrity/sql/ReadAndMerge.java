package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lifeboat.integrity.ContentComparison;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Question;
import lifeboat.integrity.RowCount;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import org.jspecify.annotations.Nullable;

/// Compares two databases exactly and simply, a table a piece: every row's key and a digest of what is written in it,
/// both tables in the order of the key. Of each a few thousand rows are in memory.
///
/// Rows are the same where every column is written the same: `1.0` is not `1.00`, `-0` is not `0`. Tables without a
/// primary key are compared as multisets, where a changed row counts as one that is missing and one that is
/// unexpected. Generated columns follow from others; unlogged tables are in no backup; both are left out, as are large
/// objects and foreign tables.
public final class ReadAndMerge implements ContentComparison {
    private static final Segment ONLY_IN_LIVE = Segment.of("content", "(tables that only live has)");
    private static final Duration EACH = Duration.ofMinutes(14);

    private final Databases databases;

    public ReadAndMerge(Databases databases) {
        this.databases = databases;
    }

    @Override
    public List<Segment> plan(Subject subject) {
        if (explainedBy(subject).isEmpty() || subject.trust() == Subject.LiveTrust.ABSENT) {
            return List.of();
        }
        try (var copy = copy(subject)) {
            var pieces = new ArrayList<Segment>();
            Table.names(copy).forEach(table -> pieces.add(Segment.of("content", table)));
            pieces.add(ONLY_IN_LIVE);
            return pieces;
        }
    }

    @Override
    public Evidence compare(Subject subject, Segment segment) {
        var count = new RowCount(subject);
        var explainedBy = explainedBy(subject).orElse(Optional.empty());
        try (var copy = copy(subject);
                var live = Snapshot.open(() -> databases.live(subject.live()), EACH)) {
            if (segment.equals(ONLY_IN_LIVE)) {
                onlyInLive(copy, live, explainedBy, count);
            } else {
                table(copy, live, segment.subject(), explainedBy, count);
            }
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
        return count.evidence();
    }

    private static void table(Snapshot copy, Snapshot live, String name, Optional<String> explainedBy, RowCount count)
            throws SQLException {
        var here = Table.find(copy, name)
                .orElseThrow(() -> new Unreadable("table %s is not in the copy any more".formatted(name)));
        var there = Table.find(live, name);
        if (there.isEmpty()) {
            onlyInCopy(copy, here, count);
            return;
        }
        comparable(here, there.get());
        var times = times(here, explainedBy);
        if (here.key().isEmpty()) {
            Multisets.compare(copy, live, here, times, count);
        } else {
            keyed(copy, live, here, times, count);
        }
    }

    private static void comparable(Table here, Table there) {
        if (!here.shape().toList().equals(there.shape().toList())) {
            throw new Unreadable("table %s has other columns or another key than in live".formatted(here.name()));
        }
    }

    private static void keyed(Snapshot copy, Snapshot live, Table table, Times times, RowCount count)
            throws SQLException {
        try (var here = KeyedRows.of(copy, table, Times.NONE, true);
                var there = KeyedRows.of(live, table, times, true)) {
            Merge.of(new KeyOrder(table.key()), here, there, (a, b) -> visit(table, a, b, count));
        }
    }

    private static void visit(Table table, KeyedRows.@Nullable Row copy, KeyedRows.@Nullable Row live, RowCount count) {
        count.copyRows(copy == null ? 0 : 1);
        count.liveRows(live == null ? 0 : 1);
        if (live == null && copy != null) {
            count.missingInLive(false, table.name() + " " + copy.key());
        } else if (live != null && copy == null) {
            count.unexpectedInLive(live.lastWrite(), table.name() + " " + live.key());
        } else if (live != null && copy != null && !copy.sameContentAs(live)) {
            count.changed(live.lastWrite(), table.name() + " " + live.key());
        }
    }

    private static void onlyInCopy(Snapshot copy, Table table, RowCount count) {
        var rows = copy.number("select count(*) from " + table.from());
        count.copyRows(rows);
        for (var row = 0L; row < rows; row++) {
            count.missingInLive(false, table.name() + " as a whole");
        }
    }

    private static void onlyInLive(Snapshot copy, Snapshot live, Optional<String> explainedBy, RowCount count)
            throws SQLException {
        explainedBy.ifPresent(column -> refuseIfUnknown(column, copy, live));
        var inCopy = Set.copyOf(Table.names(copy));
        for (var name : Table.names(live)) {
            var table = Table.find(live, name).filter(found -> !inCopy.contains(name));
            if (table.isPresent()) {
                unexpected(live, table.get(), times(table.get(), explainedBy), count);
            }
        }
    }

    /// A column that no table has explains nothing: it is misspelt, and what differs is not known to be damage.
    private static void refuseIfUnknown(String column, Snapshot copy, Snapshot live) {
        var known = Stream.of(copy, live)
                .flatMap(
                        database -> Table.names(database).stream().flatMap(name -> Table.find(database, name).stream()))
                .anyMatch(table -> table.column(column).isPresent());
        if (!known) {
            throw new Unreadable("explainedBy \"%s\": no table has such a column".formatted(column));
        }
    }

    private static void unexpected(Snapshot live, Table table, Times times, RowCount count) throws SQLException {
        try (var rows = live.stream("select %s from %s".formatted(times.expression(), table.from()))) {
            while (rows.next()) {
                count.liveRows(1);
                count.unexpectedInLive(times.read(rows.getString(1)), table.name() + " as a whole");
            }
        }
    }

    private static Times times(Table table, Optional<String> explainedBy) {
        return explainedBy.flatMap(table::column).map(Times::of).orElse(Times.NONE);
    }

    /// What explains differences, where they are asked for at all; nothing does where two checks disagree on it.
    private static Optional<Optional<String>> explainedBy(Subject subject) {
        var asked = Question.of(subject.live()).stream()
                .filter(Question.SameAsLive.class::isInstance)
                .map(question -> ((Question.SameAsLive) question).explainedBy())
                .distinct()
                .toList();
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(asked.size() == 1 ? asked.getFirst() : Optional.empty());
    }

    private Snapshot copy(Subject subject) {
        return Snapshot.open(() -> databases.copy(subject.live(), subject.copy()), EACH);
    }
}
