package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.util.List;
import java.util.Map;
import lifeboat.reconcile.items.ItemText;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// When two items hold the same, by the digest that reconcile and the checks of a copy rest on.
class SameItemsTest {
    @Test
    void numbersAreComparedAsNumbersHoweverTheyAreWritten() {
        same(fromN("1.0"), fromN("1"));
        same(fromN("1E+2"), fromN("100"));
        same(fromN("-0"), fromN("0"));
        differ(fromN("12345678901234567890123456789012345678"), fromN("12345678901234567890123456789012345679"));
        differ(fromN("0.1"), fromN("0.10000000000000000000000000000000000001"));
    }

    @Test
    void setsHaveNoOrderAndListsHave() {
        same(fromSs(List.of("a", "b")), fromSs(List.of("b", "a")));
        same(fromNs(List.of("1", "2.0")), fromNs(List.of("2", "1.00")));
        same(fromBs(List.of(bytes(1), bytes(2))), fromBs(List.of(bytes(2), bytes(1))));
        differ(fromSs(List.of("a", "b")), fromSs(List.of("a", "c")));
        differ(fromNs(List.of("1", "2")), fromNs(List.of("1", "3")));
        differ(fromBs(List.of(bytes(1))), fromBs(List.of(bytes(2))));
        same(fromL(List.of(fromS("a"), fromN("1"))), fromL(List.of(fromS("a"), fromN("1.0"))));
        differ(fromL(List.of(fromS("a"), fromS("b"))), fromL(List.of(fromS("b"), fromS("a"))));
        differ(fromL(List.of(fromS("a"))), fromL(List.of(fromS("a"), fromS("a"))));
    }

    @Test
    void mapsAreComparedAllTheWayDown() {
        same(
                fromM(Map.of("a", fromM(Map.of("b", fromN("1"))), "c", fromS("x"))),
                fromM(Map.of("c", fromS("x"), "a", fromM(Map.of("b", fromN("1.0"))))));
        differ(fromM(Map.of("a", fromM(Map.of("b", fromN("1"))))), fromM(Map.of("a", fromM(Map.of("b", fromN("2"))))));
        differ(fromM(Map.of("a", fromS("1"))), fromM(Map.of("a", fromS("1"), "b", fromS("2"))));
    }

    @Test
    void aValueOfAnotherTypeIsAnotherValue() {
        differ(fromS("1"), fromN("1"));
        differ(fromNul(true), fromBool(false));
        differ(fromS(""), fromNul(true));
        differ(fromB(bytes(1)), fromB(bytes(1, 0)));
        differ(fromBool(true), fromBool(false));
        same(fromB(bytes(-1, 0)), fromB(bytes(-1, 0)));
        same(fromNul(true), fromNul(true));
    }

    @Test
    void anAbsentAttributeIsNotANullOne() {
        assertThat(same(Map.of(), Map.of("a", fromNul(true)))).isFalse();
        assertThat(same(Map.of("a", fromS("1")), Map.of("b", fromS("1")))).isFalse();
    }

    @Test
    void aTypeOfTheFutureIsNotTakenForEqual() {
        var unknown = AttributeValue.builder().build();
        assertThatThrownBy(() -> same(Map.of("a", unknown), Map.of("a", unknown)))
                .isInstanceOf(RuntimeException.class);
    }

    private static void same(AttributeValue a, AttributeValue b) {
        assertThat(same(Map.of("x", a), Map.of("x", b))).isTrue();
    }

    private static void differ(AttributeValue a, AttributeValue b) {
        assertThat(same(Map.of("x", a), Map.of("x", b))).isFalse();
    }

    private static boolean same(Map<String, AttributeValue> a, Map<String, AttributeValue> b) {
        return ItemText.digest(Attributes.item(a)).equals(ItemText.digest(Attributes.item(b)));
    }

    private static SdkBytes bytes(int... values) {
        var bytes = new byte[values.length];
        for (var i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return SdkBytes.fromByteArray(bytes);
    }
}
