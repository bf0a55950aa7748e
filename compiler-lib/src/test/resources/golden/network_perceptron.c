/* network_perceptron, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[1, 3]
 * Outputs:
 *   y: float32[1, 2]
 *
 * Arena, 64 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *            0         16  from convolution_0 to convolution_1 */

#include "model.h"

/* ---------------- The network, in the order in which it runs ---------------- */

/* One call of ew_run. */
typedef struct {
  const void *weights; /* weights.bin behind its header */
  void *arena;
  const ew_tensor *inputs;
  ew_tensor *outputs;
} ew_call;

/* the_Gemm
 * out[m,n] = tanh(sum(a[m,k] * b[k,n]) + extra0)
 * float32[1, 3], float32[3, 4], float32[4] -> float32[1, 4] */
static void convolution_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict extra0 = call->weights;
  const float *restrict in = call->inputs[0].data;
  float *restrict out = call->arena;
  const float *restrict weights = call->weights + 64;
  (void)task;
  const f32x4 bias = *(const f32x4_u *)weights;
  f32x4 sum = bias;
  const f32x4 w = *(const f32x4_u *)(weights + 4);
  const float value = in[0];
  sum += value * w;
  const f32x4 w1 = *(const f32x4_u *)(weights + 8);
  const float value1 = in[1];
  sum += value1 * w1;
  const f32x4 w2 = *(const f32x4_u *)(weights + 12);
  const float value2 = in[2];
  sum += value2 * w2;
  const f32x4 v = *(const f32x4_u *)extra0;
  const f32x4 v1 = sum + v;
  const f32x4 v2 = ew_tanh_f32x4(v1);
  *(f32x4_u *)out = v2;
}

/* the_MatMul
 * out[m,n] = sum(a[m,k] * b[k,n])
 * float32[1, 4], float32[4, 2] -> float32[1, 2] */
static void convolution_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->arena;
  float *restrict out = call->outputs[0].data;
  const float *restrict weights = call->weights + 128;
  (void)task;
  const f32x2 bias = *(const f32x2_u *)weights;
  f32x2 sum = bias;
  const f32x4 four = *(const f32x4_u *)in;
  const f32x2 w = *(const f32x2_u *)(weights + 2);
  sum += four[0] * w;
  const f32x2 w1 = *(const f32x2_u *)(weights + 4);
  sum += four[1] * w1;
  const f32x2 w2 = *(const f32x2_u *)(weights + 6);
  sum += four[2] * w2;
  const f32x2 w3 = *(const f32x2_u *)(weights + 8);
  sum += four[3] * w3;
  *(f32x2_u *)out = sum;
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
   .rank = 2, .shape = {1, 3}, .bytes = 12},
};

static const ew_port ew_outputs[] = {
  {.name = "y", .type = 1 /* float32 */, .kind = EW_TENSOR,
   .rank = 2, .shape = {1, 2}, .bytes = 8},
};

static const ew_description ew_this = {
  .abi = EW_ABI,
  .name = "network_perceptron",
  .target = "raspberry-pi-3",
  .input_count = 1, .inputs = ew_inputs,
  .output_count = 1, .outputs = ew_outputs,
  .arena_bytes = 64,
  .weights_bytes = 256,
};

const ew_description *ew_describe(void) { return &ew_this; }

enum { EW_HEADER_WORDS = 6, EW_HEADER_BYTES = 64 };

/* How weights.bin begins: magic word, size, digest. */
static const uint64_t ew_weights_header[EW_HEADER_WORDS] = {
  0x5448474945575745u,
  0x0000000000000100u,
  0x819825793d3923d6u,
  0x2641c38d6e75670au,
  0x9de1875aab3defedu,
  0x4299c73a6031e4bbu,
};

int ew_run(const void *weights, void *arena, const ew_tensor *inputs,
           ew_tensor *outputs, const ew_parallel *parallel) {
  const uint64_t *header = weights;
  for (int i = 0; i < EW_HEADER_WORDS; ++i) {
    if (header[i] != ew_weights_header[i]) return EW_ERROR_WEIGHTS;
  }
  if (inputs[0].shape[0] != 1 ||
      inputs[0].shape[1] != 3)
    return EW_ERROR_SHAPE;
  ew_call call = {
    .weights = weights + EW_HEADER_BYTES, .arena = arena,
    .inputs = inputs, .outputs = outputs,
  };
  ew_tasks(&call, parallel, convolution_0, 1);
  ew_tasks(&call, parallel, convolution_1, 1);
  outputs[0].shape[0] = 1;
  outputs[0].shape[1] = 2;
  return EW_OK;
}
