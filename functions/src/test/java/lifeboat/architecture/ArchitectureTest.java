package lifeboat.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import lifeboat.Wiring;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may know what. A rule that finds no class to judge fails: a package that is renamed takes its rule along.
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Wiring.class.getProtectionDomain().getCodeSource().getLocation());
    private static final String[] AWS_SDK = {"software.amazon.awssdk.."};
    private static final String[] LAMBDA = {"com.amazonaws.services.lambda.."};
    private static final String[] POWERTOOLS = {"software.amazon.lambda.."};
    private static final String[] JSON = {"com.fasterxml.jackson..", "tools.jackson.."};
    private static final String[] JDBC = {"java.sql..", "javax.sql..", "org.postgresql..", "org.mariadb.."};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalog",
                "protection",
                "validation",
                "objective",
                "restore",
                "parity",
                "integrity",
                "reconcile",
                "recording",
                "recovery",
                "report"
            })
    void theCoreIsPureButForHandlersAndMetrics(String feature) {
        holds(noClasses()
                .that()
                .resideInAPackage("lifeboat." + feature + "..")
                .and(DescribedPredicate.not(HANDLER.or(METRICS)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(AWS_SDK).or(resideInAnyPackage(LAMBDA)))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage(POWERTOOLS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"objective", "restore", "parity", "integrity", "recording", "recovery", "report"})
    void onlyTheEdgeOfTheCoreKnowsJson(String feature) {
        holds(noClasses()
                .that()
                .resideInAPackage("lifeboat." + feature + "..")
                .and(DescribedPredicate.not(HANDLER.or(JSON_EDGE)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(JSON)));
    }

    @Test
    void onlyWiringReadsTheClockOrTheEnvironment() {
        holds(noClasses().that(DescribedPredicate.not(WIRING)).should().accessTargetWhere(readsClockOrEnvironment()));
    }

    @Test
    void onlyAdaptersAndWiringKnowTheAwsSdk() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("lifeboat.aws..")
                .and(DescribedPredicate.not(WIRING))
                .should()
                .dependOnClassesThat(resideInAnyPackage(AWS_SDK)));
    }

    @Test
    void onlyHandlersAndInvocationKnowLambda() {
        holds(noClasses()
                .that(DescribedPredicate.not(HANDLER.or(simpleName("Invocation"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(LAMBDA)));
    }

    @Test
    void onlyInvocationAndMetricsKnowPowertools() {
        holds(noClasses()
                // the lab's custom resource answers CloudFormation, which is another edge
                .that(DescribedPredicate.not(
                        METRICS.or(simpleName("Invocation")).or(simpleName("RehearsalHandler"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(POWERTOOLS)));
    }

    @Test
    void onlyPackagesOfSqlEnginesKnowJdbc() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("..sql..", "..postgres..", "..mysql..", "..rds..", "..engines..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(JDBC)));
    }

    /// The message of whatever was thrown may quote what a row holds: `Failure.text` says what of it may leave.
    @Test
    void nobodyWhoReadsRowsTakesTheMessageOfAFailureAsItIs() {
        holds(noClasses()
                .that()
                .resideInAnyPackage("..integrity..", "..reconcile..", "..recording..", "..recovery..", "..ledger..")
                // these two look for a word and say none
                .and(describe(
                        "say what they caught",
                        type -> !Set.of("MySqlErrors", "StoreUnreachable")
                                .contains(outermost(type).getSimpleName())))
                .should()
                .callMethodWhere(describe(
                        "a message is taken as it is",
                        call -> call.getTarget().getName().matches("get(Original|Localized)?Message")
                                && call.getTargetOwner().isAssignableTo(Throwable.class))));
    }

    @Test
    void everyHandlerIsCalledOneAndIsMadeByTheRuntimeOrOverWiring() {
        holds(classes().that().implement(RequestStreamHandler.class).should().haveSimpleNameEndingWith("Handler"));
        assertThat(MAIN.stream().filter(type -> type.isAssignableTo(RequestStreamHandler.class)))
                .isNotEmpty()
                .allSatisfy(type -> {
                    assertThat(type.tryGetConstructor()).isPresent();
                    assertThat(type.tryGetConstructor(Wiring.class)).isPresent();
                });
    }

    @Test
    void featuresFormNoCyclesButThroughWiringAndHandlers() {
        holds(slices().assignedFrom(FEATURES)
                .should()
                .beFreeOfCycles()
                .ignoreDependency(WIRING, DescribedPredicate.alwaysTrue())
                .ignoreDependency(HANDLER, DescribedPredicate.alwaysTrue()));
    }

    @Test
    void theCoreDoesNotKnowItsAdapters() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("lifeboat.aws..", "lifeboat")
                .should()
                .dependOnClassesThat(resideInAnyPackage("lifeboat.aws..")));
    }

    @Test
    void noNameSaysNothing() {
        holds(noClasses()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveNameMatching("(?i).*(util|helper|common|manager|service|impl|misc|data|info)s?"));
        assertThat(packages())
                .allSatisfy(found -> assertThat(found.getRelativeName())
                        .doesNotMatch("(?i)(util|helper|common|manager|service|impl|misc|core|shared|base)s?"));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.isAnnotatedWith(NullMarked.class))
                        .as(found.getName())
                        .isTrue());
    }

    private static final DescribedPredicate<JavaClass> WIRING = describe("Wiring", ArchitectureTest::isWiring);
    private static final DescribedPredicate<JavaClass> HANDLER = simpleNameEndingWith("Handler");
    private static final DescribedPredicate<JavaClass> METRICS = simpleNameEndingWith("Metrics");
    private static final Set<String> READ_OR_WRITE_JSON = Set.of(
            "StepInput",
            "FrontDoorAnswer",
            "RequestReader",
            "RecordRequestReader",
            "FrontDoor",
            "StartedAnswer",
            "RecoveryStarter",
            "ReportRequest",
            "VerdictJson");
    private static final DescribedPredicate<JavaClass> JSON_EDGE = describe(
            "reads or writes JSON",
            type -> READ_OR_WRITE_JSON.contains(outermost(type).getSimpleName()));

    /// A feature is a package under the root; what restores and what is given back after it are one.
    private static final SliceAssignment FEATURES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] parts = type.getPackageName().split("\\.", -1);
            if (parts.length < 2) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(parts[1].equals("parity") ? "restore" : parts[1]);
        }

        @Override
        public String getDescription() {
            return "features";
        }
    };

    private static boolean isWiring(JavaClass type) {
        return outermost(type).getFullName().equals(Wiring.class.getName());
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static DescribedPredicate<JavaAccess<?>> readsClockOrEnvironment() {
        Set<String> reading = Set.of(
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.time.Clock.system",
                "java.time.Clock.systemUTC",
                "java.time.Clock.systemDefaultZone",
                "java.time.InstantSource.system",
                "java.lang.System.getenv",
                "java.lang.System.getProperty",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime");
        return describe("a reading of clock or environment", access -> {
            AccessTarget target = access.getTarget();
            return reading.contains(target.getOwner().getFullName() + "." + target.getName());
        });
    }

    private static Set<JavaPackage> packages() {
        return MAIN.stream()
                .map(JavaClass::getPackage)
                .filter(found -> found.getName().startsWith("lifeboat"))
                .collect(java.util.stream.Collectors.toSet());
    }

    private static void holds(ArchRule rule) {
        assertThat(MAIN).isNotEmpty();
        rule.allowEmptyShould(false).check(MAIN);
    }
}
