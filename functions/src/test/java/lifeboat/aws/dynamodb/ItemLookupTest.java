package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class ItemLookupTest {
    @Test
    void aKeyReadsAsAPersonWouldWriteIt() {
        var item = Map.of("id", fromS("p-1"), "line", fromN("30.0"), "raw", fromB(bytes(1, 2)), "x", fromS("a"));

        assertThat(ItemLookup.of(item, List.of("id", "line"))).hasToString("id=p-1, line=30");
        assertThat(ItemLookup.of(item, List.of("raw"))).hasToString("raw=AQI=");
    }

    @Test
    void keysAreFoundHoweverTheirNumbersAreWritten() {
        assertThat(ItemLookup.of(Map.of("id", fromN("1.0"), "x", fromS("a")), List.of("id")))
                .isEqualTo(ItemLookup.of(Map.of("id", fromN("1")), List.of("id")))
                .isNotEqualTo(ItemLookup.of(Map.of("id", fromS("1")), List.of("id")));
        assertThatThrownBy(() -> ItemLookup.of(Map.of(), List.of("id")))
                .hasMessage("an item came without its key attribute \"id\"");
    }

    private static SdkBytes bytes(int... values) {
        var bytes = new byte[values.length];
        for (var i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return SdkBytes.fromByteArray(bytes);
    }
}
