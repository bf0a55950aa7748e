/* network_residual, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 4, 1, 2]
 * Outputs:
 *   y: float32[1, 4, 1, 1]
 *
 * Arena, 128 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *           64         32  from copy_0 to convolution_1
 *            0         32  from convolution_1 to reduce_2 */

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
 * copies elements to where they are needed */
static void copy_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->arena + 64;
  const float *restrict in0 = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 4; ++i) {
    for (int64_t i1 = 0; i1 < 2; ++i1) {
      const float v = in0[i * 2 + i1];
      out[i + i1 * 4] = v;
    }
  }
}

/* the_Conv
 * out[n,m,y,x] = max(bias[m] + sum(in[n,c,y+ky,x+kx] * weights[m,c,ky,kx]) + extra0, 0)
 * float32[1, 4, 1, 2], float32[4, 4, 1, 1], float32[4], float32[1, 4, 1, 2] -> float32[1, 4, 1, 2] */
static void convolution_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict extra0 = call->arena + 64;
  const float *restrict in = call->inputs[0].data;
  float *restrict out = call->arena;
  const float *restrict weights = call->weights;
  (void)task;
  const f32x4 bias = *(const f32x4_u *)weights;
  f32x4 sum = bias;
  f32x4 sum1 = bias;
  const f32x4 w = *(const f32x4_u *)(weights + 4);
  const float value = in[0];
  sum += value * w;
  const float value1 = in[1];
  sum1 += value1 * w;
  const f32x4 w1 = *(const f32x4_u *)(weights + 8);
  const float value2 = in[2];
  sum += value2 * w1;
  const float value3 = in[3];
  sum1 += value3 * w1;
  const f32x4 w2 = *(const f32x4_u *)(weights + 12);
  const float value4 = in[4];
  sum += value4 * w2;
  const float value5 = in[5];
  sum1 += value5 * w2;
  const f32x4 w3 = *(const f32x4_u *)(weights + 16);
  const float value6 = in[6];
  sum += value6 * w3;
  const float value7 = in[7];
  sum1 += value7 * w3;
  const f32x4 v = *(const f32x4_u *)extra0;
  const f32x4 v1 = sum + v;
  const f32x4 v2 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v1);
  *(f32x4_u *)out = v2;
  const f32x4 v3 = *(const f32x4_u *)(extra0 + 4);
  const f32x4 v4 = sum1 + v3;
  const f32x4 v5 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v4);
  *(f32x4_u *)(out + 4) = v5;
}

/* the_GlobalAveragePool
 * out = mean of in over axes 2, 3
 * float32[1, 4, 1, 2] -> float32[1, 4, 1, 1] */
static void reduce_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->arena;
  float *restrict out = call->outputs[0].data;
  (void)task;
  f32x4 sum = ew_splat_f32x4(0.0f);
  for (int64_t i = 0; i < 2; ++i) {
    sum += *(const f32x4_u *)(in + i * 4);
  }
  *(f32x4_u *)out = sum / 2.0f;
}

