/* branch, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   c: bool[]
 *   x: float32[2, 3]
 * Outputs:
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

/* the_Mul
 * out = in0 * in1
 * float32[2, 3], float32[3] -> float32[2, 3] */
static void map_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->inputs[1].data;
  const float *restrict in1 = call->weights;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    const f32x2 v = *(const f32x2_u *)(in0 + i * 3);
    const f32x2 v1 = *(const f32x2_u *)in1;
    const f32x2 v2 = v * v1;
    *(f32x2_u *)(out + i * 3) = v2;
    const f32x2 v3 = *(const f32x2_u *)(in0 + i * 3 + 1);
    const f32x2 v4 = *(const f32x2_u *)(in1 + 1);
    const f32x2 v5 = v3 * v4;
    *(f32x2_u *)(out + i * 3 + 1) = v5;
  }
}

/* the_Neg
 * out = negate(in0)
 * float32[2, 3] -> float32[2, 3] */
static void map_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const float *restrict in0 = call->inputs[1].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    const int64_t p = ew_minimum_i64(i * 4, 2);
    const f32x4 v = *(const f32x4_u *)(in0 + p);
    const f32x4 v1 = ew_negate_f32x4(v);
    *(f32x4_u *)(out + p) = v1;
  }
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
  {.name = "c", .type = 9 /* bool */, .kind = EW_TENSOR,
   .rank = 0, .shape = {0}, .bytes = 1},
  {.name = "x", .type = 1 /* float32 */, .kind = EW_TENSOR,
   .rank = 2, .shape = {2, 3}, .bytes = 24},
};

static const ew_port ew_outputs[] = {
  {.name = "y", .type = 1 /* float32 */, .kind = EW_TENSOR,
   .rank = 2, .shape = {2, 3}, .bytes = 24},
};

static const ew_description ew_this = {
  .abi = EW_ABI,
  .name = "branch",
  .target = "raspberry-pi-3",
  .input_count = 2, .inputs = ew_inputs,
  .output_count = 1, .outputs = ew_outputs,
  .arena_bytes = 0,
  .weights_bytes = 128,
};

const ew_description *ew_describe(void) { return &ew_this; }

enum { EW_HEADER_WORDS = 6, EW_HEADER_BYTES = 64 };

/* How weights.bin begins: magic word, size, digest. */
static const uint64_t ew_weights_header[EW_HEADER_WORDS] = {
  0x5448474945575745u,
  0x0000000000000080u,
  0xda04879425c528c9u,
  0x16d46324bff0dfbau,
  0x78819bd29a753bf5u,
  0x2c4f8572255395e6u,
};

int ew_run(const void *weights, void *arena, const ew_tensor *inputs,
           ew_tensor *outputs, const ew_parallel *parallel) {
  const uint64_t *header = weights;
  for (int i = 0; i < EW_HEADER_WORDS; ++i) {
    if (header[i] != ew_weights_header[i]) return EW_ERROR_WEIGHTS;
  }
  if (inputs[1].shape[0] != 2 ||
      inputs[1].shape[1] != 3)
    return EW_ERROR_SHAPE;
  ew_call call = {
    .weights = weights + EW_HEADER_BYTES, .arena = arena,
    .inputs = inputs, .outputs = outputs,
  };
  if (*(const uint8_t *)(call.inputs[0].data)) {
    ew_tasks(&call, parallel, map_0, 1);
  } else {
    ew_tasks(&call, parallel, map_1, 1);
  }
  outputs[0].shape[0] = 2;
  outputs[0].shape[1] = 3;
  return EW_OK;
}
