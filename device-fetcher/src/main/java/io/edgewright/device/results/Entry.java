package io.edgewright.device.results;

/**
 * One entry of the log.
 *
 * @param sequence larger than that of every entry before it
 * @param json the record as the service takes it; empty for a mark
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Entry(Kind kind, long sequence, byte[] json) {

  /** What an entry is. The codes are on disks. */
  enum Kind {
    SAMPLE(1),
    /** Totals of a product until then. */
    COUNTERS(2),
    /** Says that everything before it in its file is on the medium. */
    MARK(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
