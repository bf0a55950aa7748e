// Integers with a sign. Dividing by zero gives zero; by -1 is negating, which wraps.

EW_INLINE T ew_absolute_T(T x) {
  return x < 0 ? ew_negate_T(x) : x;
}

EW_INLINE T ew_sign_T(T x) {
  return (T)((x > 0) - (x < 0));
}

EW_INLINE T ew_divide_T(T x, T y) {
  return y == 0 ? 0 : y == -1 ? ew_negate_T(x) : (T)(x / y);
}

// The sign of x.
EW_INLINE T ew_remainder_T(T x, T y) {
  return y == 0 || y == -1 ? 0 : (T)(x % y);
}

// The sign of y.
EW_INLINE T ew_modulo_T(T x, T y) {
  T rest = ew_remainder_T(x, y);
  return rest != 0 && (rest < 0) != (y < 0) ? (T)(rest + y) : rest;
}

// Fills with the sign.
EW_INLINE T ew_shift_right_T(T x, T by) {
  return (T)((i64)x >> ((u64)by < 63 ? by : 63));
}
