/* few_channels, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 1, 12]
 * Outputs:
 *   y: float32[1, 1, 5]
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

/* the_Conv
 * out[n,m,x] = bias[m] + sum(in[n,c,x+kx] * weights[m,c,kx])
 * float32[1, 1, 12], float32[1, 1, 8], float32[1] -> float32[1, 1, 5] */
static void convolution_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  const float *restrict weights = call->weights;
  float *restrict out = call->outputs[0].data;
  (void)task;
  for (int64_t tile = 0; tile < 2; ++tile) {
    const int64_t x = ew_minimum_i64(tile * 4, 1);
    const f32x4 bias = *(const f32x4_u *)weights;
    f32x4 sum = bias;
    f32x4 sum1 = bias;
    f32x4 sum2 = bias;
    f32x4 sum3 = bias;
    const f32x4 w = *(const f32x4_u *)(weights + 4);
    const f32x4 value = *(const f32x4_u *)(in + x);
    sum += value * w;
    const f32x4 value1 = *(const f32x4_u *)(in + x + 1);
    sum1 += value1 * w;
    const f32x4 value2 = *(const f32x4_u *)(in + x + 2);
    sum2 += value2 * w;
    const f32x4 value3 = *(const f32x4_u *)(in + x + 3);
    sum3 += value3 * w;
    const f32x4 w1 = *(const f32x4_u *)(weights + 8);
    const f32x4 value4 = *(const f32x4_u *)(in + x + 4);
    sum += value4 * w1;
    const f32x4 value5 = *(const f32x4_u *)(in + x + 5);
    sum1 += value5 * w1;
    const f32x4 value6 = *(const f32x4_u *)(in + x + 6);
    sum2 += value6 * w1;
    const f32x4 value7 = *(const f32x4_u *)(in + x + 7);
    sum3 += value7 * w1;
    const f32x4 pairs = ew_add_pairs_f32x4(sum, sum1);
    const f32x4 pairs1 = ew_add_pairs_f32x4(sum2, sum3);
    const f32x4 pairs2 = ew_add_pairs_f32x4(pairs, pairs1);
    *(f32x4_u *)(out + x) = pairs2;
  }
}

