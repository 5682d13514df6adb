package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lifeboat.Wiring;
import lifeboat.aws.Clients;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.permission.Setting;
import lifeboat.infra.site.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandlersTest {
    @TempDir
    private static Path directory;

    @ParameterizedTest
    @EnumSource
    void handlerNameIsAClassThatLambdaCanStart(Handler handler) throws Exception {
        var type = Class.forName(handler.className());

        assertThat(RequestStreamHandler.class.isAssignableFrom(type) || RequestHandler.class.isAssignableFrom(type))
                .isTrue();
        assertThat(type.getConstructor().getParameterCount()).isZero();
    }

    @Test
    void everyHandlerClassIsDeployed() {
        var entries = List.of(RequestStreamHandler.class.getName(), RequestHandler.class.getName());

        assertThat(Sources.imported("lifeboat").stream()
                        .filter(type ->
                                type.getRawInterfaces().stream().anyMatch(entry -> entries.contains(entry.getName())))
                        .map(JavaClass::getName))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Handler.values()).map(Handler::className).toList());
    }

    @ParameterizedTest
    @EnumSource
    void handlerStartsWithTheVariablesItIsGiven(Handler handler) throws Exception {
        assertThat(started(handler, variables(handler))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void handlerReadsEveryVariableItIsGiven(Handler handler) throws Exception {
        for (var setting : handler.settings()) {
            if (setting == Setting.LIFEBOAT_PAGES) {
                continue; // without it, reports are kept nowhere
            }
            var variables = new HashMap<>(variables(handler));
            if (variables.remove(setting.name()) == null) {
                continue; // this environment has nothing of the kind
            }

            assertThatThrownBy(() -> started(handler, variables))
                    .as("%s without %s", handler, setting)
                    .hasStackTraceContaining("LB-020 " + setting.name());
        }
    }

    private static Map<String, String> variables(Handler handler) throws Exception {
        var catalog = directory.resolve("catalog.json");
        Files.writeString(catalog, EnvironmentFile.compile(Templates.PROD));
        var site = Site.primary(EnvironmentFile.read(Templates.PROD));
        var variables = new HashMap<>(handler.variables(site));
        variables.put("LIFEBOAT_CATALOG", catalog.toString());
        variables.put("AWS_REGION", site.region().value()); // Lambda itself sets it
        return variables;
    }

    private static Object started(Handler handler, Map<String, String> variables) throws Exception {
        var clients = (Clients) clientsThatAreNeverCalled(Clients.class);
        try {
            return Class.forName(handler.className())
                    .getConstructor(Wiring.class)
                    .newInstance(new Wiring(clients, variables, InstantSource.system()));
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    /// Clients of clients: whatever is asked for is an interface too, and nothing is called while a handler starts.
    private static Object clientsThatAreNeverCalled(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            if (!method.getReturnType().isInterface()) {
                throw new UnsupportedOperationException(method.toString());
            }
            return clientsThatAreNeverCalled(method.getReturnType());
        });
    }
}
