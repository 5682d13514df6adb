package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedNameTest {
    @Test
    void commasPartAListButNotInsideQuotes() {
        assertThat(TypedName.list("a,\"b,c\",\"d\"\",e\"")).containsExactly("a", "\"b,c\"", "\"d\"\",e\"");
        assertThat(TypedName.list("a,,b")).containsExactly("a", "", "b");
        assertThat(TypedName.list("")).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "orders|public|orders",
                "sales.orders|sales|orders",
                "sales.odd.name|sales|odd.name",
                "\"odd.name\"|public|odd.name",
                "\"s.x\".\"a, b\"|s.x|a, b",
                "sales.\"say \"\"hi\"\"\"|sales|say \"hi\""
            })
    void dotsPartSchemaAndTableButNotInsideQuotes(String typed, String schema, String name) {
        assertThat(TypedName.inSchema(typed, "public")).isEqualTo(new TableName(schema, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\"\"", "\"a", "\"a\"b\"", "\"a\"b"})
    void nameThatIsNoneIsRefused(String typed) {
        assertThatThrownBy(() -> TypedName.name(typed)).hasMessageContaining("LB-400");
    }

    @Test
    void signsInsideQuotesAreOverlooked() {
        assertThat(TypedName.find("\"a=b\"=1..2", '=', 0)).isEqualTo(5);
        assertThat(TypedName.find("\"a=b\"", '=', 0)).isEqualTo(-1);
        assertThat(TypedName.findLast("a.b.\"c.d\"", '.')).isEqualTo(3);
        assertThat(TypedName.findLast("a", '.')).isEqualTo(-1);
    }
}
