package lifeboat.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbAddressTest {
    @Test
    void aTableOnAwsIsNamedWithItsRegion() {
        assertThat(DynamoDbAddress.parse("dynamodb:shop.orders_1@eu-central-1"))
                .isEqualTo(new DynamoDbAddress(Optional.empty(), "eu-central-1", "shop.orders_1", ""));
    }

    @Test
    void aTableElsewhereIsNamedWithHostAndPort() {
        assertThat(DynamoDbAddress.parse("dynamodb://localhost:8000/orders?region=us-west-2&key=a%20b"))
                .isEqualTo(new DynamoDbAddress(
                        Optional.of(URI.create("http://localhost:8000")), "us-west-2", "orders", "a b"));
        assertThat(DynamoDbAddress.parse("dynamodb://127.0.0.1:8000/orders").region())
                .isEqualTo("us-east-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamodb:orders",
                "dynamodb:orders@",
                "dynamodb:orders@moon",
                "dynamodb:o@us-east-1",
                "dynamodb://localhost/orders",
                "dynamodb://localhost:8000",
                "dynamodb://localhost:8000/a b",
                "dynamodb://localhost:8000/orders/more",
                "dynamodb://localhost:8000/orders?regoin=us-east-1",
                "dynamodb://localhost:8000/orders?region=",
                "jdbc:postgresql://localhost/orders"
            })
    void anythingElseIsRefusedBeforeAnythingIsTouched(String text) {
        assertThatThrownBy(() -> DynamoDbAddress.parse(text))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("LB-444 ")
                .hasMessageContaining("is not allowed: ");
    }
}
