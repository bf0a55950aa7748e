package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a service that was killed left without a record is gone after the next start; what has a
/// record stays, and so do models, whose record is still to come.
class OrphansTest {
  private static final String NOBODY = "0".repeat(64);

  @TempDir Path folder;

  private static void leave(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "left behind");
  }

  @Test
  void areDeletedAtTheStart() throws IOException, SQLException {
    Path data = folder.resolve("data");
    JsonNode done;
    try (TestService service = TestService.start(data)) {
      done = service.client().compile(manifest("m", "x86-64-v3"), model());
    }
    String id = done.path("id").asText();
    List<Path> orphans =
        List.of(
            data.resolve("objects/bundles/" + NOBODY + ".zip"),
            data.resolve("objects/reports/" + NOBODY + ".json"),
            data.resolve("objects/manifests/" + NOBODY + ".json"),
            data.resolve("objects/staging/" + NOBODY + "/1/host.zip"),
            data.resolve("objects/staging/" + id + "/1/x86-64-v3.zip"),
            data.resolve("objects/.unfinished/object1"),
            data.resolve("keys/new1.secret"),
            data.resolve("work/step1/model.onnx"),
            data.resolve("new1.secret"));
    for (Path orphan : orphans) {
      leave(orphan);
    }
    Path model = data.resolve("objects/models/" + NOBODY);
    leave(model);
    try (TestService service = TestService.start(data)) {
      assertThat(service.client().get(id)).isEqualTo(done);
    }
    assertThat(orphans).noneMatch(Files::exists);
    Files.delete(model);
    StoredState.check(data);
  }

  /// The bundle of a target that did not pass.
  @Test
  void stagedBundlesDoNotOutliveTheirCompilation() throws IOException {
    Path data = folder.resolve("data");
    try (TestService service = TestService.start(data)) {
      JsonNode failed =
          service.client().compile(manifest("m", "x86-64-v3"), model("bundle * digest"));
      assertThat(failed.path("state").asText()).isEqualTo("failed");
      try (var staged = Files.walk(data.resolve("objects/staging"))) {
        assertThat(staged.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }
}
