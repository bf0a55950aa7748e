package io.edgewright.device.errors;

/** Who can mend a problem, and with that the exit status that scripts rely on. */
public enum Blame {
  /** Whoever typed the command or made the picture. */
  CALLER(2),
  /** A limit of the device or of this program was met. */
  LIMIT(3),
  /** The service, the network, the bundle, or this program. */
  SERVICE(1);

  private final int exitStatus;

  Blame(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  public int exitStatus() {
    return exitStatus;
  }
}
