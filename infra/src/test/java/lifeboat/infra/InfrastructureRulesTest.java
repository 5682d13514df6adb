package lifeboat.infra;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InfrastructureRulesTest {
    private static final JavaClasses INFRA = Sources.imported("lifeboat.infra");

    /// `Map.of` and `Set.of` shuffle anew in every JVM: two deployments of the same environment would differ.
    private static final ArchRule NO_SHUFFLED_COLLECTIONS = noClasses()
            .should()
            .callMethodWhere(
                    describe("make a map or set of several entries in no order", InfrastructureRulesTest::shuffled));

    @Test
    void templatesAreMadeOfCollectionsInOrder() {
        assertThat(INFRA).hasSizeGreaterThan(20);
        NO_SHUFFLED_COLLECTIONS.check(INFRA);
    }

    @Test
    void shuffledCollectionsAreSeen() {
        var offender = new ClassFileImporter().importClasses(Shuffled.class);

        assertThat(NO_SHUFFLED_COLLECTIONS.evaluate(offender).hasViolation()).isTrue();
    }

    private static boolean shuffled(JavaMethodCall call) {
        var target = call.getTarget();
        var several = target.getRawParameterTypes().size() > (target.getOwner().isEquivalentTo(Map.class) ? 2 : 1)
                || target.getRawParameterTypes().stream().anyMatch(type -> type.isArray());
        return (target.getOwner().isEquivalentTo(Map.class) || target.getOwner().isEquivalentTo(Set.class))
                && (target.getName().equals("of") || target.getName().equals("ofEntries"))
                && several;
    }

    private static final class Shuffled {
        static final Map<String, String> TAGS = Map.of("a", "1", "b", "2");
    }
}
