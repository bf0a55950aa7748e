// bool: one byte, 0 or 1.

EW_INLINE T ew_yes_T(void) {
  return 1;
}

EW_INLINE T ew_splat_T(T x) {
  return x;
}

EW_INLINE T ew_select_T(T condition, T x, T y) {
  return condition ? x : y;
}

EW_INLINE T ew_equal_T(T x, T y) {
  return x == y;
}

EW_INLINE T ew_less_T(T x, T y) {
  return x < y;
}

EW_INLINE T ew_less_or_equal_T(T x, T y) {
  return x <= y;
}

EW_INLINE T ew_minimum_T(T x, T y) {
  return x & y;
}

EW_INLINE T ew_maximum_T(T x, T y) {
  return x | y;
}

EW_INLINE T ew_and_T(T x, T y) {
  return x & y;
}

EW_INLINE T ew_or_T(T x, T y) {
  return x | y;
}

EW_INLINE T ew_xor_T(T x, T y) {
  return x ^ y;
}

EW_INLINE T ew_not_T(T x) {
  return x ^ 1;
}

EW_INLINE int ew_any_T(T x) {
  return x;
}
