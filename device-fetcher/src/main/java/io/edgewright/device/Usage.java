package io.edgewright.device;

/** How the program is called. */
final class Usage {
  private static final String ENROLL =
      "enroll --service URL --claim TOKEN --target ID [--name NAME] [--home FOLDER]";
  private static final String SYNC = "sync [--once] [--bytes-per-day N] [--home FOLDER]";
  private static final String RUN =
      "run [--input FOLDER|FILE|- | --capture COMMAND | --stream COMMAND] [--once | --count N]"
          + " [--every MILLIS] [--cpu PERCENT] [--home FOLDER]";
  private static final String BENCH = "bench [--count N] [--json] [--offline] [--home FOLDER]";
  private static final String ROTATE = "rotate [--home FOLDER]";
  private static final String STATUS = "status [--json] [--home FOLDER]";

  static final String ALL =
      """
      usage:
        %s
            become a device of the claim's group; makes this device's key
        %s
            fetch, check, self-test and activate what is deployed; without --once, again and again;
            at most N bytes of bundles a day (500000000), going on the next day
        %s
            change this device's key; the device stays the same to the service
        %s
            run the active model: pictures of a folder or file, PPM pictures or raw frames from
            standard input (the default), a picture from a command for each frame (--capture), or
            pictures from one that goes on (--stream); one JSON line for each frame on standard
            output; the model gets at most PERCENT of one core over time
        %s
            measure the active bundle with its golden frame: latency, memory, temperature, throttling,
            energy; hand the figures in unless --offline
        %s
            what is enrolled, active, refused, and how the last sync ended

      FOLDER of --home: else $EDGEWRIGHT_HOME, $STATE_DIRECTORY, or ~/.edgewright-device.
      Exit status: 0 done, 2 the caller's fault, 3 a limit, 1 the service's or this program's.
      """
          .formatted(ENROLL, SYNC, ROTATE, RUN, BENCH, STATUS);

  private Usage() {}

  static String of(String command) {
    return switch (command) {
      case "enroll" -> ENROLL;
      case "sync" -> SYNC;
      case "rotate" -> ROTATE;
      case "run" -> RUN;
      case "bench" -> BENCH;
      case "status" -> STATUS;
      default -> "enroll, sync, rotate, run, bench or status";
    };
  }
}
