package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import org.junit.jupiter.api.Test;

class ItemTimesTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:15:30Z");
    private final ItemTimes times = new ItemTimes(
            Optional.of("updatedAt"),
            Optional.of("ttl"),
            Optional.of(new PurgeRule(TableName.of("t"), "createdAt", AT)));

    @Test
    void textSecondsAndMillisecondsAreTheSameTimeAndSaidToBeRead() {
        assertThat(image("updatedAt", new Attribute.Text("2026-11-20T11:15:30+01:00"))
                        .writtenAt())
                .contains(AT);
        assertThat(image("updatedAt", new Attribute.Numeric("" + AT.getEpochSecond()))
                        .writtenAt())
                .contains(AT);
        assertThat(image("createdAt", new Attribute.Numeric("" + AT.toEpochMilli()))
                        .purgeAt())
                .contains(AT);
        assertThat(String.join("; ", times.sentences()))
                .contains("as ISO-8601 text", "as seconds since 1970", "as milliseconds since 1970", "'ttl'")
                .doesNotContain("no known form");
    }

    @Test
    void aTimeInNoKnownFormIsAbsentAndSaid() {
        assertThat(image("updatedAt", new Attribute.Text("yesterday")).writtenAt())
                .isEmpty();
        assertThat(image("updatedAt", new Attribute.Bool(true)).writtenAt()).isEmpty();
        assertThat(times.sentences()).anyMatch(sentence -> sentence.contains("no known form"));
    }

    @Test
    void ofSeveralAttributesTheFirstThatAnItemHasCounts() {
        var several = new ItemTimes(Optional.of("changedAt, updatedAt"), Optional.empty(), Optional.empty());
        var seconds = new Attribute.Numeric("" + AT.getEpochSecond());
        assertThat(several.image(Item.of(Map.of("updatedAt", seconds))).writtenAt())
                .contains(AT);
        assertThat(several.image(Item.of(Map.of("changedAt", seconds, "updatedAt", new Attribute.Numeric("1"))))
                        .writtenAt())
                .contains(AT);
    }

    @Test
    void itemsExpireOnlyByANumberOfSeconds() {
        assertThat(image("ttl", new Attribute.Numeric("" + AT.getEpochSecond())).expiresAt())
                .contains(AT);
        assertThat(image("ttl", new Attribute.Numeric("" + AT.toEpochMilli())).expiresAt())
                .isEmpty();
        assertThat(image("ttl", new Attribute.Text("" + AT.getEpochSecond())).expiresAt())
                .isEmpty();
    }

    private Image image(String name, Attribute value) {
        return times.image(Item.of(Map.of(name, value)));
    }
}
