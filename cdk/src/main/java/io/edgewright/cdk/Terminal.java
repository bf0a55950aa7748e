package io.edgewright.cdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/// Where somebody reads and answers.
record Terminal(InputStream in, PrintStream out, PrintStream err) {
  static Terminal standard() {
    return new Terminal(System.in, System.out, System.err);
  }

  /// @return whether the answer begins with a y
  boolean isAgreed(String question) throws IOException {
    out.print(question + " [y/N] ");
    out.flush();
    int first = in.read();
    return first == 'y' || first == 'Y';
  }
}
