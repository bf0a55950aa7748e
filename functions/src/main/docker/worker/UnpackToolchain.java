import io.edgewright.compiler.toolchain.Toolchain;

/// Unpacks the compiler's toolchain to `$EDGEWRIGHT_CACHE/toolchain` while the image is built.
final class UnpackToolchain {
  private UnpackToolchain() {}

  public static void main(String[] arguments) {
    System.out.println(Toolchain.standard().identity());
  }
}
