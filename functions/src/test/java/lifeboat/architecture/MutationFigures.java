package lifeboat.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Prints how many mutations the tests of the `pit` profile killed, a package each, and fails where the core of
/// reconcile is below 90 %.
final class MutationFigures {
    private static final Pattern MUTATION =
            Pattern.compile("<mutation detected='(true|false)'.*?<mutatedClass>([^<]+)\\.[^.<]+</mutatedClass>");
    private static final String CORE = "lifeboat.reconcile";
    private static final int LEAST_PERCENT = 90;

    private MutationFigures() {}

    /// @param report the file `mutations.xml`
    public static void main(String... report) throws IOException {
        TreeMap<String, int[]> packages = new TreeMap<>();
        Matcher mutation = MUTATION.matcher(Files.readString(Path.of(report[0])));
        while (mutation.find()) {
            int[] counts = packages.computeIfAbsent(mutation.group(2), name -> new int[2]);
            counts[0] += mutation.group(1).equals("true") ? 1 : 0;
            counts[1]++;
        }
        packages.forEach((name, counts) ->
                System.out.printf("%3d %%  %5d of %5d  %s%n", percent(counts), counts[0], counts[1], name));
        int[] core = packages.getOrDefault(CORE, new int[] {1, 1});
        if (percent(core) < LEAST_PERCENT) {
            System.err.printf("%s is below %d %%%n", CORE, LEAST_PERCENT);
            System.exit(1);
        }
    }

    private static int percent(int[] counts) {
        return 100 * counts[0] / counts[1];
    }
}
