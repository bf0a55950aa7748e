package io.edgewright.device;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command sees of the world around it.
 *
 * @param out results and answers; nothing else ever goes there
 * @param err progress and problems
 */
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    InstantSource clock) {

  void say(String sentence) {
    err.println("edgewright-device: " + sentence);
  }
}
