package io.edgewright.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The device fetcher with its home in a folder: this machine plays the device.
public record LocalDevice(Launcher launcher, Path home) {

  /// Makes the device's key and trades a claim for its place in a group.
  public String enroll(URI service, String claim, String target)
      throws IOException, InterruptedException {
    return verb("enroll", "--service", service.toString(), "--claim", claim, "--target", target);
  }

  /// Fetches what the service wants this device to run, checks it, self-tests it, activates it.
  public String sync() throws IOException, InterruptedException {
    return verb("sync", "--once");
  }

  /// Changes the device's key.
  public String rotate() throws IOException, InterruptedException {
    return verb("rotate");
  }

  public String status() throws IOException, InterruptedException {
    return verb("status");
  }

  /// Runs the installed model on copies of a picture.
  public ModelRun run(Picture picture, int frames) throws IOException, InterruptedException {
    List<String> words = List.of("device", "run", "--home", home.toString());
    return ModelRun.of(launcher.command(words), picture, frames);
  }

  private String verb(String verb, String... options) throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of("device", verb, "--home", home.toString()));
    words.addAll(List.of(options));
    Launcher.Finished finished = launcher.run(words);
    if (finished.status() != 0) {
      throw new DemoException(
          "the device's `%s` ended with status %d:%n%s"
              .formatted(verb, finished.status(), (finished.output() + finished.errors()).strip()));
    }
    return finished.output().strip();
  }
}
