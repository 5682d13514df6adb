package lifeboat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lifeboat.catalog.Presets;
import org.junit.jupiter.api.Test;

class PresetsPageTest {
    private static final String PAGE = Page.at("reference/presets.md").text();

    @Test
    void everyRuleOfEveryPresetIsDocumentedAsItIs() {
        for (var preset : Presets.NAMES) {
            var section = PAGE.substring(PAGE.indexOf("## " + preset + "\n"));
            for (var rule : Presets.named(preset).orElseThrow().rules()) {
                var row = section.lines()
                        .filter(line -> line.startsWith("| " + rule.name() + " |"))
                        .findFirst();
                assertThat(row).as(preset + " " + rule.name()).isPresent();
                assertThat(row.get())
                        .contains(rule.schedule())
                        .containsPattern(window("start", rule.startWindow()))
                        .containsPattern(window("completion", rule.completionWindow()))
                        .contains("delete " + rule.deleteAfter().toDays() + " d");
                rule.coldAfter().ifPresent(cold -> assertThat(row.get()).contains("cold " + cold.toDays() + " d"));
            }
        }
    }

    private static String window(String what, Duration window) {
        return "%s (%d h|%d min)\\b".formatted(what, window.toHours(), window.toMinutes());
    }
}
