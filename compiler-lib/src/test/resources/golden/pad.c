/* pad, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[2, 3]
 * Outputs:
 *   y: float32[2, 6]
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

/* the_Pad
 * copies elements to where they are needed */
static void copy_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data + 4;
  const float *restrict in0 = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    const f32x2 v = *(const f32x2_u *)(in0 + i * 3);
    *(f32x2_u *)(out + i * 6) = v;
    const f32x2 v1 = *(const f32x2_u *)(in0 + i * 3 + 1);
    *(f32x2_u *)(out + i * 6 + 1) = v1;
  }
}

/* the_Pad
 * out = in between [0, 1] and [0, 2], filled with 0.0
 * float32[2, 3] -> float32[2, 6] */
static void pad_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    out[i * 6] = 0.0f;
  }
}

/* the_Pad
 * out = in between [0, 1] and [0, 2], filled with 0.0
 * float32[2, 3] -> float32[2, 6] */
static void pad_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data + 16;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    *(f32x2_u *)(out + i * 6) = ew_splat_f32x2(0.0f);
  }
}

