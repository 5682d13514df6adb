package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import lifeboat.protection.IdleInfrastructure;
import org.junit.jupiter.api.Test;

/// What `check` takes for the idle infrastructure of an environment is about what the templates hold: the estimate says
/// "about", and lets a new alarm or two pass.
class IdleCostTest {
    private static final Map<String, String> TYPES = Map.of(
            "AWS::CloudWatch::Alarm", "alarm",
            "AWS::CloudWatch::Dashboard", "dashboard",
            "AWS::KMS::Key", "key",
            "AWS::Route53::HealthCheck", "healthCheck",
            "AWS::ARCRegionSwitch::Plan", "regionSwitch");

    @Test
    void productionIsAboutWhatItsTemplatesHold() {
        isAbout(Templates.of(Templates.PROD));
    }

    @Test
    void everythingThatCanBeAskedForIsAboutWhatItsTemplatesHold() {
        isAbout(Templates.of(Templates.EVERYTHING));
    }

    private static void isAbout(Templates templates) {
        var reckoned = IdleInfrastructure.of(templates.environment()).stream()
                .collect(Collectors.toMap(IdleInfrastructure::price, IdleInfrastructure::count, Integer::sum));
        var held = templates.stacks().values().stream()
                .flatMap(template -> template.path("Resources").valueStream())
                .map(resource -> TYPES.getOrDefault(type(resource), ""))
                .filter(price -> !price.isEmpty())
                .collect(Collectors.toMap(price -> price, _ -> 1, Integer::sum));

        assertThat(reckoned.keySet()).isEqualTo(held.keySet());
        held.forEach((price, count) ->
                assertThat(reckoned.get(price).doubleValue()).as(price).isBetween(count * 0.75, count * 1.25));
    }

    /// What costs by the hour though nothing happens, and nobody reckoned with.
    @Test
    void noTemplateHoldsAnythingElseThatCostsByTheHour() {
        assertThat(Templates.of(Templates.EVERYTHING).stacks().values().stream()
                        .flatMap(template -> template.path("Resources").valueStream())
                        .map(IdleCostTest::type))
                .doesNotContain(
                        "AWS::EC2::NatGateway",
                        "AWS::EC2::VPCEndpoint",
                        "AWS::SecretsManager::Secret",
                        "AWS::RDS::DBInstance",
                        "AWS::CloudWatch::CompositeAlarm");
    }

    private static String type(JsonNode resource) {
        return resource.path("Type").asText();
    }
}
