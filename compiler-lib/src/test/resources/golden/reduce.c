/* reduce, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[2, 4, 6]
 * Outputs:
 *   y: float32[2, 4, 1]
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

/* the_ReduceMean
 * out = mean of in over axes 2
 * float32[2, 4, 6] -> float32[2, 4, 1] */
static void reduce_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  float *restrict out = call->outputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 8; ++i) {
    const int64_t start = i * 6;
    f32x4 sum = ew_splat_f32x4(0.0f);
    f32x2 sum1 = ew_splat_f32x2(0.0f);
    sum += *(const f32x4_u *)(in + start);
    sum1 += *(const f32x2_u *)(in + start + 4);
    const f32x2 half = ew_low_half_f32x4(sum) + ew_high_half_f32x4(sum);
    const float half1 = ew_low_half_f32x2(half) + ew_high_half_f32x2(half);
    const float half2 = ew_low_half_f32x2(sum1) + ew_high_half_f32x2(sum1);
    const float total = half1 + half2;
    out[i] = total / 6.0f;
  }
}

