package io.edgewright.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// What the compilation for one target should take, and what that costs on AWS Lambda at list
/// price:
///
/// ```
/// seconds = 4 + 0.05 * functions + 0.03 * megabytes of weights + 2.5 * gigaflops
/// dollars = seconds * workerGigabytes * dollarsPerGigabyteSecond + dollarsPerRequest
/// ```
///
/// The functions are C to compile; the megabytes are packed, hashed and written; the gigaflops are
/// computed once more in double precision for the self-test. `prices.json` has the prices with
/// their date and source, docs/plan.md says where the factors come from.
public record CompilePrice(double seconds, double dollars) {
  private static final double START_SECONDS = 4;
  private static final double SECONDS_PER_FUNCTION = 0.05;
  private static final double SECONDS_PER_WEIGHTS_BYTE = 0.03e-6;
  private static final double SECONDS_PER_FLOP = 2.5e-9;

  /// @param functions of the program, each of them C to compile
  static CompilePrice of(int functions, long weightsBytes, long flops) {
    double seconds =
        START_SECONDS
            + SECONDS_PER_FUNCTION * functions
            + SECONDS_PER_WEIGHTS_BYTE * weightsBytes
            + SECONDS_PER_FLOP * flops;
    return new CompilePrice(seconds, ListPrice.KNOWN.dollars(seconds));
  }

  /// @param perGigabyteSecond of memory that the worker is given
  record ListPrice(double workerGigabytes, double perGigabyteSecond, double perRequest) {
    static final ListPrice KNOWN = read();

    double dollars(double seconds) {
      return seconds * workerGigabytes * perGigabyteSecond + perRequest;
    }

    private static ListPrice read() {
      try (InputStream file = CompilePrice.class.getResourceAsStream("prices.json")) {
        JsonNode prices = new ObjectMapper().readTree(file);
        return new ListPrice(
            prices.required("workerGigabytes").doubleValue(),
            prices.required("dollarsPerGigabyteSecond").doubleValue(),
            prices.required("dollarsPerRequest").doubleValue());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
