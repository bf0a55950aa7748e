package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same request gives the same bytes, whoever compiles it where and when: real processes of the
/// command line, and everything about them that should not matter is different.
@Tag("slow")
class ReproducibleTest {
  private static final List<String> TARGETS = List.of("x86-64-v2", "raspberry-pi-3");
  private static final ChildCompiler PLAIN =
      new ChildCompiler(List.of(), Map.of("LC_ALL", "C", "TZ", "UTC"));

  @TempDir Path folder;

  @Test
  void placesLocalesTimeZonesCachesAndThreadsDoNotMatter() throws Exception {
    Map<String, byte[]> plain = bundles(PLAIN, "a");
    Path elsewhere = Files.createDirectories(folder.resolve("other temporary files"));
    Path home = Files.createDirectories(folder.resolve("another home"));
    ChildCompiler other =
        PLAIN
            .withJava("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=nu-arab")
            .withJava("-Djava.io.tmpdir=" + elsewhere, "-Duser.home=" + home)
            .withJava("-XX:ActiveProcessorCount=1", "-Duser.timezone=Asia/Kathmandu")
            .with("LC_ALL", "ar_EG.UTF-8")
            .with("TZ", "Asia/Kathmandu")
            .with("TMPDIR", elsewhere.toString())
            .with("HOME", home.toString())
            .with("XDG_CACHE_HOME", home.resolve("cache").toString());
    assertSame(bundles(other, "b/folder with a longer name"), plain);
    ChildCompiler turkish =
        PLAIN
            .withJava("-Duser.language=tr", "-Duser.country=TR", "-XX:ActiveProcessorCount=2")
            .withJava("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2", "-XX:+UseParallelGC")
            .with("LC_ALL", "tr_TR.UTF-8")
            .with("TZ", "America/St_Johns");
    assertSame(bundles(turkish, "c"), plain);
  }

  private static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
  }

  @Test
  void anotherMachineOnlyDecidesWhetherAccuracyCouldBeMeasured() throws Exception {
    Map<String, byte[]> here = bundles(PLAIN, "a");
    Map<String, byte[]> withoutEmulators = bundles(PLAIN.with("PATH", folder.toString()), "b");
    assertThat(withoutEmulators.keySet()).isEqualTo(here.keySet());
    for (Map.Entry<String, byte[]> bundle : here.entrySet()) {
      Path one = unpack(bundle.getValue(), "1" + bundle.getKey());
      byte[] same = withoutEmulators.getOrDefault(bundle.getKey(), new byte[0]);
      Path other = unpack(same, "2" + bundle.getKey());
      for (String entry : List.of("model", "libmodel.so", "model.h", "weights.bin")) {
        assertThat(one.resolve(entry)).hasSameBinaryContentAs(other.resolve(entry));
      }
      assertThat(withoutAccuracy(one)).isEqualTo(withoutAccuracy(other));
      assertNothingOfThisMachine(bundle.getValue());
    }
  }

  private Path unpack(byte[] bundle, String name) throws IOException {
    return UnpackedBundle.of(new CompiledModel(name, bundle, ""), folder.resolve("u" + name))
        .folder();
  }

  private static ObjectNode withoutAccuracy(Path bundle) throws IOException {
    ObjectNode report =
        (ObjectNode) new ObjectMapper().readTree(bundle.resolve("report.json").toFile());
    assertThat(report.remove("accuracy")).isNotNull();
    return report;
  }

  private void assertNothingOfThisMachine(byte[] bundle) throws IOException {
    String text = new String(bundle, StandardCharsets.ISO_8859_1);
    Set<String> traces = new HashSet<>(List.of(folder.toString(), "edgewright-golden-"));
    traces.add(System.getProperty("user.home") + "/");
    traces.add(InetAddress.getLocalHost().getHostName());
    Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .forEach(line -> traces.add(line.substring(line.indexOf(':') + 1).strip()));
    assertThat(traces.stream().filter(trace -> trace.length() > 6)).noneMatch(text::contains);
  }

  /// One network of raw tensors and one of a picture, for every target.
  private Map<String, byte[]> bundles(ChildCompiler compiler, String place) throws Exception {
    Path here = Files.createDirectories(folder.resolve(place));
    Map<String, byte[]> bundles = new TreeMap<>();
    for (SmallModels.Case small : SmallModels.all()) {
      if (small.name().equals("network_residual") || !small.manifest().isEmpty()) {
        Path model = Files.write(here.resolve(small.name() + ".onnx"), small.model());
        List<String> arguments = new ArrayList<>(List.of(model.toString(), "-o", here.toString()));
        if (!small.manifest().isEmpty()) {
          Path manifest = Files.writeString(here.resolve("manifest.json"), small.manifest());
          arguments.addAll(List.of("--manifest", manifest.toString()));
        }
        TARGETS.forEach(target -> arguments.addAll(List.of("--target", target)));
        ChildCompiler.End end = compiler.compile(here, arguments);
        assertThat(end.status()).as(end.err()).isZero();
        for (String path : end.out().lines().toList()) {
          Path bundle = Path.of(path);
          bundles.put(bundle.getFileName().toString(), Files.readAllBytes(bundle));
        }
      }
    }
    assertThat(bundles).hasSize(4);
    return bundles;
  }
}
