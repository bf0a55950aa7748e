package io.edgewright.device.errors;

/** Carries one {@link DeviceProblem} to the boundary that prints or reports it. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient DeviceProblem problem;

  public DeviceException(
      DeviceErrorCode code, String where, String seen, String allowed, String hint) {
    this(new DeviceProblem(code, where, seen, allowed, hint));
  }

  public DeviceException(DeviceProblem problem) {
    super(problem.sentence());
    this.problem = problem;
  }

  public DeviceProblem problem() {
    return problem;
  }

  public DeviceErrorCode code() {
    return problem.code();
  }
}
