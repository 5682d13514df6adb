package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lifeboat.reconcile.Verdict;

/// One size and damage on two servers: what each way does, from the same start every time.
///
/// @param copy the restored copy, database `shop`
/// @param live the live server: `shop` is made anew from `from` before each run
/// @param folder for dumps and plans
/// @param from the database that live starts from
record Contest(Cluster copy, Cluster live, Path folder, String from) {
    /// The same, seen through relays.
    Contest behind(Relay copyRelay, Relay liveRelay) {
        return new Contest(copy.behind(copyRelay), live.behind(liveRelay), folder, from);
    }

    /// Live as it was damaged, written to disk, so that nobody pays for another.
    void reset() throws Exception {
        live.sql(
                "postgres",
                "DROP DATABASE IF EXISTS shop",
                "CREATE DATABASE shop TEMPLATE %s STRATEGY file_copy".formatted(from),
                "CHECKPOINT");
    }

    void run(Way way, Tools tools) throws Exception {
        switch (way) {
            case COMMANDS -> new Commands(copy, live, "shop", plans()).diffAndRepair(tools);
            case ENGINE -> engine().diffAndRepair();
            case DUMP -> reload(tools, "-Fc", List.of(), "1");
            case DIRECTORY -> reload(tools, "-Fd", List.of("-j", "2", "-Z", "0"), "2");
            case SCAN -> new SideBySide(copy, live).count();
            case VERIFY -> new Commands(copy, live, "shop", plans()).verify(tools);
            case BLOCKS -> new SideBySide(copy, live).blocks();
        }
    }

    /// A way that leaves a difference is not measured, it is broken.
    void mustBeEqual(Way way) {
        if (engine().plan().verdict() != Verdict.EQUAL) {
            throw new IllegalStateException(way.text() + " left differences");
        }
    }

    Engine engine() {
        return new Engine(copy, live, plans());
    }

    /// Another folder each time: no plan is found made already.
    private Path plans() {
        return folder.resolve("plans" + System.nanoTime());
    }

    private void reload(Tools tools, String form, List<String> more, String jobs) throws IOException {
        Path file = folder.resolve("dump" + System.nanoTime());
        List<String> dump = copy.client("pg_dump", form, "-f", file.toString());
        dump.addAll(more);
        dump.add("shop");
        tools.run(dump);
        tools.run(live.client("pg_restore", "--clean", "--if-exists", "-j", jobs, "-d", "shop", file.toString()));
        Folders.delete(file);
    }
}
