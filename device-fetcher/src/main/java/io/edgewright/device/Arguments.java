package io.edgewright.device;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The words after a command. Every wrong one is listed at once. */
final class Arguments {
  private final String command;
  private final Map<String, String> options = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private Arguments(String command) {
    this.command = command;
  }

  /**
   * Reads options.
   *
   * @param valued options that are followed by a value
   * @param flags options that stand alone
   */
  static Arguments read(String command, List<String> words, Set<String> valued, Set<String> flags) {
    Arguments arguments = new Arguments(command);
    for (int index = 0; index < words.size(); index++) {
      String word = words.get(index);
      if (flags.contains(word)) {
        arguments.put(word, "");
      } else if (valued.contains(word) && index + 1 < words.size()) {
        index++;
        arguments.put(word, words.get(index));
      } else if (valued.contains(word)) {
        arguments.problems.add("`" + word + "` without a value");
      } else {
        arguments.problems.add("`" + word + "`, which is no option of `" + command + "`");
      }
    }
    return arguments;
  }

  /** Notes what is missing; asked for all of them before {@link #check}. */
  Arguments require(String... names) {
    for (String name : names) {
      if (!options.containsKey(name)) {
        problems.add("no `" + name + "`");
      }
    }
    return this;
  }

  /** Throws if anything was wrong. */
  Arguments check() {
    if (!problems.isEmpty()) {
      throw new DeviceException(
          DeviceErrorCode.USAGE,
          "`" + command + "`",
          String.join("; ", problems),
          Usage.of(command),
          "`--help` explains them");
    }
    return this;
  }

  boolean has(String flag) {
    return options.containsKey(flag);
  }

  String get(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException("not required: " + name));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** A number from 0 on, as text that was checked to be one. */
  OptionalLong number(String name) {
    Optional<String> text = find(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.get().matches("\\d{1,9}")) {
      problems.add("`" + name + " " + text.get() + "`, which is no number");
      check();
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  private void put(String name, String value) {
    if (options.put(name, value) != null) {
      problems.add("`" + name + "` twice");
    }
  }
}
