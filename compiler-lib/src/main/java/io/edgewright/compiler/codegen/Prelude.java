package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.VectorType;
import java.util.Set;
import java.util.TreeSet;

/// Being written.
final class Prelude {
  private Prelude() {}

  /// A function for a type.
  record Use(String function, VectorType type) {}

  static String text(Set<Use> uses) {
    StringBuilder text = new StringBuilder();
    Set<Integer> lanes = new TreeSet<>();
    uses.forEach(use -> lanes.add(use.type().lanes()));
    for (int n : lanes) {
      if (n > 1) {
        text.append(
            """
            typedef float f32xN __attribute__((vector_size(4*N)));
            typedef float f32xN_u __attribute__((vector_size(4*N), aligned(4), may_alias));
            typedef int32_t i32xN __attribute__((vector_size(4*N)));
            static inline f32xN ew_splat_f32xN(float x) { return x - (f32xN){0}; }
            static inline f32xN ew_maximum_f32xN(f32xN a, f32xN b) { i32xN m = b > a; return (f32xN)((m & (i32xN)b) | (~m & (i32xN)a)); }
            static inline f32xN ew_minimum_f32xN(f32xN a, f32xN b) { i32xN m = b < a; return (f32xN)((m & (i32xN)b) | (~m & (i32xN)a)); }
            static inline f32xN ew_exp_f32xN(f32xN x) {
              x = ew_minimum_f32xN(ew_maximum_f32xN(x, ew_splat_f32xN(-87.0f)), ew_splat_f32xN(88.0f));
              f32xN n = (x * 1.44269504f + 12582912.0f) - 12582912.0f;
              f32xN r = x - n * 0.693145752f; r = r - n * 1.42860677e-6f;
              f32xN p = r * 1.3888889e-3f + 8.3333333e-3f; p = p * r + 4.1666667e-2f; p = p * r + 1.6666667e-1f; p = p * r + 0.5f; p = p * r + 1.0f; p = p * r + 1.0f;
              i32xN e = (__builtin_convertvector(n, i32xN) + 127) << 23;
              return p * (f32xN)e;
            }
            static inline f32xN ew_sigmoid_f32xN(f32xN x) { return 1.0f / (1.0f + ew_exp_f32xN(-x)); }
            """
                .replace("4*N", Integer.toString(4 * n))
                .replace("xN", "x" + n));
      }
    }
    text.append(
        """
        static inline int64_t ew_minimum_i64(int64_t a, int64_t b) { return a < b ? a : b; }
        static inline int64_t ew_maximum_i64(int64_t a, int64_t b) { return a > b ? a : b; }
        static inline float ew_convert_i64_f32(int64_t a) { return (float)a; }
        static inline float ew_maximum_f32(float a, float b) { return b > a ? b : a; }
        """);
    return text.toString();
  }
}
