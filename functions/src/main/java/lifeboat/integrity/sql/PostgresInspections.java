package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Invalid;
import lifeboat.failure.Failure;
import lifeboat.integrity.ContentComparison;
import lifeboat.integrity.Counts;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Inspections;
import lifeboat.integrity.LiveComparison;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Question;
import lifeboat.integrity.RowCount;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;

/// Looks into a restored PostgreSQL database: what it is made of, what its rows are and say, what the engine finds.
public final class PostgresInspections implements Inspections {
    private static final Segment STRUCTURE = new Segment("structure");
    private static final Segment FRESHNESS = new Segment("freshness");
    private static final Duration EACH = Duration.ofMinutes(14);

    private final Databases databases;
    private final ContentComparison content;

    /// @param content how rows are compared with live
    public PostgresInspections(Databases databases, ContentComparison content) {
        this.databases = databases;
        this.content = content;
    }

    @Override
    public List<Segment> plan(Subject subject) {
        var pieces = new LinkedHashSet<Segment>();
        pieces.add(STRUCTURE);
        query(subject).ifPresent(query -> pieces.add(FRESHNESS));
        for (var question : Question.of(subject.live())) {
            switch (question) {
                case Question.EnoughRows rows -> pieces.add(Segment.of("rows", rows.table()));
                case Question.RowsAsInLive rows -> pieces.add(Segment.of("rows", rows.table()));
                case Question.Assertion assertion -> pieces.add(Segment.of("sql", assertion.number()));
                case Question.EngineSound _ -> pieces.addAll(engine(subject));
                case Question.Structure _,
                        Question.NewestWrite _,
                        Question.EnoughItems _,
                        Question.SameAsLive _,
                        Question.SameAsRecorded _ -> {}
            }
        }
        pieces.addAll(content.plan(subject));
        return List.copyOf(pieces);
    }

    @Override
    public Evidence inspect(Subject subject, Segment segment) {
        try {
            if (segment.is("content")) {
                return content.compare(subject, segment);
            }
            if (segment.equals(FRESHNESS)) {
                return freshness(subject);
            }
            return new RowCount(subject).evidence(outcomes(subject, segment).toArray(Outcome[]::new));
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    private List<Outcome> outcomes(Subject subject, Segment segment) throws SQLException {
        if (segment.equals(STRUCTURE)) {
            return List.of(structure(subject));
        }
        if (segment.is("engine")) {
            return List.of(engine(subject, segment.subject()));
        }
        var outcomes = new ArrayList<Outcome>();
        for (var question : Question.of(subject.live())) {
            if (question.needs(segment)) {
                outcomes.add(answer(subject, question));
            }
        }
        return outcomes;
    }

    private Outcome answer(Subject subject, Question question) {
        return switch (question) {
            case Question.EnoughRows rows -> enough(subject, rows);
            case Question.RowsAsInLive rows -> near(subject, rows);
            case Question.Assertion assertion -> assertion(subject, assertion);
            case Question.Structure _,
                    Question.NewestWrite _,
                    Question.EnoughItems _,
                    Question.EngineSound _,
                    Question.SameAsLive _,
                    Question.SameAsRecorded _ ->
                throw new IllegalArgumentException("\"%s\" is no question about rows".formatted(question.text()));
        };
    }

    private Outcome structure(Subject subject) {
        try (var copy = copy(subject)) {
            var here = Schema.of(copy);
            if (subject.trust() == Subject.LiveTrust.ABSENT) {
                return LiveComparison.structure(subject.trust(), List.of(), here.toString());
            }
            try (var live = live(subject)) {
                return LiveComparison.structure(subject.trust(), here.differencesTo(Schema.of(live)), here.toString());
            }
        }
    }

    private Outcome enough(Subject subject, Question.EnoughRows question) {
        try (var copy = copy(subject)) {
            return StoredRows.of(copy, question.table())
                    .map(rows -> Counts.enough(question, "rows", rows.count(), question.atLeast()))
                    .orElseGet(() -> new Outcome.Failed(question.text(), "the copy has no such table"));
        }
    }

    private Outcome near(Subject subject, Question.RowsAsInLive question) {
        if (subject.trust() == Subject.LiveTrust.ABSENT) {
            return LiveComparison.outcome(question, subject.trust(), false, "");
        }
        try (var copy = copy(subject);
                var live = live(subject)) {
            var here = StoredRows.of(copy, question.table());
            var there = StoredRows.of(live, question.table());
            if (there.isEmpty()) {
                return new Outcome.Inconclusive(question.text(), "live has no such table");
            }
            return here.map(rows -> rows.beside(there.get(), question, subject.trust()))
                    .orElseGet(() -> new Outcome.Failed(question.text(), "the copy has no such table"));
        }
    }

    private Outcome assertion(Subject subject, Question.Assertion question) {
        try (var copy = copy(subject)) {
            var value = SingleValue.compare(
                    copy, question.assertion().query(), question.assertion().expected());
            return value.asExpected()
                    ? new Outcome.Passed(question.text(), value.seen())
                    : new Outcome.Failed(question.text(), value.seen());
        } catch (Unreadable e) {
            return new Outcome.Inconclusive(question.text(), Failure.text(e));
        }
    }

    private Set<Segment> engine(Subject subject) {
        try (var copy = copy(subject)) {
            var pieces = new LinkedHashSet<Segment>();
            EnginePiece.of(copy).forEach(piece -> pieces.add(Segment.of("engine", piece)));
            return pieces;
        }
    }

    private Outcome engine(Subject subject, String piece) throws SQLException {
        try (var connection = databases.copy(subject.live(), subject.copy())) {
            return Amcheck.verify(connection, EnginePiece.parse(piece));
        }
    }

    private Evidence freshness(Subject subject) throws SQLException {
        var count = new RowCount(subject);
        var query = query(subject).orElseThrow();
        try (var copy = copy(subject)) {
            if (subject.trust() == Subject.LiveTrust.ABSENT) {
                LastWrites.count(copy, Optional.empty(), query, count);
            } else {
                besideLive(subject, copy, query, count);
            }
        }
        return count.evidence();
    }

    /// In an incident live may be gone: then the newest write in the copy is all that can be told.
    private void besideLive(Subject subject, Snapshot copy, String query, RowCount count) throws SQLException {
        Snapshot live;
        try {
            live = live(subject);
        } catch (Unreadable | Invalid e) {
            if (subject.trust() != Subject.LiveTrust.SUSPECT) {
                throw e;
            }
            LastWrites.count(copy, Optional.empty(), query, count);
            return;
        }
        try (live) {
            LastWrites.count(copy, Optional.of(live), query, count);
        }
    }

    private static Optional<String> query(Subject subject) {
        return subject.live().freshness().flatMap(freshness -> switch (freshness) {
            case Freshness.Sql(var query) -> Optional.of(query);
            case Freshness.Attribute _ -> Optional.empty();
        });
    }

    private Snapshot copy(Subject subject) {
        return Snapshot.open(() -> databases.copy(subject.live(), subject.copy()), EACH);
    }

    private Snapshot live(Subject subject) {
        return Snapshot.open(() -> databases.live(subject.live()), EACH);
    }
}
