package io.edgewright.compiler.diagnostics;

/// Stable names of everything the compiler can complain of. An id is never used again for something
/// else.
///
/// Ranges: 1xxx model, 2xxx manifest, target and options, 3xxx limits, 9xxx faults of the compiler
/// itself. Each id has a page in `docs/errors/` and a test that provokes it.
public enum ErrorCode {
  MODEL_UNREADABLE("EW-1001", Blame.CALLER),
  MODEL_WITHOUT_GRAPH("EW-1002", Blame.CALLER),
  OPSET_UNSUPPORTED("EW-1003", Blame.CALLER),
  OPERATOR_UNSUPPORTED("EW-1004", Blame.CALLER),
  OPERATOR_INVALID("EW-1005", Blame.CALLER),
  GRAPH_INVALID("EW-1006", Blame.CALLER),
  SHAPE_MISMATCH("EW-1007", Blame.CALLER),
  TYPE_UNSUPPORTED("EW-1008", Blame.CALLER),
  DIMENSION_UNBOUND("EW-1009", Blame.CALLER),
  INITIALIZER_INVALID("EW-1010", Blame.CALLER),
  EXTERNAL_DATA("EW-1011", Blame.CALLER),
  DIMENSION_UNKNOWN("EW-1012", Blame.CALLER),
  FUNCTION_RECURSIVE("EW-1013", Blame.CALLER),
  MANIFEST_UNREADABLE("EW-2001", Blame.CALLER),
  MANIFEST_FIELD_UNKNOWN("EW-2002", Blame.CALLER),
  MANIFEST_FIELD_MISSING("EW-2003", Blame.CALLER),
  MANIFEST_VALUE_INVALID("EW-2004", Blame.CALLER),
  PRECISION_UNSUPPORTED("EW-2005", Blame.CALLER),
  MANIFEST_TENSOR_UNKNOWN("EW-2006", Blame.CALLER),
  MANIFEST_TENSOR_UNFIT("EW-2007", Blame.CALLER),
  BUDGET_EXCEEDED("EW-2008", Blame.LIMIT),
  OPTION_INVALID("EW-2201", Blame.CALLER),
  TARGET_UNKNOWN("EW-2101", Blame.CALLER),
  HOST_UNSUPPORTED("EW-2102", Blame.CALLER),
  MODEL_TOO_LARGE("EW-3001", Blame.LIMIT),
  TENSOR_TOO_LARGE("EW-3002", Blame.LIMIT),
  RANK_TOO_HIGH("EW-3003", Blame.LIMIT),
  TOO_MANY_NODES("EW-3004", Blame.LIMIT),
  TOO_MANY_INITIALIZERS("EW-3005", Blame.LIMIT),
  NAME_TOO_LONG("EW-3006", Blame.LIMIT),
  NESTING_TOO_DEEP("EW-3007", Blame.LIMIT),
  FOLDING_TOO_LARGE("EW-3008", Blame.LIMIT),
  MANIFEST_TOO_LARGE("EW-3009", Blame.LIMIT),
  DEVICE_TOO_SMALL("EW-3010", Blame.LIMIT),
  INTERNAL("EW-9001", Blame.SERVICE),
  TOOLCHAIN_UNUSABLE("EW-9101", Blame.SERVICE),
  TOOLCHAIN_FAILED("EW-9102", Blame.SERVICE),
  TOOLCHAIN_TIMEOUT("EW-9103", Blame.SERVICE),
  NOT_FREESTANDING("EW-9104", Blame.SERVICE),
  GOLDEN_MISMATCH("EW-9105", Blame.SERVICE);

  private final String id;
  private final Blame blame;

  ErrorCode(String id, Blame blame) {
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
