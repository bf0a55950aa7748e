/* depthwise, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 4, 5, 5]
 * Outputs:
 *   y: float32[1, 4, 4, 4]
 *
 * Arena, 704 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *            0        400  from copy_0 to depthwise_1
 *          448        256  from depthwise_1 to copy_2 */

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
  float *restrict out = call->arena;
  const float *restrict in0 = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 5; ++i) {
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      for (int64_t i2 = 0; i2 < 5; ++i2) {
        const float v = in0[i * 5 + i1 * 25 + i2];
        out[i * 20 + i1 + i2 * 4] = v;
      }
    }
  }
}

/* the_Conv
 * out[n,m,y,x] = bias[m] + sum(in[n,c,y+ky,x+kx] * weights[m,c,ky,kx]), in 4 groups of channels
 * float32[1, 4, 5, 5], float32[4, 1, 2, 2], float32[4] -> float32[1, 4, 4, 4] */
static void depthwise_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict weights = call->weights;
  const float *restrict in = call->arena;
  float *restrict out = call->arena + 448;
  (void)task;
  for (int64_t row = 0; row < 4; ++row) {
    const int64_t start = row * 20;
    const int64_t corner = start;
    const f32x4 start1 = *(const f32x4_u *)weights;
    f32x4 sum = start1;
    f32x4 sum1 = start1;
    f32x4 sum2 = start1;
    f32x4 sum3 = start1;
    for (int64_t ky = 0; ky < 2; ++ky) {
      const int64_t source = corner + ky * 20;
      const f32x4 w = *(const f32x4_u *)(weights + ky * 8 + 4);
      sum += *(const f32x4_u *)(in + source) * w;
      sum1 += *(const f32x4_u *)(in + source + 4) * w;
      sum2 += *(const f32x4_u *)(in + source + 8) * w;
      sum3 += *(const f32x4_u *)(in + source + 12) * w;
      const f32x4 w1 = *(const f32x4_u *)(weights + ky * 8 + 8);
      sum += *(const f32x4_u *)(in + source + 4) * w1;
      sum1 += *(const f32x4_u *)(in + source + 8) * w1;
      sum2 += *(const f32x4_u *)(in + source + 12) * w1;
      sum3 += *(const f32x4_u *)(in + source + 16) * w1;
    }
    *(f32x4_u *)(out + row * 16) = sum;
    *(f32x4_u *)(out + row * 16 + 4) = sum1;
    *(f32x4_u *)(out + row * 16 + 8) = sum2;
    *(f32x4_u *)(out + row * 16 + 12) = sum3;
  }
}

/* y
 * copies elements to where they are needed */
static void copy_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->arena + 448;
  (void)task;
  for (int64_t i = 0; i < 16; ++i) {
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      const float v = in0[i * 4 + i1];
      out[i + i1 * 16] = v;
    }
  }
}

