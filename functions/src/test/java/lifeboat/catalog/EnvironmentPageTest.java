package lifeboat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import lifeboat.docs.Page;
import org.junit.jupiter.api.Test;

class EnvironmentPageTest {
    private static final Page PAGE = Page.at("reference/environment-file.md");

    @Test
    void schemaForEditorsIsCurrent() {
        Page.at("reference/environment.schema.json").mustBe(EnvironmentSchema.json());
    }

    @Test
    void tablesOfKeysAreCurrent() {
        PAGE.mustHold("keys", KeyTables.markdown());
    }

    @Test
    void everyKeyIsDocumented() {
        assertThat(KeyTables.names())
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(PAGE.text()).contains("| `" + name + "` |"));
    }

    @Test
    void everyTierIsDocumentedWithItsDefaults() {
        for (var tier : Tier.values()) {
            var objectives = tier.defaults();
            assertThat(PAGE.text())
                    .contains("| `%s` | %s | %s |"
                            .formatted(
                                    tier.label(),
                                    Durations.shown(objectives.rpo()),
                                    Durations.shown(objectives.rto())));
        }
    }
}
