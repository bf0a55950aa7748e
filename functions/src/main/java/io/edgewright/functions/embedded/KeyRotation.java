package io.edgewright.functions.embedded;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.FileSigner;
import io.edgewright.functions.embedded.store.SqliteMetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `./edgewright rotate-keys`: gives roles of the signed metadata new keys, while the service is
/// not running. Devices follow by themselves: the new root is signed by the key that they trust.
///
/// Killed at any time, it leaves a folder that a service starts from: keys are replaced one by one,
/// and what is not published yet the service publishes when it starts.
public final class KeyRotation {
  static final String USAGE =
      """
      usage: rotate-keys [--data DIR] ROLE...

        ROLE        root, targets, snapshot, timestamp, groups, or all
        --data DIR  the folder of the service, ./edgewright-data by default\
      """;

  private static final String ALL = "all";

  private final Path data;
  private final Set<KeyRole> roles;

  private KeyRotation(Path data, Set<KeyRole> roles) {
    this.data = data;
    this.roles = roles;
  }

  /// @throws ServiceException when they make no sense
  static KeyRotation of(List<String> arguments) {
    Path data = Path.of("edgewright-data");
    Set<KeyRole> roles = EnumSet.noneOf(KeyRole.class);
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--data") && rest.hasNext()) {
        data = Path.of(rest.next());
      } else {
        roles.addAll(roles(argument));
      }
    }
    if (roles.isEmpty()) {
      throw wrong("the arguments", "no role", "at least one of " + words());
    }
    return new KeyRotation(data, roles);
  }

  private static List<KeyRole> roles(String word) {
    List<KeyRole> named =
        Arrays.stream(KeyRole.values())
            .filter(role -> word.equals(ALL) || word.equals(role.word()))
            .toList();
    if (named.isEmpty()) {
      throw wrong("the argument `" + word + "`", "no role", "--data DIR, or one of " + words());
    }
    return named;
  }

  private static String words() {
    return Arrays.stream(KeyRole.values()).map(KeyRole::word).collect(Collectors.joining(", "))
        + ", "
        + ALL;
  }

  private static ServiceException wrong(String where, String seen, String allowed) {
    return new ServiceException(
        ServiceErrorCode.OPTION_WRONG, where, seen, allowed, "start it as its usage says");
  }

  /// @return the newest root
  /// @throws ServiceException when there is no service's folder, or a service is at work in it
  SignedMetadata run(Clock clock) throws IOException {
    if (!Files.isDirectory(data.resolve("keys"))) {
      throw wrong("the folder `" + data + "`", "no keys", "the data folder of a service");
    }
    try (DataFolder folder = DataFolder.open(data);
        Database database = new Database(folder.database())) {
      var metadata = new SqliteMetadataStore(database);
      // A root key can vouch for its successor only once it is itself the one that devices trust.
      publisher(metadata, folder, clock).renew();
      for (KeyRole role : roles) {
        FileSigner.replace(folder.keys(), role);
      }
      publisher(metadata, folder, clock).renew();
      FileSigner.forgetPreviousRoot(folder.keys());
      return metadata.latest("root").orElseThrow();
    }
  }

  private static MetadataPublisher publisher(
      SqliteMetadataStore metadata, DataFolder folder, Clock clock) throws IOException {
    return new MetadataPublisher(metadata, new FileSigner(folder.keys()), clock);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    CommandLine.run(
        USAGE,
        () -> {
          KeyRotation rotation = of(List.of(arguments));
          SignedMetadata root = rotation.run(Clock.systemUTC());
          System.out.println(
              "new keys for "
                  + rotation.roles.stream().map(KeyRole::word).collect(Collectors.joining(", "))
                  + "; root version "
                  + root.version());
        });
  }
}
