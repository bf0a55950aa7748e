// Conditions for the lanes of a vector: -1 for yes, 0 for no.

EW_INLINE T ew_yes_T(void) {
  return ~(T){};
}

EW_INLINE T ew_splat_T(b8 x) {
  return (T){} - x;
}

EW_INLINE T ew_select_T(T condition, T x, T y) {
  return (condition & x) | (~condition & y);
}

EW_INLINE T ew_equal_T(T x, T y) {
  return ~(x ^ y);
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
  return ~x;
}

// Whether there is a yes.
EW_INLINE int ew_any_T(T x) {
#ifdef __clang__
  return __builtin_reduce_or(x) != 0;
#else
  int any = 0;
  for (unsigned i = 0; i < sizeof(T) / sizeof(S); ++i) {
    any |= x[i] != 0;
  }
  return any;
#endif
}
