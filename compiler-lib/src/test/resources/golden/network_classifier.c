/* network_classifier, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: uint8[height, width, 3], a picture, rgb, 0 to 255
 * Outputs:
 *   classes: float32[1, 2], rows of class and probability, the likeliest first
 *
 * Arena, 49280 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *            0      49208  in image_0
 *        49216         48  from image_0 to map_1
 *            0         48  from map_1 to reduce_2
 *           64         12  from reduce_2 to convolution_3
 *            0         12  from convolution_3 to top_k_4
 *           64          8  from top_k_4 to map_5 */

#include "model.h"

/* ---------------- The network, in the order in which it runs ---------------- */

/* One call of ew_run. */
typedef struct {
  const void *weights; /* weights.bin behind its header */
  void *arena;
  const ew_tensor *inputs;
  ew_tensor *outputs;
} ew_call;

/* x.pixels
 * out = (picture - mean) * scale; picture stretch to 2x2, mean [0.0, 0.0, 0.0], scale [0.003921569, 0.003921569, 0.003921569]
 * uint8[x.height, x.width, 3] -> float32[1, 3, 2, 2] */
static void image_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  int32_t *restrict scratch = call->arena;
  float *restrict out = call->arena + 49216;
  const uint8_t *restrict picture = call->inputs[0].data;
  const float *restrict padding = call->weights;
  const float *restrict mean = call->weights + 64;
  const float *restrict scale = call->weights + 128;
  (void)task;
  ew_image_to_tensor(out, 1, 6, 3, 2, 2, EW_RGB, picture, call->inputs[0].shape[1],
    call->inputs[0].shape[0], EW_RGB, EW_FIT_STRETCH, padding, mean, scale, scratch, 0, 2);
}

/* the_Relu
 * out = max(in0, 0)
 * float32[1, 3, 2, 2] -> float32[1, 3, 2, 2] */
static void map_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->arena;
  const float *restrict in0 = call->arena + 49216;
  (void)task;
  for (int64_t i = 0; i < 3; ++i) {
    const int64_t p = i * 4;
    const f32x4 v = *(const f32x4_u *)(in0 + p);
    const f32x4 v1 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v);
    *(f32x4_u *)(out + p) = v1;
  }
}

/* the_GlobalAveragePool
 * out = mean of in over axes 2, 3
 * float32[1, 3, 2, 2] -> float32[1, 3, 1, 1] */
static void reduce_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->arena;
  float *restrict out = call->arena + 64;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    const int64_t p = ew_minimum_i64(i * 2, 1);
    f32x2 sum = ew_splat_f32x2(0.0f);
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      sum += *(const f32x2_u *)(in + p + i1 * 3);
    }
    *(f32x2_u *)(out + p) = sum / 4.0f;
  }
}

/* the_MatMul
 * out[m,n] = sum(a[m,k] * b[k,n])
 * float32[1, 3], float32[3, 3] -> float32[1, 3] */
static void convolution_3(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->arena + 64;
  float *restrict out = call->arena;
  const float *restrict weights = call->weights + 192;
  (void)task;
  const f32x2 bias = *(const f32x2_u *)weights;
  const f32x2 bias1 = *(const f32x2_u *)(weights + 2);
  f32x2 sum = bias;
  f32x2 sum1 = bias1;
  const f32x2 w = *(const f32x2_u *)(weights + 4);
  const f32x2 w1 = *(const f32x2_u *)(weights + 6);
  const float value = in[0];
  sum += value * w;
  sum1 += value * w1;
  const f32x2 w2 = *(const f32x2_u *)(weights + 8);
  const f32x2 w3 = *(const f32x2_u *)(weights + 10);
  const float value1 = in[1];
  sum += value1 * w2;
  sum1 += value1 * w3;
  const f32x2 w4 = *(const f32x2_u *)(weights + 12);
  const f32x2 w5 = *(const f32x2_u *)(weights + 14);
  const float value2 = in[2];
  sum += value2 * w4;
  sum1 += value2 * w5;
  *(f32x2_u *)out = sum;
  *(f32x2_u *)(out + 1) = sum1;
}

/* classes
 * the 1 largest along axis 0, and their indices
 * float32[3] -> float32[1], int64[1] */
static void top_k_4(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict values = call->outputs[0].data + 4;
  int64_t *restrict indices = call->arena + 64;
  const float *restrict in = call->arena;
  (void)task;
  ew_topk_float(values, indices, in, 3, 1, 1, 1);
}

/* classes
 * out = float32(in0)
 * int64[1] -> float32[1] */
static void map_5(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->outputs[0].data;
  const int64_t *restrict in0 = call->arena + 64;
  (void)task;
  const int64_t v = in0[0];
  const float v1 = ew_convert_i64_f32(v);
  out[0] = v1;
}

