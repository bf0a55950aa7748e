// Floats of either width, one or many: functions that take no more than a few instructions. GCC has
// some of them for single numbers only; its loops over lanes become instructions all the same.

EW_INLINE T ew_negate_T(T x) {
  return -x;
}

EW_INLINE T ew_absolute_T(T x) {
#ifdef __clang__
  return __builtin_elementwise_abs(x);
#else
  S *lane = (S *)&x;
  for (unsigned i = 0; i < sizeof(T) / sizeof(S); ++i) {
    lane[i] = (S)__builtin_fabs(lane[i]);
  }
  return x;
#endif
}

EW_INLINE T ew_copy_sign_T(T size, T sign) {
#ifdef __clang__
  return __builtin_elementwise_copysign(size, sign);
#else
  S *lane = (S *)&size;
  for (unsigned i = 0; i < sizeof(T) / sizeof(S); ++i) {
    lane[i] = (S)__builtin_copysign(lane[i], ((S *)&sign)[i]);
  }
  return size;
#endif
}

EW_INLINE M ew_is_nan_T(T x) {
  return ew_equal_T(x, x) ^ ew_yes_M();
}

EW_INLINE M ew_is_positive_infinity_T(T x) {
  return ew_equal_T(x, ew_splat_T(__builtin_inff()));
}

EW_INLINE M ew_is_negative_infinity_T(T x) {
  return ew_equal_T(x, ew_splat_T(-__builtin_inff()));
}

// NaN when either is NaN. Where x is a constant this is one instruction on x86, whose own minimum
// is its second operand whenever either is NaN.
EW_INLINE T ew_minimum_T(T x, T y) {
#if defined(__clang__) && defined(__aarch64__)
  return __builtin_elementwise_minimum(x, y);
#else
  return ew_select_T(ew_equal_T(x, x), ew_select_T(ew_less_T(x, y), x, y), x);
#endif
}

EW_INLINE T ew_maximum_T(T x, T y) {
#if defined(__clang__) && defined(__aarch64__)
  return __builtin_elementwise_maximum(x, y);
#else
  return ew_select_T(ew_equal_T(x, x), ew_select_T(ew_less_T(y, x), x, y), x);
#endif
}

// Zeros and NaN stay as they are.
EW_INLINE T ew_sign_T(T x) {
  M signed_one = ew_less_T(ew_splat_T(0), ew_absolute_T(x));
  return ew_select_T(signed_one, ew_copy_sign_T(ew_splat_T(1), x), x);
}

EW_INLINE T ew_reciprocal_T(T x) {
  return 1 / x;
}

EW_INLINE T ew_square_root_T(T x) {
#ifdef __clang__
  return __builtin_elementwise_sqrt(x);
#else
  S *lane = (S *)&x;
  for (unsigned i = 0; i < sizeof(T) / sizeof(S); ++i) {
    lane[i] = (S)__builtin_sqrt(lane[i]);
  }
  return x;
#endif
}

// Half to even. Without an instruction: adding a number whose last digit counts as one rounds.
EW_INLINE T ew_round_T(T x) {
#if defined(__clang__) && (defined(__SSE4_1__) || defined(__aarch64__))
  return __builtin_elementwise_roundeven(x);
#else
  T large = ew_whole_from_T();
  T size = ew_absolute_T(x);
  T rounded = ew_copy_sign_T((size + large) - large, x);
  return ew_select_T(ew_less_T(size, large), rounded, x);
#endif
}

EW_INLINE T ew_floor_T(T x) {
#if defined(__clang__) && (defined(__SSE4_1__) || defined(__aarch64__))
  return __builtin_elementwise_floor(x);
#else
  T near = ew_round_T(x);
  return ew_select_T(ew_less_T(x, near), near - 1, near);
#endif
}

// The sign of x makes minus zero of what is above -1.
EW_INLINE T ew_ceil_T(T x) {
#if defined(__clang__) && (defined(__SSE4_1__) || defined(__aarch64__))
  return __builtin_elementwise_ceil(x);
#else
  T near = ew_round_T(x);
  return ew_copy_sign_T(ew_select_T(ew_less_T(near, x), near + 1, near), x);
#endif
}

// exp(-x) would overflow where the result is still a number, so that of -|x| is taken.
EW_INLINE T ew_sigmoid_T(T x) {
  T power = ew_exp_of_negative_T(-ew_absolute_T(x));
  T one = ew_splat_T(1);
  return ew_select_T(ew_less_T(x, ew_splat_T(0)), power, one) / (one + power);
}

// The remainder with the sign of y.
EW_INLINE T ew_modulo_T(T x, T y) {
  T zero = ew_splat_T(0);
  T rest = ew_remainder_T(x, y);
  M other = ew_xor_M(ew_less_T(rest, zero), ew_less_T(y, zero));
  M wrong = ew_and_M(other, ew_not_M(ew_equal_T(rest, zero)));
  return ew_select_T(wrong, rest + y, rest);
}
