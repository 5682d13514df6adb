package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"\":{\"S\":\"\"}}",
                "{\"a\":{\"S\":\"line\\nbreak \\\"quoted\\\" 😀\"},\"b\":{\"N\":\"-12.5\"}}",
                "{\"a\":{\"B\":\"AAE=\"},\"b\":{\"BOOL\":false},\"c\":{\"NULL\":true}}",
                "{\"a\":{\"BS\":[\"/w==\",\"AAE=\"]},\"b\":{\"NS\":[\"1\",\"2\"]},\"c\":{\"SS\":[\"a\",\"b\"]}}",
                "{\"a\":{\"L\":[{\"M\":{\"x\":{\"L\":[]}}},{\"M\":{}}]}}",
                "{\"a\":{\"N\":\"9.9999999999999999999999999999999999999E+125\"},\"b\":{\"N\":\"1E-130\"}}"
            })
    void nothingIsLostBetweenItemAndText(String text) {
        var item = ItemText.parse(text);
        assertThat(ItemText.parse(ItemText.of(item))).isEqualTo(item);
        assertThat(ItemText.digest(ItemText.parse(ItemText.of(item)))).isEqualTo(ItemText.digest(item));
    }

    @Test
    void equalItemsAreEqualTexts() {
        var one = ItemText.parse("{\"a\":{\"NS\":[\"1.0\",\"20\"]},\"b\":{\"N\":\"1E2\"}}");
        var other = ItemText.parse("{\"b\":{\"N\":\"100.00\"},\"a\":{\"NS\":[\"2E1\",\"1\"]}}");
        assertThat(ItemText.of(one)).isEqualTo(ItemText.of(other));
        assertThat(ItemText.of(one)).isEqualTo("{\"a\":{\"NS\":[\"1\",\"20\"]},\"b\":{\"N\":\"100\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\":1}", "{\"a\":{\"X\":\"1\"}}", "{\"a\":{\"S\":\"1\",\"N\":\"1\"}}"})
    void whatIsNoItemIsRefused(String text) {
        assertThatThrownBy(() -> ItemText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
