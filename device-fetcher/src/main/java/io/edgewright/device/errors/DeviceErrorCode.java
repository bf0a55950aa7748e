package io.edgewright.device.errors;

/**
 * Stable names of everything that can go wrong on a device. An id is never used again for something
 * else.
 *
 * <p>Ranges: 50xx command, enrolment and home folder; 51xx signed metadata; 52xx download; 53xx
 * bundle; 54xx running; 59xx faults of this program.
 */
public enum DeviceErrorCode {
  USAGE("EW-5001", Blame.CALLER),
  INSECURE_ADDRESS("EW-5002", Blame.CALLER),
  NOT_ENROLLED("EW-5003", Blame.CALLER),
  ALREADY_ENROLLED("EW-5004", Blame.CALLER),
  CLAIM_REFUSED("EW-5005", Blame.CALLER),
  DEVICE_REFUSED("EW-5006", Blame.SERVICE),
  SERVICE_UNREACHABLE("EW-5007", Blame.SERVICE),
  REQUEST_REFUSED("EW-5008", Blame.SERVICE),
  ANSWER_MALFORMED("EW-5009", Blame.SERVICE),
  HOME_BUSY("EW-5010", Blame.CALLER),
  HOME_UNUSABLE("EW-5011", Blame.CALLER),
  HOME_DAMAGED("EW-5012", Blame.CALLER),

  METADATA_MALFORMED("EW-5101", Blame.SERVICE),
  METADATA_UNSIGNED("EW-5102", Blame.SERVICE),
  METADATA_ROLLBACK("EW-5103", Blame.SERVICE),
  METADATA_EXPIRED("EW-5104", Blame.SERVICE),
  METADATA_MISMATCH("EW-5105", Blame.SERVICE),
  METADATA_TOO_LARGE("EW-5106", Blame.LIMIT),
  TARGET_UNTRUSTED("EW-5107", Blame.SERVICE),

  BUNDLE_GONE("EW-5201", Blame.SERVICE),
  DOWNLOAD_CONTRADICTORY("EW-5202", Blame.SERVICE),
  BUNDLE_ALTERED("EW-5203", Blame.SERVICE),
  DOWNLOAD_INTERRUPTED("EW-5204", Blame.SERVICE),
  SPACE_SHORT("EW-5205", Blame.LIMIT),
  BYTES_EXHAUSTED("EW-5206", Blame.LIMIT),
  ADDRESS_REFUSED("EW-5207", Blame.SERVICE),
  DAY_BYTES_SPENT("EW-5208", Blame.LIMIT),

  ARCHIVE_MALFORMED("EW-5301", Blame.SERVICE),
  ENTRIES_MISMATCH("EW-5302", Blame.SERVICE),
  ENTRY_ALTERED("EW-5303", Blame.SERVICE),
  BUNDLE_MALFORMED("EW-5304", Blame.SERVICE),
  FEATURE_MISSING("EW-5305", Blame.SERVICE),
  SELF_TEST_FAILED("EW-5306", Blame.SERVICE),
  SELF_TEST_HUNG("EW-5307", Blame.SERVICE),
  BUNDLE_REFUSED_BEFORE("EW-5308", Blame.SERVICE),

  NOTHING_INSTALLED("EW-5401", Blame.CALLER),
  MODEL_CRASHED("EW-5402", Blame.SERVICE),
  MODEL_HUNG("EW-5403", Blame.SERVICE),
  MODEL_OUTPUT_MALFORMED("EW-5404", Blame.SERVICE),
  FRAME_UNREADABLE("EW-5405", Blame.CALLER),
  FRAME_TOO_LARGE("EW-5406", Blame.LIMIT),
  INPUT_UNSUITABLE("EW-5407", Blame.CALLER),
  INPUT_MISSING("EW-5408", Blame.CALLER),
  INSTALLED_BUNDLE_DAMAGED("EW-5409", Blame.SERVICE),
  MODEL_RESTLESS("EW-5410", Blame.SERVICE),
  FRAME_COMMAND_FAILED("EW-5411", Blame.CALLER),

  INTERNAL("EW-5901", Blame.SERVICE);

  private final String id;
  private final Blame blame;

  DeviceErrorCode(String id, Blame blame) {
    this.id = id;
    this.blame = blame;
  }

  public String id() {
    return id;
  }

  public Blame blame() {
    return blame;
  }
}
