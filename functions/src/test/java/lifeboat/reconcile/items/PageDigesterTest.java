package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.integrity.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageDigesterTest {
    private static final KeySchema KEY = new KeySchema(new KeySchema.Part("id", KeySchema.Type.S), Optional.empty());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"N":"1"}                              | {"N":"1.0"}
            {"N":"100"}                            | {"N":"1E+2"}
            {"N":"0"}                              | {"N":"-0.00"}
            {"N":"0.05"}                           | {"N":"5e-2"}
            {"N":"12345678901234567890123456789012345678"} | {"N":"1.2345678901234567890123456789012345678E37"}
            {"SS":["a","b"]}                       | {"SS":["b","a"]}
            {"NS":["1","2.50"]}                    | {"NS":["2.5","1.0"]}
            {"BS":["AAE=","/w=="]}                 | {"BS":["/w==","AAE="]}
            {"M":{"x":{"N":"1"},"y":{"S":""}}}     | {"M":{"y":{"S":""},"x":{"N":"1"}}}
            {"L":[{"SS":["a","b"]}]}               | {"L":[{"SS":["b","a"]}]}
            {"S":"\\u00e9"}                        | {"S":"é"}
            {"S":"\\ud83d\\ude00"}                 | {"S":"😀"}
            """)
    void whatDynamoDbHoldsToBeTheSameHasTheSameDigest(String one, String other) {
        assertThat(digest(one)).isEqualTo(digest(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"N":"1"}                              | {"S":"1"}
            {"N":"1"}                              | {"N":"-1"}
            {"N":"1"}                              | {"N":"10"}
            {"N":"0.1"}                            | {"N":"0.01"}
            {"N":"9007199254740992"}               | {"N":"9007199254740993"}
            {"N":"1E-130"}                         | {"N":"0"}
            {"N":"12345678901234567890123456789012345678"} | {"N":"12345678901234567890123456789012345679"}
            {"S":"é"}                              | {"S":"e\\u0301"}
            {"S":""}                               | {"NULL":true}
            {"S":"AAE="}                           | {"B":"AAE="}
            {"B":""}                               | {"S":""}
            {"BOOL":true}                          | {"BOOL":false}
            {"L":[{"S":"a"},{"S":"b"}]}            | {"L":[{"S":"b"},{"S":"a"}]}
            {"L":[{"S":"a"},{"S":"b"}]}            | {"L":[{"L":[{"S":"a"}]},{"S":"b"}]}
            {"L":[]}                               | {"M":{}}
            {"L":[{"L":[]},{"L":[]}]}              | {"L":[{"L":[{"L":[]}]}]}
            {"SS":["a"]}                           | {"L":[{"S":"a"}]}
            {"SS":["1"]}                           | {"NS":["1"]}
            {"SS":["ab"]}                          | {"SS":["a","b"]}
            {"M":{"x":{"N":"1"}}}                  | {"M":{"y":{"N":"1"}}}
            {"M":{"a":{"S":"bc"}}}                 | {"M":{"ab":{"S":"c"}}}
            """)
    void whatDiffersHasAnotherDigest(String one, String other) {
        assertThat(digest(one)).isNotEqualTo(digest(other));
    }

    @Test
    void attributesHaveNoOrderButTheirNamesCount() {
        assertThat(digests("{\"id\":{\"S\":\"k\"},\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"}}"))
                .isEqualTo(digests("{\"b\":{\"S\":\"2\"},\"a\":{\"S\":\"1\"},\"id\":{\"S\":\"k\"}}"))
                .isNotEqualTo(digests("{\"id\":{\"S\":\"k\"},\"a\":{\"S\":\"2\"},\"b\":{\"S\":\"1\"}}"));
    }

    @Test
    void anotherSeedGivesOtherDigests() {
        var body = page("{\"id\":{\"S\":\"k\"}}", "");
        assertThat(read(body, 1).digests()).isNotEqualTo(read(body, 2).digests());
    }

    @Test
    void thePageTellsItsKeysAndWhereTheNextStarts() {
        var read = read(
                page(
                        "{\"x\":{\"N\":\"1\"},\"id\":{\"S\":\"k\\n😀\\\"\"}}",
                        ",\"LastEvaluatedKey\":{\"id\":{\"S\":\"k\\n😀\"}}"),
                1);
        assertThat(read.keys()).containsExactly(ItemKey.of(KEY, Map.of("id", new Attribute.Text("k\n😀\""))));
        assertThat(read.tail().lastEvaluatedKey()).contains("{\"id\":{\"S\":\"k\\n😀\"}}");
        assertThat(read.tail().items()).isEqualTo(1);
    }

    @Test
    void numberKeysAreTheSameInEveryNotation() {
        var schema = new KeySchema(new KeySchema.Part("id", KeySchema.Type.N), Optional.empty());
        var bodies = List.of("100", "1E2", "100.0", "+100").stream()
                .map(n -> read(schema, page("{\"id\":{\"N\":\"" + n + "\"}}", ""), 1)
                        .keys()
                        .getFirst())
                .distinct();
        assertThat(bodies).hasSize(1);
    }

    @Test
    void aPageCutShortAnywhereIsRefused() {
        var body = page(
                "{\"id\":{\"S\":\"k\"},\"x\":{\"L\":[{\"N\":\"1\"}]}}", ",\"LastEvaluatedKey\":{\"id\":{\"S\":\"k\"}}");
        IntStream.range(0, body.length)
                .forEach(length -> assertThatThrownBy(
                                () -> new PageDigester(KEY, 1).digest(body, length, (key, digest) -> {}))
                        .isInstanceOf(IOException.class));
    }

    @Test
    void anUnknownTypeIsRefusedAndNotSkipped() {
        assertThatThrownBy(() -> digest("{\"X\":\"1\"}")).hasMessageContaining("'X' is no type of DynamoDB");
        assertThatThrownBy(() -> digest("{\"N\":\"1x\"}")).hasMessageContaining("no decimal number");
    }

    private static Digest digest(String value) {
        return digests("{\"id\":{\"S\":\"k\"},\"v\":" + value + "}").getFirst();
    }

    private static List<Digest> digests(String item) {
        return read(page(item, ""), 1).digests();
    }

    private static byte[] page(String item, String rest) {
        return ("{\"Count\":1,\"Items\":[" + item + "],\"ScannedCount\":1" + rest + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private record Read(List<ItemKey> keys, List<Digest> digests, PageDigester.Tail tail) {}

    private static Read read(byte[] body, long seed) {
        return read(KEY, body, seed);
    }

    private static Read read(KeySchema schema, byte[] body, long seed) {
        var keys = new ArrayList<ItemKey>();
        var digests = new ArrayList<Digest>();
        try {
            var tail = new PageDigester(schema, seed).digest(body, body.length, (key, digest) -> {
                keys.add(key);
                digests.add(digest);
            });
            return new Read(keys, digests, tail);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
