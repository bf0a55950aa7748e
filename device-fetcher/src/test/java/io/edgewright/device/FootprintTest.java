package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TestDevice;
import io.edgewright.device.testing.ToyBundle;
import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program takes of a device: measured on the real one, over TLS, as it is installed. */
@Tag("slow")
class FootprintTest {
  private static final int MOST_JAR_BYTES = 3_000_000;
  private static final int MOST_RESIDENT_KIBIBYTES = 64 << 10;
  private static final String PASSWORD = "nothing-secret";
  private static final Path PACKAGING =
      SharedTestdata.project().resolve("device-fetcher/packaging");

  @TempDir Path folder;

  @Test
  void isSmallOnTheDisk() throws Exception {
    Path jar = folder.resolve("all.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : filesOf(Main.class)) {
        zip.putNextEntry(new ZipEntry(file.toString()));
        Files.copy(file, zip);
      }
    }

    assertThat(Files.size(jar) + Files.size(placeOf(JsonFactory.class))).isLessThan(MOST_JAR_BYTES);
  }

  @Test
  void isSmallInMemoryWhilePollingAndInstallingALargeBundle() throws Exception {
    Path keys = makeKeys();
    InstalledTool.java17();
    try (FakeService service = new FakeService(Optional.of(tls(keys)))) {
      service.pollSeconds = 1;
      enrol(service, keys);
      service.deploy(
          TestDevice.TARGET, ToyBundle.named("large").weighing(50_000_000, 1).zip(), List.of());
      Process fetcher = start(keys, List.of("sync"));
      try {
        while (!service.events().contains("activated")) {
          awaitRequest(service);
        }
        awaitRequest(service); // and at least one poll that finds nothing new
        assertThat(service.objectRequests()).isGreaterThanOrEqualTo(48);
        int resident = residentKibibytes(fetcher);
        Files.copy(
            Path.of("/proc/" + fetcher.pid() + "/smaps"),
            Path.of("/tmp/smaps"),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        System.out.println("resident: " + resident + " kB"); // a figure of the closing note
        assertThat(resident).isBetween(1, MOST_RESIDENT_KIBIBYTES);
      } finally {
        fetcher.destroy();
        fetcher.waitFor();
      }
    }
  }

  private static void awaitRequest(FakeService service) throws InterruptedException {
    assertThat(service.arrivals.tryAcquire(2, TimeUnit.MINUTES)).isTrue();
  }

  private void enrol(FakeService service, Path keys) throws Exception {
    service.now = Clock.systemUTC().instant();
    service.publisher.expireAllAt(service.now.plus(Duration.ofDays(30)));
    service.publisher.rotate("timestamp", SigningKey.generate());
    service.claims.put("once", "");
    Process enrolling =
        start(
            keys,
            List.of(
                "enroll",
                "--service",
                service.address().toString(),
                "--claim",
                "once",
                "--target",
                TestDevice.TARGET));
    assertThat(enrolling.waitFor()).isZero();
    service.arrivals.drainPermits();
  }

  /** As it is installed, but for where its classes are and whom it trusts. */
  private Process start(Path keys, List<String> words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PACKAGING.resolve("edgewright-device").toString());
    command.addAll(words);
    command.addAll(List.of("--home", folder.resolve("home").toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(folder.resolve("errors").toFile());
    String classes = placeOf(Main.class) + ":" + placeOf(JsonFactory.class);
    builder.environment().put("EDGEWRIGHT_CLASSPATH", classes);
    builder.environment().put("JAVA", InstalledTool.java17().toString());
    String trust = "-Djavax.net.ssl.trustStore=" + keys;
    builder
        .environment()
        .put("JAVA_TOOL_OPTIONS", trust + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    return builder.start();
  }

  /** The most that was ever resident at once, as the kernel has it. */
  private static int residentKibibytes(Process process) throws IOException {
    String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    Matcher most = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
    assertThat(most.find()).isTrue();
    return Integer.parseInt(most.group(1));
  }

  private Path makeKeys() throws Exception {
    Path keys = folder.resolve("keys.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "service",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-storepass",
            PASSWORD,
            "-keystore",
            keys.toString());
    assertThat(new ProcessBuilder(command).redirectError(Redirect.DISCARD).start().waitFor())
        .isZero();
    return keys;
  }

  private static SSLContext tls(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      store.load(file, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static Path placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<Path> filesOf(Class<?> type) throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.walk(placeOf(type))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
