package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.permission.Scope;
import lifeboat.infra.permission.Statements;
import lifeboat.infra.site.Site;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// All inline policies of a role together may have 10,240 characters, however long the names of live resources are.
class PolicySizeTest {
    /// The shared log, X-Ray and the network of the databases, which each stand in a role beside its list.
    private static final int BESIDE = 900;

    @ParameterizedTest
    @EnumSource
    void roleFitsWhateverTheNames(Handler handler) throws Exception {
        for (var length : List.of(6, 22, 60)) {
            for (var many : List.of(8, 10, Scope.NAMED_AT_MOST, Scope.NAMED_AT_MOST + 1)) {
                assertThat(size(handler, many, length))
                        .as("%d resources of each kind with names of %d characters", many, length)
                        .isLessThan(10_240 - BESIDE);
            }
        }
    }

    private static int size(Handler handler, int many, int length) throws Exception {
        var workload = Environments.workload(
                "shop",
                IntStream.range(0, many)
                        .boxed()
                        .flatMap(number -> oneOfEach(number, "n%02d".formatted(number) + "x".repeat(length - 3)))
                        .toList());
        var site = Site.recovery(Environments.with(List.of(workload)));
        var size = 0;
        for (var statement : Statements.of(handler, site)) {
            size += new ObjectMapper()
                            .writeValueAsString(statement.toStatementJson())
                            .length()
                    + 1;
        }
        return size;
    }

    private static Stream<Resource> oneOfEach(int number, String name) {
        var sql = new SqlAccess("orders", name);
        return Stream.of(
                new Resource.DynamoDbTable(new ResourceName("t" + number), name, Optional.empty(), List.of()),
                new Resource.RdsInstance(new ResourceName("d" + number), name, sql, Optional.empty(), List.of()),
                new Resource.AuroraCluster(new ResourceName("c" + number), name, sql, Optional.empty(), List.of()));
    }
}
