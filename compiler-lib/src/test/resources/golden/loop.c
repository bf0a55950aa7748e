/* loop, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[]
 * Outputs:
 *   y: float32[]
 *
 * Arena, 192 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *          128          1  from copy_1 to copy_4
 *            0          8  from map_2 to copy_4
 *           64          4  from map_2 to copy_4 */

#include "model.h"

/* ---------------- The network, in the order in which it runs ---------------- */

/* One call of ew_run. */
typedef struct {
  const void *weights; /* weights.bin behind its header */
  void *arena;
  const ew_tensor *inputs;
  ew_tensor *outputs;
} ew_call;

/* the_Loop
 * copies elements to where they are needed */
static void copy_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->inputs[0].data;
  (void)task;
  const float v = in0[0];
  out[0] = v;
}

/* the_Loop
 * copies elements to where they are needed */
static void copy_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  uint8_t *restrict out = call->arena + 128;
  const uint8_t *restrict in0 = call->weights;
  (void)task;
  const uint8_t v = in0[0];
  out[0] = v;
}

/* the_Mul
 * out = (in0 / in1 + in1) * 0.5
 * float32[], float32[] -> float32[] */
static void map_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->arena + 64;
  const float *restrict in0 = call->inputs[0].data;
  const float *restrict in1 = call->outputs[0].data;
  (void)task;
  const float v = in0[0];
  const float v1 = in1[0];
  const float v2 = v / v1;
  const float v3 = v2 + v1;
  const float v4 = v3 * 0.5f;
  out[0] = v4;
}

/* the_Less
 * out = 1.2207031E-4 < abs(in0 - in1)
 * float32[], float32[] -> bool[] */
static void map_3(void *argument, int64_t task) {
  const ew_call *call = argument;
  uint8_t *restrict out = call->arena + 128;
  const float *restrict in0 = call->arena + 64;
  const float *restrict in1 = call->outputs[0].data;
  (void)task;
  const float v = in0[0];
  const float v1 = in1[0];
  const float v2 = v - v1;
  const float v3 = ew_absolute_f32(v2);
  const uint8_t v4 = ew_less_f32(1.2207031E-4f, v3);
  out[0] = v4;
}

/* the_Loop
 * copies elements to where they are needed */
static void copy_4(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->arena + 64;
  (void)task;
  const float v = in0[0];
  out[0] = v;
}

/* ---------------- What users call: see model.h ---------------- */

/* Runs a kernel once for every task. */
static void ew_tasks(ew_call *call, const ew_parallel *parallel,
                     void (*kernel)(void *argument, int64_t task), int64_t count) {
  if (parallel && count > 1) {
    parallel->run(parallel, kernel, call, count);
    return;
  }
  for (int64_t task = 0; task < count; ++task) {
    kernel(call, task);
  }
}

static const ew_port ew_inputs[] = {
  {.name = "x", .type = 1 /* float32 */, .kind = EW_TENSOR,
   .rank = 0, .shape = {0}, .bytes = 4},
};

static const ew_port ew_outputs[] = {
  {.name = "y", .type = 1 /* float32 */, .kind = EW_TENSOR,
   .rank = 0, .shape = {0}, .bytes = 4},
};

static const ew_description ew_this = {
  .abi = EW_ABI,
  .name = "loop",
  .target = "raspberry-pi-3",
  .input_count = 1, .inputs = ew_inputs,
  .output_count = 1, .outputs = ew_outputs,
  .arena_bytes = 192,
  .weights_bytes = 128,
};

const ew_description *ew_describe(void) { return &ew_this; }

enum { EW_HEADER_WORDS = 6, EW_HEADER_BYTES = 64 };

/* How weights.bin begins: magic word, size, digest. */
static const uint64_t ew_weights_header[EW_HEADER_WORDS] = {
  0x5448474945575745u,
  0x0000000000000080u,
  0x70f3b71f34abab16u,
  0x6d7681cfad4d7ee2u,
  0x77944664aed0dfd0u,
  0xafb2384961f62cbbu,
};

int ew_run(const void *weights, void *arena, const ew_tensor *inputs,
           ew_tensor *outputs, const ew_parallel *parallel) {
  const uint64_t *header = weights;
  for (int i = 0; i < EW_HEADER_WORDS; ++i) {
    if (header[i] != ew_weights_header[i]) return EW_ERROR_WEIGHTS;
  }
  ew_call call = {
    .weights = weights + EW_HEADER_BYTES, .arena = arena,
    .inputs = inputs, .outputs = outputs,
  };
  ew_tasks(&call, parallel, copy_0, 1);
  ew_tasks(&call, parallel, copy_1, 1);
  int64_t *round0 = call.arena;
  const uint8_t *again0 = call.arena + 128;
  for (*round0 = 0; *again0; ++*round0) {
    ew_tasks(&call, parallel, map_2, 1);
    ew_tasks(&call, parallel, map_3, 1);
    ew_tasks(&call, parallel, copy_4, 1);
  }
  return EW_OK;
}
