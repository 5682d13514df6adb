package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Check;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final List<Segment> KINDS = List.of(
            new Segment("structure"),
            new Segment("scan 1/2"),
            new Segment("content public.a"),
            new Segment("rows a"),
            new Segment("rows b"),
            new Segment("sql 1"),
            new Segment("sql 2"),
            new Segment("engine public.a"),
            new Segment("freshness"));

    @Test
    void everyQuestionNeedsItsOwnPiecesAndNoOther() {
        var needed = Map.of(
                new Question.Structure(), List.of("structure"),
                new Question.NewestWrite(), List.of("scan 1/2", "freshness"),
                new Question.EnoughItems(1), List.of("scan 1/2", "content public.a"),
                new Question.EnoughRows("a", 1), List.of("rows a"),
                new Question.RowsAsInLive("b", 1, false), List.of("rows b"),
                new Question.Assertion(2, new Check.SqlAssertion("select 1", "1")), List.of("sql 2"),
                new Question.SameAsLive(Optional.empty()), List.of("content public.a"),
                new Question.EngineSound(), List.of("engine public.a"));
        needed.forEach((question, labels) -> assertThat(
                        KINDS.stream().filter(question::needs).map(Segment::label))
                .as(question.text())
                .containsExactlyElementsOf(labels));
    }
}
