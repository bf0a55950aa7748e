// Adds to each lane the sum of four products of bytes, which lie side by side in 32 bits of x and
// of w. Bytes of w have a sign; `dot_unsigned` reads those of x without one, `dot_signed` with one.

EW_INLINE T ew_dot_unsigned_T(T sum, T x, T w) {
  return sum + ew_four_products_unsigned_T(x, w);
}

EW_INLINE T ew_dot_signed_T(T sum, T x, T w) {
  return sum + ew_four_products_signed_T(x, w);
}

EW_INLINE T ew_four_products_unsigned_T(T x, T w) {
  T first = (T)((U)x & 255) * ((T)((U)w << 24) >> 24);
  T second = (T)((U)x >> 8 & 255) * ((T)((U)w << 16) >> 24);
  T third = (T)((U)x >> 16 & 255) * ((T)((U)w << 8) >> 24);
  T fourth = (T)((U)x >> 24) * (w >> 24);
  return (first + second) + (third + fourth);
}

EW_INLINE T ew_four_products_signed_T(T x, T w) {
  T first = ((T)((U)x << 24) >> 24) * ((T)((U)w << 24) >> 24);
  T second = ((T)((U)x << 16) >> 24) * ((T)((U)w << 16) >> 24);
  T third = ((T)((U)x << 8) >> 24) * ((T)((U)w << 8) >> 24);
  T fourth = (x >> 24) * (w >> 24);
  return (first + second) + (third + fourth);
}
