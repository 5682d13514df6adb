package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lifeboat.engines.LocalPostgres;
import lifeboat.integrity.Outcome;
import org.junit.jupiter.api.Test;

/// Pieces of one engine check that run at the same time, as the state machine maps them.
class EnginePiecesTogetherTest {
    @Test
    void noPieceStandsInTheWayOfAnother() throws Exception {
        String database = LocalPostgres.newDatabase();
        List<EnginePiece> pieces = new ArrayList<>(List.of(new EnginePiece.Catalogs(), new EnginePiece.Sequences()));
        for (int table = 0; table < 6; table++) {
            LocalPostgres.execute(
                    database,
                    "create table t%d (id bigserial primary key, v text)".formatted(table),
                    "insert into t%d (v) select repeat('v', 100) from generate_series(1, 500)".formatted(table));
            pieces.add(new EnginePiece.Whole("public.t" + table));
        }
        List<Callable<Outcome>> work = pieces.stream()
                .<Callable<Outcome>>map(piece -> () -> {
                    try (var connection = LocalPostgres.connect(database)) {
                        return Amcheck.verify(connection, piece);
                    }
                })
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> outcome : threads.invokeAll(work)) {
                outcomes.add(outcome.get());
            }
            assertThat(outcomes)
                    .hasSize(8)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Passed.class));
        }
    }
}
