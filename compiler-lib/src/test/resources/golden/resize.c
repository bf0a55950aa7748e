/* resize, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 1, 2, 4]
 * Outputs:
 *   y: float32[1, 1, 4, 8]
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

/* the_Resize
 * out = in, resampled nearest at half pixel
 * float32[1, 1, 2, 4] -> float32[1, 1, 4, 8] */
static void resize_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  float *restrict out = call->outputs[0].data;
  const int64_t *restrict sources2 = call->weights;
  const int64_t *restrict sources3 = call->weights + 128;
  (void)task;
  for (int64_t i = 0; i < 4; ++i) {
    const int64_t tap = sources2[i];
    for (int64_t i1 = 0; i1 < 8; ++i1) {
      const int64_t tap1 = sources3[i1];
      out[i * 8 + i1] = in[tap + tap1];
    }
  }
}

