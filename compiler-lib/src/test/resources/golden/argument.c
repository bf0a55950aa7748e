/* argument, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[2, 6]
 * Outputs:
 *   y: int64[2, 1]
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

/* the_ArgMax
 * out = index of the largest of in along axis 1
 * float32[2, 6] -> int64[2, 1] */
static void argument_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  int64_t *restrict out = call->outputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    const int64_t source = i * 6;
    float best = in[source];
    int32_t place = 0;
    for (int64_t i1 = 1; i1 < 6; ++i1) {
      const float value = in[source + i1];
      const uint8_t better = ew_or_b8(ew_less_f32(best, value), ew_and_b8(ew_is_nan_f32(value), ew_not_b8(ew_is_nan_f32(best))));
      best = ew_select_f32(better, value, best);
      place = ew_select_i32(better, ew_convert_i64_i32(i1), place);
    }
    out[i] = ew_convert_i32_i64(place);
  }
}

