package io.edgewright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs that stand in for the machine's own when a script runs. What is so on it they read from
/// files in the folder `$machine`.
record PlayedMachine(Path folder) {
  private static final String IMAGE_BUILDER =
      """
      cd "$machine"
      case "$1 $2" in
        'image inspect')
          if [ "$3" = -f ]; then shift 4; echo "ids of $*"; else grep -qxF "$3" images; fi ;;
        'image ls') grep "^$5:" images ;;
        'image rm') grep -vxF "$3" images >rest; mv rest images ;;
        'pull -q') grep -xF "$3" registry >>images ;;
        'import -') cat >pipe; echo "$3" >>images ;;
        'build '*)
          echo "$*" >>builds
          echo 'Step 1/1'
          echo 'WARNING: of old age' >&2
          [ ! -e broken ] || exit 1
          echo "$*" | sed 's/.* -t \\([^ ]*\\).*/\\1/' >>images ;;
      esac
      """;

  /// Puts a program on the PATH, before others of its name.
  void program(String name, String text) throws IOException {
    Path programs = Files.createDirectories(folder.resolve("bin"));
    Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + text);
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  void root() throws IOException {
    program("id", "echo 0\n");
  }

  /// Root's machine with debootstrap and a `docker`: `images` are its images, `registry` what one
  /// gives, `builds` how it was told to build; each build fails when it is given `broken`.
  void imageBuilder() throws IOException {
    program("docker", IMAGE_BUILDER);
    program("debootstrap", "for root; do :; done; touch \"$root/debian\"\n");
    root();
    given("images");
    given("registry");
  }

  void given(String what, String... lines) throws IOException {
    Files.write(file(what), List.of(lines));
  }

  void without(String what) throws IOException {
    Files.delete(file(what));
  }

  boolean has(String what) throws IOException {
    return Files.exists(file(what));
  }

  List<String> lines(String what) throws IOException {
    return Files.readAllLines(file(what));
  }

  private Path file(String name) throws IOException {
    return Files.createDirectories(folder.resolve("machine")).resolve(name);
  }

  /// The name of the image that a script prints, and nothing else.
  String image(String repository, Path script, Object argument)
      throws IOException, InterruptedException {
    ProgramRun build = run(script, argument);
    assertThat(build.status()).as(build.errors()).isZero();
    assertThat(build.output()).matches(repository + ":[0-9a-f]{16}\n");
    return build.output().strip();
  }

  /// @param words the script's arguments
  ProgramRun run(Path script, Object... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    for (Object word : words) {
      command.add(word.toString());
    }
    var builder = new ProcessBuilder(command);
    builder.environment().merge("PATH", "", (path, _) -> folder.resolve("bin") + ":" + path);
    builder.environment().put("machine", file("").toString());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("DOCKER_HOST");
    return ProgramRun.of(builder);
  }
}
