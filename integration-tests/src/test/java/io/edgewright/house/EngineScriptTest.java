package io.edgewright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.ProgramRun;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `engine.sh` with a `docker` and a `dockerd` that are played: files in `machine` say what is so.
@EnabledOnOs(OS.LINUX)
class EngineScriptTest {
  private static final Path SCRIPT =
      SharedTestdata.project().resolve("integration-tests/src/localstack/engine.sh");

  private static final String DOCKER =
      """
      case $1 in
        info | ps)
          [ -e "$machine/answers" ] || { echo 'Cannot connect to the Docker daemon' >&2; exit 1; } ;;
        network) [ ! -e "$machine/no-bridge" ] && echo 172.17.0.1 ;;
        image) [ -e "$machine/cleaner" ] ;;
        pull) [ -e "$machine/registry" ] ;;
      esac
      """;

  private static final String DOCKERD =
      """
      echo "dockerd $*"
      if [ -e "$machine/broken" ]; then echo 'no overlay file system'; exit 1; fi
      if [ -e "$machine/no-rights" ] && [ "$3" != --bridge=none ]; then echo 'iptables: no'; exit 1; fi
      trap 'rm "$machine/answers"; exit 0' TERM
      touch "$machine/answers"
      while :; do sleep 0.1; done
      """;

  private final PlayedMachine machine;
  private final Path state;

  EngineScriptTest(@TempDir Path folder) {
    this.machine = new PlayedMachine(folder);
    this.state = folder.resolve("state");
  }

  @BeforeEach
  void playPrograms() throws IOException {
    machine.program("docker", DOCKER);
    machine.program("dockerd", DOCKERD);
    machine.root();
  }

  @AfterEach
  void endWhatIsLeft() throws Exception {
    assertThat(engine("stop").status()).isZero();
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(state.resolve("dockerd.pid")).strip());
  }

  private ProgramRun engine(String verb) throws IOException, InterruptedException {
    return machine.run(SCRIPT, verb, state);
  }

  @Test
  void startsOneWhereNoneAnswersAndEndsIt() throws Exception {
    assertThat(engine("start").status()).isZero();
    long started = pid();
    assertThat(engine("start").errors()).isEmpty();
    assertThat(pid()).isEqualTo(started);

    assertThat(engine("stop").status()).isZero();
    assertThat(ProcessHandle.of(started).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(machine.has("answers")).isFalse();
    assertThat(engine("stop").errors()).isEmpty();
  }

  /// They note their numbers in the same folder.
  @Test
  void staysWhenTheServersAreEnded() throws Exception {
    assertThat(engine("start").status()).isZero();
    assertThat(machine.run(SCRIPT.resolveSibling("servers.sh"), "stop", state).status()).isZero();
    assertThat(ProcessHandle.of(pid()).filter(ProcessHandle::isAlive)).isPresent();
  }

  @Test
  void leavesTheOneThatRanBefore() throws Exception {
    machine.given("answers");
    assertThat(engine("start").errors()).isEmpty();
    assertThat(engine("stop").status()).isZero();
    assertThat(machine.has("answers")).isTrue();
  }

  @Test
  void endsNobodyWhoCameByTheNumberOfItsProcess() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.createDirectories(state);
      Files.writeString(state.resolve("dockerd.pid"), other.pid() + "\n");
      assertThat(engine("stop").status()).isZero();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroy();
    }
  }

  @Test
  void doesWithoutNetworksWhereItMayNotSetThemUp() throws Exception {
    machine.given("no-rights");
    assertThat(engine("start").status()).isZero();
    assertThat(Files.readString(state.resolve("dockerd.log")))
        .isEqualTo(
            """
            dockerd\s
            iptables: no
            dockerd --iptables=false --ip6tables=false --bridge=none
            """);
  }

  @Test
  void saysWhatDockerdSaidWhereItDoesNotStart() throws Exception {
    machine.given("broken");
    ProgramRun start = engine("start");
    assertThat(start.status()).isEqualTo(1);
    assertThat(start.lastError()).endsWith("dockerd did not start: no overlay file system");
    assertThat(state.resolve("dockerd.pid")).doesNotExist();
  }

  @Test
  void saysThatOnlyRootCanStartOne() throws Exception {
    machine.program("id", "echo 1000\n");
    ProgramRun start = engine("start");
    assertThat(start.status()).isEqualTo(1);
    assertThat(start.lastError()).contains("only root", "Cannot connect to the Docker daemon");
  }

  @Test
  void leavesTestcontainersItsCleanerWhereThatCanRun() throws Exception {
    machine.given("answers");
    assertThat(engine("start").output()).isEqualTo("TESTCONTAINERS_RYUK_DISABLED=true\n");
    machine.given("registry");
    assertThat(engine("start").output()).isEmpty();
    machine.without("registry");
    machine.given("cleaner");
    assertThat(engine("start").output()).isEmpty();
    machine.given("no-bridge");
    assertThat(engine("start").output()).contains("TESTCONTAINERS_RYUK_DISABLED=true\n");
  }
}
