package lifeboat.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.validation.Finding.Failed;
import lifeboat.validation.Finding.Passed;
import lifeboat.validation.Finding.Subject;
import lifeboat.validation.Finding.Unknown;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;
import org.junit.jupiter.api.Test;

/// What would be left of a resource on the day that it is deleted.
class SurvivalCheckTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/products";

    @Test
    void aProtectedTableWithARecoveryPointSurvives() {
        assertThat(check(new Seen<>(true), new Seen<>(true))).isInstanceOf(Passed.class);
    }

    @Test
    void withoutARecoveryPointNothingOutlivesTheTable() {
        assertThat(check(new Seen<>(false), new Seen<>(true)))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.told())
                                .isEqualTo(
                                        "the vault holds no recovery point of %s that outlives it: its automated backups may go with it"
                                                .formatted(ARN)));
    }

    @Test
    void aTableThatOneCallDeletesIsToldOf() {
        assertThat(check(new Seen<>(true), new Seen<>(false)))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.told())
                                .isEqualTo("deletion protection of %s is off: one call deletes it".formatted(ARN)));
    }

    @Test
    void whatCouldNotBeLookedAtIsUnknown() {
        assertThat(check(new Unseen<>("denied"), new Seen<>(true))).isInstanceOf(Unknown.class);
        assertThat(check(new Seen<>(true), new Unseen<>("denied"))).isInstanceOf(Unknown.class);
    }

    private static Finding check(Looked<Boolean> outliving, Looked<Boolean> protection) {
        Subject subject = Subject.of(new WorkloadName("catalog"), new ResourceName("products"));
        Resource table =
                new Resource.DynamoDbTable(new ResourceName("products"), "products", Optional.empty(), List.of());
        return new SurvivalCheck(subject, table, ARN)
                .of(vault(outliving), _ -> protection)
                .orElseThrow();
    }

    private static Vault vault(Looked<Boolean> outliving) {
        return new Vault() {
            @Override
            public Looked<VaultFacts> settings() {
                return new Unseen<>("not asked");
            }

            @Override
            public Looked<Long> points(Instant from, Instant until, Consumer<PointFacts> each) {
                return new Unseen<>("not asked");
            }

            @Override
            public Looked<Optional<PointFacts>> continuous(String resourceArn) {
                return new Unseen<>("not asked");
            }

            @Override
            public Looked<Boolean> outliving(String resourceArn) {
                return outliving;
            }
        };
    }
}
