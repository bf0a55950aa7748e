/* quantized_convolution, compiled by Edgewright for raspberry-pi-3.
 *
 * Inputs of ew_run:
 *   x: uint8[1, 2, 2, 2]
 * Outputs:
 *   y: uint8[1, 4, 2, 2]
 *
 * Arena, 128 bytes. Values that do not live at the same time share bytes:
 *   first byte      bytes  used
 *           64          8  from copy_0 to bytes_1
 *            0         16  from bytes_1 to copy_2 */

#include "model.h"

/* ---------------- The network, in the order in which it runs ---------------- */

/* One call of ew_run. */
typedef struct {
  const void *weights; /* weights.bin behind its header */
  void *arena;
  const ew_tensor *inputs;
  ew_tensor *outputs;
} ew_call;

/* the_QLinearConv
 * copies elements to where they are needed */
static void copy_0(void *argument, int64_t task) {
  const ew_call *call = argument;
  uint8_t *restrict out = call->arena + 64;
  const uint8_t *restrict in0 = call->inputs[0].data;
  (void)task;
  for (int64_t i = 0; i < 2; ++i) {
    for (int64_t i1 = 0; i1 < 2; ++i1) {
      for (int64_t i2 = 0; i2 < 2; ++i2) {
        const uint8_t v = in0[i * 2 + i1 * 4 + i2];
        out[i * 4 + i1 + i2 * 2] = v;
      }
    }
  }
}

/* the_QLinearConv
 * out[n,m,y,x] = uint8(min(max(round(float32(float32(bias[m] + sum(in[n,c,y+ky,x+kx] * weights[m,c,ky,kx])) * 0.0625)) + 128, 0), 255))
 * uint8[1, 2, 2, 2], int8[4, 2, 1, 1], int32[4] -> uint8[1, 4, 2, 2] */
static void bytes_1(void *argument, int64_t task) {
  const ew_call *call = argument;
  const uint8_t *restrict in = call->arena + 64;
  const int32_t *restrict weights = call->weights;
  uint8_t *restrict out = call->arena;
  (void)task;
  i32x4 bias = *(const i32x4_u *)weights;
  i32x4 sum = bias;
  i32x4 sum1 = bias;
  i32x4 sum2 = bias;
  i32x4 sum3 = bias;
  const i32x4 w = *(const i32x4_u *)(weights + 4);
  const i32x4 value = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8(in[0], in[1], 0, 0)), ew_splat_i32x4(-2139062144));
  sum = ew_dot_signed_i32x4(sum, value, w);
  const i32x4 value1 = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8(in[2], in[3], 0, 0)), ew_splat_i32x4(-2139062144));
  sum1 = ew_dot_signed_i32x4(sum1, value1, w);
  const i32x4 value2 = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8(in[4], in[5], 0, 0)), ew_splat_i32x4(-2139062144));
  sum2 = ew_dot_signed_i32x4(sum2, value2, w);
  const i32x4 value3 = ew_bit_xor_i32x4(ew_splat_i32x4(ew_quad_u8(in[6], in[7], 0, 0)), ew_splat_i32x4(-2139062144));
  sum3 = ew_dot_signed_i32x4(sum3, value3, w);
  const f32x4 v = ew_convert_i32x4_f32x4(sum);
  const f32x4 v1 = v * 0.0625f;
  const f32x4 v2 = ew_round_f32x4(v1);
  const f32x4 v3 = v2 + 128.0f;
  const f32x4 v4 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v3);
  const f32x4 v5 = ew_minimum_f32x4(ew_splat_f32x4(255.0f), v4);
  const u8x4 v6 = ew_convert_f32x4_u8x4(v5);
  *(u8x4_u *)out = v6;
  const f32x4 v7 = ew_convert_i32x4_f32x4(sum1);
  const f32x4 v8 = v7 * 0.0625f;
  const f32x4 v9 = ew_round_f32x4(v8);
  const f32x4 v10 = v9 + 128.0f;
  const f32x4 v11 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v10);
  const f32x4 v12 = ew_minimum_f32x4(ew_splat_f32x4(255.0f), v11);
  const u8x4 v13 = ew_convert_f32x4_u8x4(v12);
  *(u8x4_u *)(out + 4) = v13;
  const f32x4 v14 = ew_convert_i32x4_f32x4(sum2);
  const f32x4 v15 = v14 * 0.0625f;
  const f32x4 v16 = ew_round_f32x4(v15);
  const f32x4 v17 = v16 + 128.0f;
  const f32x4 v18 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v17);
  const f32x4 v19 = ew_minimum_f32x4(ew_splat_f32x4(255.0f), v18);
  const u8x4 v20 = ew_convert_f32x4_u8x4(v19);
  *(u8x4_u *)(out + 8) = v20;
  const f32x4 v21 = ew_convert_i32x4_f32x4(sum3);
  const f32x4 v22 = v21 * 0.0625f;
  const f32x4 v23 = ew_round_f32x4(v22);
  const f32x4 v24 = v23 + 128.0f;
  const f32x4 v25 = ew_maximum_f32x4(ew_splat_f32x4(0.0f), v24);
  const f32x4 v26 = ew_minimum_f32x4(ew_splat_f32x4(255.0f), v25);
  const u8x4 v27 = ew_convert_f32x4_u8x4(v26);
  *(u8x4_u *)(out + 12) = v27;
}

/* y
 * copies elements to where they are needed */
static void copy_2(void *argument, int64_t task) {
  const ew_call *call = argument;
  uint8_t *restrict out = call->outputs[0].data;
  const uint8_t *restrict in0 = call->arena;
  (void)task;
  for (int64_t i = 0; i < 4; ++i) {
    for (int64_t i1 = 0; i1 < 4; ++i1) {
      const uint8_t v = in0[i * 4 + i1];
      out[i + i1 * 4] = v;
    }
  }
}

