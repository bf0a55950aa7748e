/* softmax, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[2, 9]
 * Outputs:
 *   y: float32[2, 9]
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

/* the_Softmax
 * out = exp(in) / sum(exp(in)) along axis 1
 * float32[2, 9] -> float32[2, 9] */
static void softmax_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  float *restrict out = call->outputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    const int64_t source = i * 9;
    const int64_t target = i * 9;
    f32x4 most = ew_splat_f32x4(-__builtin_inff());
    for (int64_t i1 = 0; i1 < 8; i1 += 4) {
      most = ew_maximum_f32x4(most, *(const f32x4_u *)(in + source + i1));
    }
    most = ew_maximum_f32x4(most, *(const f32x4_u *)(in + source + 5));
    const f32x2 half = ew_maximum_f32x2(ew_low_half_f32x4(most), ew_high_half_f32x4(most));
    const float half1 = ew_maximum_f32(ew_low_half_f32x2(half), ew_high_half_f32x2(half));
    f32x4 sum = ew_splat_f32x4(0.0f);
    float sum1 = 0.0f;
    for (int64_t i1 = 0; i1 < 8; i1 += 4) {
      const f32x4 power = ew_exp_f32x4(*(const f32x4_u *)(in + source + i1) - half1);
      *(f32x4_u *)(out + target + i1) = power;
      sum += power;
    }
    const float power = ew_exp_f32(in[source + 8] - half1);
    out[target + 8] = power;
    sum1 += power;
    const f32x2 half2 = ew_low_half_f32x4(sum) + ew_high_half_f32x4(sum);
    const float half3 = ew_low_half_f32x2(half2) + ew_high_half_f32x2(half2);
    const float total = half3 + sum1;
    const float factor = ew_reciprocal_f32(total);
    for (int64_t i1 = 0; i1 < 8; i1 += 4) {
      *(f32x4_u *)(out + target + i1) = *(f32x4_u *)(out + target + i1) * factor;
    }
    out[target + 8] = out[target + 8] * factor;
  }
}

