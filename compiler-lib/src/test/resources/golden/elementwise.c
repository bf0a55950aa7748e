/* elementwise, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 12]
 * Outputs:
 *   y: float32[1, 12]
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

/* the_Add
 * out = select(in0 < 0, 1 * (exp(in0) - 1), in0) + in0
 * float32[1, 12] -> float32[1, 12] */
static void map_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 3; ++i) {
    const int64_t p = i * 4;
    const f32x4 v = *(const f32x4_u *)(in0 + p);
    const b32x4 v1 = ew_less_f32x4(v, ew_splat_f32x4(0.0f));
    const f32x4 v2 = ew_exp_f32x4(v);
    const f32x4 v3 = v2 - 1.0f;
    const f32x4 v4 = 1.0f * v3;
    const f32x4 v5 = ew_select_f32x4(v1, v4, v);
    const f32x4 v6 = v5 + v;
    *(f32x4_u *)(out + p) = v6;
  }
}

