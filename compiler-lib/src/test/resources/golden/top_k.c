/* top_k, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[2, 6]
 * Outputs:
 *   indices: int64[2, 3]
 *   y: float32[2, 3]
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

/* the_TopK
 * the 3 largest along axis 1, and their indices
 * float32[2, 6] -> float32[2, 3], int64[2, 3] */
static void top_k_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict values = call->outputs[1].data;
  int64_t *restrict indices = call->outputs[0].data;
  const float *restrict in = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    ew_topk_float(values + i * 3, indices + i * 3, in + i * 6, 6, 3, 1, 1);
  }
}

