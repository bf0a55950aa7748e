// A vector of integers; arithmetic wraps as the processor's does.

EW_INLINE T ew_splat_T(S x) {
  return x - (T){};
}

EW_INLINE T ew_select_T(M condition, T x, T y) {
  return (T)((condition & (M)x) | (~condition & (M)y));
}
