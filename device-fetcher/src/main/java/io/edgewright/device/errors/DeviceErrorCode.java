package io.edgewright.device.errors;

/**
 * Stable names of everything that can go wrong on a device. An id is never used again for something
 * else.
 *
 * <p>Ranges: 50xx command, enrolment and home folder; 51xx signed metadata; 52xx download; 53xx
 * bundle; 54xx running; 59xx faults of this program.
 */
public enum DeviceErrorCode {
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

  BUNDLE_ALTERED("EW-5203", Blame.SERVICE),
  SPACE_SHORT("EW-5205", Blame.LIMIT),

  ARCHIVE_MALFORMED("EW-5301", Blame.SERVICE),
  ENTRIES_MISMATCH("EW-5302", Blame.SERVICE),
  ENTRY_ALTERED("EW-5303", Blame.SERVICE),
  BUNDLE_MALFORMED("EW-5304", Blame.SERVICE),
  FEATURE_MISSING("EW-5305", Blame.SERVICE),

  INSTALLED_BUNDLE_DAMAGED("EW-5409", Blame.SERVICE);

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
