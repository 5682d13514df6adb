package lifeboat.local;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import lifeboat.local.bench.BenchCommand;
import lifeboat.local.reconcile.DiffCommand;
import lifeboat.local.reconcile.RepairCommand;
import lifeboat.local.reconcile.UndoCommand;
import lifeboat.local.rehearsal.RehearseCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line, `./lifeboat`.
@Command(
        name = "lifeboat",
        description = "Proves that what runs on AWS can be recovered within its objectives.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /// Runs a command and ends with its exit code.
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        var commands = new CommandLine(new Main())
                .addSubcommand(new CheckCommand(out, err))
                .addSubcommand(new DiffCommand(out, err))
                .addSubcommand(new RepairCommand(out, err))
                .addSubcommand(new UndoCommand(out, err))
                .addSubcommand(new BenchCommand())
                .addSubcommand(new RehearseCommand());
        int exitCode = commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .execute(arguments);
        out.flush();
        System.exit(exitCode);
    }
}
