// Integers of any width. Arithmetic wraps: it is done in 64 bits without sign and cut to the width.

EW_INLINE T ew_splat_T(T x) {
  return x;
}

EW_INLINE T ew_select_T(b8 condition, T x, T y) {
  return condition ? x : y;
}

EW_INLINE b8 ew_less_T(T x, T y) {
  return x < y;
}

EW_INLINE b8 ew_less_or_equal_T(T x, T y) {
  return x <= y;
}

EW_INLINE b8 ew_equal_T(T x, T y) {
  return x == y;
}

EW_INLINE T ew_minimum_T(T x, T y) {
  return x < y ? x : y;
}

EW_INLINE T ew_maximum_T(T x, T y) {
  return x > y ? x : y;
}

EW_INLINE T ew_add_T(T x, T y) {
  return (T)((u64)x + (u64)y);
}

EW_INLINE T ew_subtract_T(T x, T y) {
  return (T)((u64)x - (u64)y);
}

EW_INLINE T ew_multiply_T(T x, T y) {
  return (T)((u64)x * (u64)y);
}

EW_INLINE T ew_negate_T(T x) {
  return (T)(0 - (u64)x);
}

EW_INLINE T ew_bit_and_T(T x, T y) {
  return (T)(x & y);
}

EW_INLINE T ew_bit_or_T(T x, T y) {
  return (T)(x | y);
}

EW_INLINE T ew_bit_xor_T(T x, T y) {
  return (T)(x ^ y);
}

EW_INLINE T ew_bit_not_T(T x) {
  return (T)~x;
}

// A distance of the width or more, or below zero, leaves nothing.
EW_INLINE T ew_shift_left_T(T x, T by) {
  return (T)((u64)by < 64 ? (u64)x << by : 0);
}

// By squaring. A negative exponent truncates, as a division would.
static T ew_power_T(T x, T exponent) {
  if (exponent < 0) {
    return x == 1 ? 1 : x == (T)-1 ? (exponent & 1 ? x : 1) : 0;
  }
  u64 square = (u64)x;
  u64 result = 1;
  for (u64 rest = (u64)exponent; rest > 0; rest >>= 1) {
    result = rest & 1 ? result * square : result;
    square *= square;
  }
  return (T)result;
}

// Four bytes side by side, the first in the low bits.
EW_INLINE i32 ew_quad_T(T a, T b, T c, T d) {
  return (i32)((u32)(u8)a | (u32)(u8)b << 8 | (u32)(u8)c << 16 | (u32)(u8)d << 24);
}
