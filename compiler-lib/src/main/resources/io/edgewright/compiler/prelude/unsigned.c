// Integers without a sign. Dividing by zero gives zero.

EW_INLINE T ew_absolute_T(T x) {
  return x;
}

EW_INLINE T ew_sign_T(T x) {
  return x != 0;
}

EW_INLINE T ew_divide_T(T x, T y) {
  return y == 0 ? 0 : (T)(x / y);
}

EW_INLINE T ew_remainder_T(T x, T y) {
  return y == 0 ? 0 : (T)(x % y);
}

EW_INLINE T ew_modulo_T(T x, T y) {
  return ew_remainder_T(x, y);
}

EW_INLINE T ew_shift_right_T(T x, T by) {
  return (T)(by < 64 ? (u64)x >> by : 0);
}
