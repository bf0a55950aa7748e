package io.edgewright.cdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/// A place to try deploying and destroying in, and what was said there.
final class Trial {
  private static final AwsCredentialsProvider SOMEBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret"));

  private final Path project;
  private final FakeMachine machine = new FakeMachine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private AwsAccess aws = new AwsAccess(SOMEBODY, Optional::empty, Optional.empty());
  private String answer = "";

  /// With a `cdk`.
  Trial(Path project) throws IOException {
    this.project = project;
    Path programs = Files.createDirectories(project.resolve("target/npm/node_modules/.bin"));
    Path cdk = Files.createFile(programs.resolve("cdk"));
    if (!cdk.toFile().setExecutable(true)) {
      throw new IOException("no programs can be made in " + project);
    }
  }

  FakeMachine machine() {
    return machine;
  }

  void removeCdk() throws IOException {
    Files.delete(project.resolve("target/npm/node_modules/.bin/cdk"));
  }

  void answer(String text) {
    answer = text;
  }

  void as(AwsAccess access) {
    aws = access;
  }

  void asNobody() {
    aws =
        new AwsAccess(
            () -> {
              throw SdkClientException.create("nobody");
            },
            Optional::empty,
            Optional.empty());
  }

  /// Where AWS is.
  void in(URI address) {
    aws = new AwsAccess(aws.credentials(), aws.configuredRegion(), Optional.of(address));
  }

  void inRegion(String region) {
    aws = new AwsAccess(aws.credentials(), () -> Optional.of(region), aws.endpoint());
  }

  int deploy(String... arguments) throws IOException {
    return Deploy.run(place(), List.of(arguments));
  }

  int destroy(String... arguments) throws IOException {
    return Destroy.run(place(), List.of(arguments));
  }

  private Workplace place() {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(answer.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return new Workplace(project, machine, terminal, aws);
  }

  String said() {
    return out.toString(UTF_8);
  }

  String refused() {
    return err.toString(UTF_8);
  }
}
