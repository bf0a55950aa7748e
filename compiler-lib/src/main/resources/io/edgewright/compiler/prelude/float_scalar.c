// One float: what a compiler writes differently for vectors.

EW_INLINE T ew_splat_T(T x) {
  return x;
}

EW_INLINE T ew_select_T(M condition, T x, T y) {
  return condition ? x : y;
}

EW_INLINE M ew_less_T(T x, T y) {
  return x < y;
}

EW_INLINE M ew_less_or_equal_T(T x, T y) {
  return x <= y;
}

EW_INLINE M ew_equal_T(T x, T y) {
  return x == y;
}

EW_INLINE U ew_bits_T(T x) {
  union { T number; U bits; } same = {x};
  return same.bits;
}

EW_INLINE T ew_of_bits_T(U bits) {
  union { U bits; T number; } same = {bits};
  return same.number;
}

EW_INLINE T ew_of_whole_T(I x) {
  return (T)x;
}
