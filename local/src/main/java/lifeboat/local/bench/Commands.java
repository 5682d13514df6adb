package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./lifeboat diff` and `repair` as a person runs them: by the script, each a JVM of its own, its start included, with
/// a small heap.
final class Commands {
    private static final Pattern PLAN = Pattern.compile("repair --plan (\\S+)");
    private static final int DIFFERENT = 1;

    private final List<String> endpoints;

    Commands(Cluster copy, Cluster live, String liveDatabase, Path plans) {
        this.endpoints =
                List.of("--copy", copy.url("shop"), "--live", live.url(liveDatabase), "--plans", plans.toString());
    }

    void diffAndRepair(Tools tools) throws IOException {
        Matcher plan = PLAN.matcher(tools.run(command("diff"), DIFFERENT));
        if (plan.find()) {
            tools.run(command("repair", "--cap", "100", "--plan", plan.group(1)));
        }
    }

    /// Nothing may differ.
    void verify(Tools tools) throws IOException {
        tools.run(command("diff"));
    }

    private List<String> command(String name, String... more) {
        String script =
                Path.of(System.getProperty("lifeboat.home", ""), "lifeboat").toString();
        List<String> command = new ArrayList<>(List.of("env", "JDK_JAVA_OPTIONS=-Xmx256m", script, name));
        command.addAll(endpoints);
        command.addAll(List.of(more));
        return command;
    }

    /// This command line in a JVM of its own.
    static List<String> java(int heapMegabytes, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlifeboat.home=" + System.getProperty("lifeboat.home", ""),
                "-cp",
                System.getProperty("java.class.path"),
                "lifeboat.local.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
