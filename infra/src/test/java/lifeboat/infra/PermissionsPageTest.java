package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.permission.Permission;
import lifeboat.infra.permission.Scope;
import lifeboat.infra.permission.Setting;
import lifeboat.infra.site.Site;
import org.junit.jupiter.api.Test;

/// `docs/reference/permissions.md` is made from the lists that the templates are made from; `-Dlifeboat.write=true`
/// writes it.
class PermissionsPageTest {
    private static final Path PAGE = Path.of("docs/reference/permissions.md");

    @Test
    void pageIsCurrent() throws IOException {
        var expected = page();
        if (Boolean.getBoolean("lifeboat.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).as("run this test with -Dlifeboat.write=true").hasContent(expected);
    }

    private static String page() {
        return """
                # Permissions

                Made from the lists in `lifeboat.infra.permission`, from which the policies are made too. Every action is exact, every
                one has its reason. Beside these lists each role may write to the shared log and to X-Ray, and, where it reads databases,
                stand in their network. What **no** list can allow is in every role as an explicit deny: deleting what is not named
                `lifeboat-drill-*`, and deleting what is not tagged `lifeboat:mode=DRILL` and `lifeboat:recovery`.
                Only `repair` may write items of live tables, and it is denied the ledger besides.

                ## What the names reach

                In an environment `prod` of account 111122223333; up to %d live resources of a kind are named one by one while their
                ARNs take no more than %d characters; beyond that the kind is meant.

                | Name | ARNs |
                |---|---|
                %s
                %s""".formatted(Scope.NAMED_AT_MOST, Scope.NAMED_IN_CHARACTERS, scopes(), handlers());
    }

    private static String scopes() {
        var site = Site.primary(EnvironmentFile.read(Templates.EVERYTHING));
        return Arrays.stream(Scope.values())
                .map(scope -> "| `%s` | %s |\n".formatted(scope, codes(scope.arns(site).stream())))
                .collect(Collectors.joining());
    }

    private static String handlers() {
        return Arrays.stream(Handler.values()).map(PermissionsPageTest::handler).collect(Collectors.joining("\n"));
    }

    private static String handler(Handler handler) {
        return """
                ## %s

                %s `%s`, %d MB, at most %d minutes%s. Reads %s.

                | May | On | Because |
                |---|---|---|
                %s""".formatted(
                handler.label(),
                handler.purpose(),
                handler.className(),
                handler.size().memoryMb(),
                handler.size().timeout().toMinutes(),
                handler.size().readsDatabases() ? ", in the network of the databases" : "",
                codes(handler.settings().stream().map(Setting::name)),
                handler.permissions().stream().map(PermissionsPageTest::row).collect(Collectors.joining()));
    }

    private static String row(Permission permission) {
        var condition = permission
                .only()
                .map(only -> "<br>only if `%s` is %s".formatted(only.key(), codes(only.values().stream())))
                .orElse("");
        return "| %s | %s%s | %s |\n"
                .formatted(
                        codes(permission.actions().stream()),
                        codes(permission.on().stream().map(Scope::name)),
                        condition,
                        permission.because());
    }

    private static String codes(Stream<String> texts) {
        return texts.map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    }
}
