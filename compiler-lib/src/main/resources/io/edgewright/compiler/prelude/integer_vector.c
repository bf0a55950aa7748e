// A vector of integers; arithmetic wraps as the processor's does.

EW_INLINE T ew_splat_T(S x) {
  return x - (T){};
}

EW_INLINE T ew_select_T(M condition, T x, T y) {
  return (T)((condition & (M)x) | (~condition & (M)y));
}

EW_INLINE T ew_add_T(T x, T y) {
  return (T)((U)x + (U)y);
}

EW_INLINE T ew_subtract_T(T x, T y) {
  return (T)((U)x - (U)y);
}

EW_INLINE T ew_multiply_T(T x, T y) {
  return (T)((U)x * (U)y);
}

EW_INLINE T ew_minimum_T(T x, T y) {
  return __builtin_elementwise_min(x, y);
}

EW_INLINE T ew_maximum_T(T x, T y) {
  return __builtin_elementwise_max(x, y);
}

EW_INLINE T ew_bit_xor_T(T x, T y) {
  return x ^ y;
}

EW_INLINE T ew_bit_or_T(T x, T y) {
  return x | y;
}

EW_INLINE T ew_shift_left_T(T x, T y) {
  return (T)((U)x << (U)y);
}

// Four bytes as they lie.
EW_INLINE i32 ew_quad_T(T x) {
  return (i32)x;
}

// Sixteen bytes as four times four.
EW_INLINE i32x4 ew_quads_T(T x) {
  return (i32x4)x;
}

// Bytes of four vectors side by side.
EW_INLINE T ew_beside_T(T a, T b, T c, T d) {
  return (T)((U)a | (U)b << 8 | (U)c << 16 | (U)d << 24);
}
