/* quantized_product, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: uint8[2, 8]
 * Outputs:
 *   y: uint8[2, 4]
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

/* the_QLinearMatMul
 * out[m,n] = uint8(min(max(round(float32(float32(sum(a[m,k] * b[k,n]) - extra0) * 0.0625)) + 128, 0), 255))
 * uint8[2, 8], int8[8, 4], int32[1, 4] -> uint8[2, 4] */
static void bytes_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  const int32_t *restrict extra0 = call->weights;
  const uint8_t *restrict in = call->inputs[0].data;
  const int32_t *restrict weights = call->weights + 64;
  uint8_t *restrict out = call->outputs[0].data;
  (void)task;
  i32x4 bias = *(const i32x4_u *)weights;
  i32x4 sum = bias;
  i32x4 sum1 = bias;
  const i32x4 w = *(const i32x4_u *)(weights + 4);
  const i32x4 value = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8x4(*(const u8x4_u *)in)), ew_splat_i32x4(-2139062144));
  sum = ew_dot_signed_i32x4(sum, value, w);
  const i32x4 value1 = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8x4(*(const u8x4_u *)(in + 8))), ew_splat_i32x4(-2139062144));
  sum1 = ew_dot_signed_i32x4(sum1, value1, w);
  const i32x4 w1 = *(const i32x4_u *)(weights + 8);
  const i32x4 value2 = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8x4(*(const u8x4_u *)(in + 4))), ew_splat_i32x4(-2139062144));
  sum = ew_dot_signed_i32x4(sum, value2, w1);
  const i32x4 value3 = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8x4(*(const u8x4_u *)(in + 12))), ew_splat_i32x4(-2139062144));
  sum1 = ew_dot_signed_i32x4(sum1, value3, w1);
  const i32x4 v = *(const i32x4_u *)extra0;
  const i32x4 v1 = ew_subtract_i32x4(sum, v);
  const f32x4 v2 = ew_convert_i32x4_f32x4(v1);
  const f32x4 v3 = v2 * 0.0625f;
  const f32x4 v4 = ew_round_f32x4(v3);
  const f32x4 v5 = v4 + 128.0f;
  const f32x4 v6 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v5);
  const f32x4 v7 = ew_minimum_f32x4(ew_splat_f32x4(255.0f), v6);
  const u8x4 v8 = ew_convert_f32x4_u8x4(v7);
  *(u8x4_u *)out = v8;
  const i32x4 v9 = *(const i32x4_u *)extra0;
  const i32x4 v10 = ew_subtract_i32x4(sum1, v9);
  const f32x4 v11 = ew_convert_i32x4_f32x4(v10);
  const f32x4 v12 = v11 * 0.0625f;
  const f32x4 v13 = ew_round_f32x4(v12);
  const f32x4 v14 = v13 + 128.0f;
  const f32x4 v15 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v14);
  const f32x4 v16 = ew_minimum_f32x4(ew_splat_f32x4(255.0f), v15);
  const u8x4 v17 = ew_convert_f32x4_u8x4(v16);
  *(u8x4_u *)(out + 4) = v17;
}

