/* transposition, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[3, 4]
 * Outputs:
 *   y: float32[4, 3]
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

/* y
 * copies elements to where they are needed */
static void copy_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 3; ++i) {
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      const float v = in0[i * 4 + i1];
      out[i + i1 * 3] = v;
    }
  }
}

