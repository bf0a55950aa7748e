/* matrix_product, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[3, 5]
 *   b: float32[5, 4]
 * Outputs:
 *   y: float32[3, 4]
 *
 * The arena is not used. */

#include "model.h"

/* ---------------- The network, in the order in which it runs ---------------- */

/* One call of ew_run. */
typedef struct {
  const void *weights; /* weights.bin behind its header */
  void *arena;
  const ew_tensor *inputs;
  ew_tensor *outputs;
} ew_call;

/* the_MatMul
 * out[m,n] = sum(a[m,k] * b[k,n])
 * float32[3, 5], float32[5, 4] -> float32[3, 4] */
static void product_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict a = call->inputs[0].data;
  const float *restrict b = call->inputs[1].data;
  float *restrict out = call->outputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    const int64_t p = ew_minimum_i64(i * 2, 1);
    f32x4 sum = ew_splat_f32x4(0.0f);
    f32x4 sum1 = ew_splat_f32x4(0.0f);
    const int64_t left = p * 5;
    for (int64_t k = 0; k < 5; ++k) {
      const f32x4 factors = *(const f32x4_u *)(b + k * 4);
      sum += a[left + k] * factors;
      sum1 += a[left + k + 5] * factors;
    }
    const f32x4 sum2 = sum;
    *(f32x4_u *)(out + p * 4) = sum2;
    const f32x4 sum3 = sum1;
    *(f32x4_u *)(out + (p + 1) * 4) = sum3;
  }
}

