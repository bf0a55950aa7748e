package io.edgewright.compiler.schedule;

/// What all graphs of one program share, however deep they are nested: the machine, the weights,
/// the numbers of buffers and of kernels.
public final class ProgramParts {
  private final Machine machine;
  private final ConvolutionMethod method;
  private final WeightsBuilder weights = new WeightsBuilder();
  private final BufferSource buffers = new BufferSource();
  private int kernels;

  ProgramParts(Machine machine, ConvolutionMethod method) {
    this.machine = machine;
    this.method = method;
  }

  public Machine machine() {
    return machine;
  }

  /// How convolutions may be computed.
  public ConvolutionMethod method() {
    return method;
  }

  public WeightsBuilder weights() {
    return weights;
  }

  public BufferSource buffers() {
    return buffers;
  }

  /// How many kernels there are so far, in all graphs.
  public int kernels() {
    return kernels;
  }

  public void countKernel() {
    kernels++;
  }
}
