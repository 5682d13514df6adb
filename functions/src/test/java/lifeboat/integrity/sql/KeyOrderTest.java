package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private static final Table.Column NUMBER = new Table.Column("id", "id", "bigint");
    private static final Table.Column TEXT = new Table.Column("Name", "\"Name\"", "character varying");
    private static final Table.Column UUID = new Table.Column("u", "u", "uuid");

    @Test
    void numbersAndUuidsAreOrderedByTheirIndexAndOtherTypesByTheirBytes() {
        assertThat(new KeyOrder(List.of(NUMBER, TEXT, UUID)).by())
                .isEqualTo("ordered.id, ordered.\"Name\"::text collate \"C\", ordered.u");
    }

    @Test
    void wholeNumbersAreComparedAsNumbers() {
        for (var type : List.of("smallint", "integer", "bigint")) {
            var order = new KeyOrder(List.of(new Table.Column("id", "id", type)));
            assertThat(order.compare(List.of("9"), List.of("10"))).isNegative();
            assertThat(order.compare(List.of("-9"), List.of("-10"))).isPositive();
            assertThat(order.compare(List.of("9"), List.of("9"))).isZero();
        }
    }

    @Test
    void theFirstColumnThatDiffersDecides() {
        var order = new KeyOrder(List.of(NUMBER, TEXT));
        assertThat(order.compare(List.of("1", "b"), List.of("2", "a"))).isNegative();
        assertThat(order.compare(List.of("1", "b"), List.of("1", "a"))).isPositive();
        assertThat(order.compare(List.of("1", "a"), List.of("1", "a"))).isZero();
    }

    @Test
    void textIsOrderedAsItsUtf8Bytes() {
        var order = new KeyOrder(List.of(TEXT));
        var random = new Random(5);
        var points = List.of(0x20, 0x41, 0x61, 0x7e, 0xe4, 0x7ff, 0x800, 0x4e2d, 0xe000, 0xfffd, 0x10000, 0x1f600);
        for (var round = 0; round < 20_000; round++) {
            var a = text(random, points);
            var b = text(random, points);
            assertThat(Integer.signum(order.compare(List.of(a), List.of(b))))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static String text(Random random, List<Integer> points) {
        var text = new StringBuilder();
        for (var length = random.nextInt(4); length > 0; length--) {
            text.appendCodePoint(points.get(random.nextInt(points.size())));
        }
        return text.toString();
    }
}
