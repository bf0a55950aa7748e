/* pool, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 4, 4, 4]
 * Outputs:
 *   y: float32[1, 4, 2, 2]
 *
 * Arena, 320 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *            0        256  from copy_0 to pool_1
 *          256         64  from pool_1 to copy_2 */

#include "model.h"

/* ---------------- The network, in the order in which it runs ---------------- */

/* One call of ew_run. */
typedef struct {
  const void *weights; /* weights.bin behind its header */
  void *arena;
  const ew_tensor *inputs;
  ew_tensor *outputs;
} ew_call;

/* the_MaxPool
 * copies elements to where they are needed */
static void copy_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->arena;
  const float *restrict in0 = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 4; ++i) {
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      for (int64_t i2 = 0; i2 < 4; ++i2) {
        const float v = in0[i * 4 + i1 * 16 + i2];
        out[i * 16 + i1 + i2 * 4] = v;
      }
    }
  }
}

/* the_MaxPool
 * out[n,c,y,x] = max over 2x2 of in[n,c,2y+ky,2x+kx]
 * float32[1, 4, 4, 4] -> float32[1, 4, 2, 2] */
static void pool_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->arena;
  float *restrict out = call->arena + 256;
  (void)task;
  for (int64_t row = 0; row < 2; ++row) {
    const int64_t start = row * 32;
    const int64_t corner = start;
    f32x4 column = ew_splat_f32x4(-__builtin_inff());
    f32x4 column1 = ew_splat_f32x4(-__builtin_inff());
    f32x4 column2 = ew_splat_f32x4(-__builtin_inff());
    f32x4 column3 = ew_splat_f32x4(-__builtin_inff());
    for (int64_t ky = 0; ky < 2; ++ky) {
      const int64_t source = corner + ky * 16;
      column = ew_maximum_f32x4(column, *(const f32x4_u *)(in + source));
      column1 = ew_maximum_f32x4(column1, *(const f32x4_u *)(in + source + 4));
      column2 = ew_maximum_f32x4(column2, *(const f32x4_u *)(in + source + 8));
      column3 = ew_maximum_f32x4(column3, *(const f32x4_u *)(in + source + 12));
    }
    *(f32x4_u *)(out + row * 8) = ew_maximum_f32x4(column, column1);
    *(f32x4_u *)(out + row * 8 + 4) = ew_maximum_f32x4(column2, column3);
  }
}

/* y
 * copies elements to where they are needed */
static void copy_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->arena + 256;
  (void)task;
  for (int64_t i = 0; i < 4; ++i) {
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      const float v = in0[i * 4 + i1];
      out[i + i1 * 4] = v;
    }
  }
}

