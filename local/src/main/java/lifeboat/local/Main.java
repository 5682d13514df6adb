package lifeboat.local;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /// Runs a command and ends with its exit code.
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Runtime.getRuntime().addShutdownHook(new Thread(Main::leaveNothing, "own folder"));
        int exitCode = commands(out, err).execute(arguments);
        out.flush();
        System.exit(exitCode);
    }

    /// Removes the folder that was made for this process, where nothing was ever put into it.
    private static void leaveNothing() {
        Path.of(System.getProperty("lifeboat.tmp", "lifeboat-no-folder"))
                .toFile()
                .delete();
    }

    /// Every command. One that breaks ends with 2, as one that could not run: 1 is an answer, differences or a miss.
    static CommandLine commands(PrintWriter out, PrintWriter err) {
        var commands = new CommandLine(new Main())
                .addSubcommand(new CheckCommand(out, err))
                .addSubcommand(new DiffCommand(out, err))
                .addSubcommand(new RepairCommand(out, err))
                .addSubcommand(new UndoCommand(out, err))
                .addSubcommand(new BenchCommand())
                .addSubcommand(new RehearseCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(_ -> CommandLine.ExitCode.USAGE)
                .setOut(out)
                .setErr(err);
        commands.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        return commands;
    }
}
