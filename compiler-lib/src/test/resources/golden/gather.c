/* gather, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[5, 4]
 *   indices: int64[3]
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

/* the_Gather
 * out = in[indices] along axis 0
 * float32[5, 4], int64[3] -> float32[3, 4] */
static void gather_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  const int64_t *restrict indices = call->inputs[1].data;
  float *restrict out = call->outputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 3; ++i) {
    const int64_t index = indices[i];
    const int64_t inside = ew_maximum_i64(0, ew_minimum_i64(index + (index < 0) * 5, 4));
    *(f32x4_u *)(out + i * 4) = *(const f32x4_u *)(in + inside * 4);
  }
}

