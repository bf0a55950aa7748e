// A vector of floats. A condition holds -1 in a lane for yes, 0 for no.

// Subtracting zero keeps every number as it is, minus zero too.
EW_INLINE T ew_splat_T(S x) {
  return x - (T){};
}

EW_INLINE T ew_select_T(M condition, T x, T y) {
  return (T)((condition & (M)x) | (~condition & (M)y));
}

EW_INLINE M ew_less_T(T x, T y) {
  return (M)(x < y);
}

EW_INLINE M ew_less_or_equal_T(T x, T y) {
  return (M)(x <= y);
}

EW_INLINE M ew_equal_T(T x, T y) {
  return (M)(x == y);
}

EW_INLINE U ew_bits_T(T x) {
  return (U)x;
}

EW_INLINE T ew_of_bits_T(U bits) {
  return (T)bits;
}

// The lanes that come first.
EW_INLINE H ew_low_half_T(T x) {
  union { T whole; H half[2]; } same = {x};
  return same.half[0];
}

EW_INLINE H ew_high_half_T(T x) {
  union { T whole; H half[2]; } same = {x};
  return same.half[1];
}

EW_INLINE W ew_twice_T(T x) {
  union { T half[2]; W whole; } same = {{x, x}};
  return same.whole;
}

EW_INLINE T ew_of_whole_T(I x) {
  return __builtin_convertvector(x, T);
}

static T ew_remainder_T(T x, T y) {
  union { T all; S one[sizeof(T) / sizeof(S)]; } left = {x}, right = {y};
  for (unsigned i = 0; i < sizeof(T) / sizeof(S); i++) {
    left.one[i] = ew_remainder_S(left.one[i], right.one[i]);
  }
  return left.all;
}
