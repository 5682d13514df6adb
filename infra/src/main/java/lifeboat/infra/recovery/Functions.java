package lifeboat.infra.recovery;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lifeboat.infra.network.DatabaseNetwork;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.permission.Statements;
import lifeboat.infra.site.Assets;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/// The functions: one for each handler, with a role that may do what its list says and no more.
final class Functions extends Construct {
    private final Site site;
    private final LogGroup logs;
    private final Code code;
    private final LayerVersion catalog;
    private final Optional<DatabaseNetwork> network;
    private final Map<Handler, IFunction> functions = new EnumMap<>(Handler.class);

    Functions(Construct scope, Site site, Assets assets, LogGroup logs, Optional<DatabaseNetwork> network) {
        super(scope, "Functions");
        this.site = site;
        this.logs = logs;
        this.code = Code.fromAsset(assets.functions().toString());
        this.catalog = LayerVersion.Builder.create(this, "Catalog")
                .code(Code.fromAsset(assets.catalog().toString()))
                .description("What is protected, and how well: the environment file as /opt/lifeboat/catalog.json")
                .build();
        this.network = network.or(() -> site.network().map(named -> DatabaseNetwork.of(this, named)));
        Arrays.stream(Handler.values())
                .filter(handler -> handler.standsIn(site))
                .forEach(handler -> functions.put(handler, function(handler)));
    }

    IFunction of(Handler handler) {
        return Objects.requireNonNull(functions.get(handler));
    }

    private IFunction function(Handler handler) {
        var function = Function.Builder.create(this, handler.label())
                .functionName(site.named(handler.label()))
                .description(handler.purpose())
                .handler(handler.className())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .code(code)
                .layers(List.of(catalog))
                .memorySize(handler.size().memoryMb())
                .timeout(Duration.seconds(handler.size().timeout().toSeconds()))
                .environment(handler.variables(site))
                .role(role(handler))
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .tracing(Tracing.ACTIVE);
        if (handler.size().readsDatabases()) {
            network.ifPresent(inside ->
                    function.vpc(inside.vpc()).vpcSubnets(inside.subnets()).securityGroups(inside.securityGroups()));
        }
        return function.build();
    }

    private Role role(Handler handler) {
        var role = Role.Builder.create(this, handler.label() + "-role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description(handler.purpose())
                .build();
        logs.grantWrite(role);
        if (handler.size().readsDatabases() && network.isPresent()) {
            DatabaseNetwork.permissions().forEach(role::addToPolicy);
        }
        Statements.of(handler, site).forEach(role::addToPolicy);
        return role;
    }
}
