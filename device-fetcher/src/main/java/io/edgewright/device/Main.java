package io.edgewright.device;

import io.edgewright.device.errors.Blame;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** The device fetcher's command line. */
public final class Main {
  private final Console console;

  Main(Console console) {
    this.console = console;
  }

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    // Results are written through, line by line: whoever reads them waits for each.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Console console = new Console(System.in, out, System.err, System.getenv(), Clock.systemUTC());
    System.exit(new Main(console).run(List.of(arguments)));
  }

  /** Runs one command; the result is the exit status. */
  int run(List<String> words) {
    try {
      return attempt(words);
    } catch (DeviceException exception) {
      console.say(exception.problem().sentence());
      Blame blame = exception.code().blame();
      return blame.exitStatus();
    }
  }

  /** Whatever goes wrong comes out as a problem with a code, a fault of this program too. */
  int attempt(List<String> words) {
    try {
      return dispatch(words);
    } catch (DeviceException exception) {
      throw exception;
    } catch (RuntimeException | StackOverflowError fault) {
      StackTraceElement[] trace = fault.getStackTrace();
      throw new DeviceException(
          DeviceErrorCode.INTERNAL,
          trace.length == 0 ? "this program" : "`" + trace[0] + "`",
          String.valueOf(fault),
          "no fault of this program",
          "please report it with this line; what is installed is untouched");
    }
  }

  private int dispatch(List<String> words) {
    if (words.contains("--help") || words.equals(List.of("help"))) {
      console.out().print(Usage.ALL);
      return 0;
    }
    String command = words.isEmpty() ? "" : words.get(0);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (command) {
      case "enroll" -> new EnrollCommand(console).run(rest);
      case "rotate" -> new RotateCommand(console).run(rest);
      case "sync" -> new SyncCommand(console).run(rest);
      case "run" -> new RunCommand(console).run(rest);
      case "bench" -> new BenchCommand(console).run(rest);
      case "status" -> new StatusCommand(console).run(rest);
      default ->
          throw new DeviceException(
              DeviceErrorCode.USAGE,
              "command",
              command.isEmpty() ? "none" : "`" + command + "`",
              Usage.of(""),
              "`--help` explains them");
    };
  }
}
