package io.edgewright.functions.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class RestorableTest {
  private final List<Connection> made = new ArrayList<>();

  private static final class Connection implements AutoCloseable {
    private boolean isOpen = true;

    @Override
    public void close() {
      isOpen = false;
    }
  }

  private Connection make() {
    Connection connection = new Connection();
    made.add(connection);
    return connection;
  }

  @Test
  void leavesNothingOpenInASnapshotAndMakesItAnewInEachCopy() throws Exception {
    var restorable = Restorable.of(new Settings(Map.of()), settings -> make());
    Connection before = restorable.get();
    assertThat(restorable.get()).isSameAs(before);
    restorable.beforeCheckpoint(Core.getGlobalContext());
    assertThat(before.isOpen).isFalse();
    restorable.afterRestore(Core.getGlobalContext());
    assertThat(restorable.get().isOpen).isTrue();
    assertThat(made).hasSize(2);
  }
}
