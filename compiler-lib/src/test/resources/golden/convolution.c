/* convolution, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 2, 6, 6]
 * Outputs:
 *   y: float32[1, 4, 3, 3]
 *
 * Arena, 192 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *            0        144  from convolution_0 to copy_1 */

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
 * out[n,m,y,x] = max(bias[m] + sum(in[n,c,2y+ky,2x+kx] * weights[m,c,ky,kx]), 0)
 * float32[1, 2, 6, 6], float32[4, 2, 1, 1], float32[4] -> float32[1, 4, 3, 3] */
static void convolution_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  float *restrict out = call->arena;
  const float *restrict weights = call->weights;
  (void)task;
  for (int64_t row = 0; row < 3; ++row) {
    const int64_t first = row * 2;
    const int64_t start = first * 6;
    const f32x4 bias = *(const f32x4_u *)weights;
    f32x4 sum = bias;
    f32x4 sum1 = bias;
    f32x4 sum2 = bias;
    const f32x4 w = *(const f32x4_u *)(weights + 4);
    const float value = in[start];
    sum += value * w;
    const float value1 = in[start + 2];
    sum1 += value1 * w;
    const float value2 = in[start + 4];
    sum2 += value2 * w;
    const f32x4 w1 = *(const f32x4_u *)(weights + 8);
    const float value3 = in[start + 36];
    sum += value3 * w1;
    const float value4 = in[start + 38];
    sum1 += value4 * w1;
    const float value5 = in[start + 40];
    sum2 += value5 * w1;
    const f32x4 v = ew_maximum_f32x4(ew_splat_f32x4(0.0f), sum);
    *(f32x4_u *)(out + row * 12) = v;
    const f32x4 v1 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), sum1);
    *(f32x4_u *)(out + row * 12 + 4) = v1;
    const f32x4 v2 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), sum2);
    *(f32x4_u *)(out + row * 12 + 8) = v2;
  }
}

/* y
 * copies elements to where they are needed */
static void copy_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->arena;
  (void)task;
  for (int64_t i = 0; i < 9; ++i) {
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      const float v = in0[i * 4 + i1];
      out[i + i1 * 9] = v;
    }
  }
}

