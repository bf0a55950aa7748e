/* recurrent, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: float32[3, 1, 4]
 * Outputs:
 *   y: float32[3, 1, 1, 2]
 *
 * Arena, 320 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *            0         24  from convolution_0 to stack_6
 *           64          8  from copy_1 to stack_6
 *          128          8  from gather_2 to stack_6
 *          256          8  from gather_2 to convolution_3
 *          192          8  from convolution_3 to copy_5
 *          256          8  from map_4 to stack_6 */

#include "model.h"

/* ---------------- The network, in the order in which it runs ---------------- */

/* One call of ew_run. */
typedef struct {
  const void *weights; /* weights.bin behind its header */
  void *arena;
  const ew_tensor *inputs;
  ew_tensor *outputs;
} ew_call;

/* the_RNN
 * out[m,n] = sum(a[m,k] * b[k,n])
 * float32[3, 4], float32[4, 2] -> float32[3, 2] */
static void convolution_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->inputs[0].data;
  float *restrict out = call->arena;
  const float *restrict weights = call->weights + 64;
  (void)task;
  const f32x2 bias = *(const f32x2_u *)weights;
  f32x2 sum = bias;
  f32x2 sum1 = bias;
  f32x2 sum2 = bias;
  const f32x4 four = *(const f32x4_u *)in;
  const f32x4 four1 = *(const f32x4_u *)(in + 4);
  const f32x4 four2 = *(const f32x4_u *)(in + 8);
  const f32x2 w = *(const f32x2_u *)(weights + 2);
  sum += four[0] * w;
  sum1 += four1[0] * w;
  sum2 += four2[0] * w;
  const f32x2 w1 = *(const f32x2_u *)(weights + 4);
  sum += four[1] * w1;
  sum1 += four1[1] * w1;
  sum2 += four2[1] * w1;
  const f32x2 w2 = *(const f32x2_u *)(weights + 6);
  sum += four[2] * w2;
  sum1 += four1[2] * w2;
  sum2 += four2[2] * w2;
  const f32x2 w3 = *(const f32x2_u *)(weights + 8);
  sum += four[3] * w3;
  sum1 += four1[3] * w3;
  sum2 += four2[3] * w3;
  *(f32x2_u *)out = sum;
  *(f32x2_u *)(out + 2) = sum1;
  *(f32x2_u *)(out + 4) = sum2;
}

/* the_RNN
 * copies elements to where they are needed */
static void copy_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->arena + 64;
  const float *restrict in0 = call->weights;
  (void)task;
  const f32x2 v = *(const f32x2_u *)in0;
  *(f32x2_u *)out = v;
}

/* the_RNN
 * out = in[indices] along axis 0
 * float32[3, 1, 2], int64[] -> float32[1, 2] */
static void gather_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->arena;
  const int64_t *restrict indices = call->arena + 128;
  float *restrict out = call->arena + 256;
  (void)task;
  const int64_t index = indices[0];
  const int64_t inside = ew_maximum_i64(0, ew_minimum_i64(index + (index < 0) * 3, 2));
  *(f32x2_u *)out = *(const f32x2_u *)(in + inside * 2);
}

/* the_RNN
 * out[m,n] = tanh(sum(a[m,k] * b[k,n]) + extra0)
 * float32[1, 2], float32[2, 2], float32[1, 2] -> float32[1, 2] */
static void convolution_3(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict extra0 = call->arena + 256;
  const float *restrict in = call->arena + 64;
  float *restrict out = call->arena + 192;
  const float *restrict weights = call->weights + 128;
  (void)task;
  const f32x2 bias = *(const f32x2_u *)weights;
  f32x2 sum = bias;
  const f32x2 w = *(const f32x2_u *)(weights + 2);
  const float value = in[0];
  sum += value * w;
  const f32x2 w1 = *(const f32x2_u *)(weights + 4);
  const float value1 = in[1];
  sum += value1 * w1;
  const f32x2 v = *(const f32x2_u *)extra0;
  const f32x2 v1 = sum + v;
  const f32x2 v2 = ew_tanh_f32x2(v1);
  *(f32x2_u *)out = v2;
}

/* result_1
 * out = in0
 * float32[1, 2] -> float32[1, 2] */
static void map_4(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->arena + 256;
  const float *restrict in0 = call->arena + 192;
  (void)task;
  const f32x2 v = *(const f32x2_u *)in0;
  *(f32x2_u *)out = v;
}

/* the_RNN
 * copies elements to where they are needed */
static void copy_5(void *argument, int64_t task) {
  const ew_call *call = argument;
  float *restrict out = call->arena + 64;
  const float *restrict in0 = call->arena + 192;
  (void)task;
  const f32x2 v = *(const f32x2_u *)in0;
  *(f32x2_u *)out = v;
}

/* the_RNN
 * copies a row to its place in a stack */
static void stack_6(void *argument, int64_t task) {
  const ew_call *call = argument;
  const float *restrict in = call->arena + 256;
  float *restrict out = call->outputs[0].data;
  const int64_t *restrict round = call->arena + 128;
  (void)task;
  const int64_t round1 = round[0];
  *(f32x2_u *)(out + round1 * 2) = *(const f32x2_u *)in;
}

