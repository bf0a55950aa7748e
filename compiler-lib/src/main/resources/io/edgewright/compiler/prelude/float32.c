// float32, one or many.

// From here on all numbers are whole.
EW_INLINE T ew_whole_from_T(void) {
  return ew_splat_T(0x1p23f);
}

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2) / 2, with a relative error in exp(r) of 3e-9.
EW_INLINE T ew_exp_series_T(T r) {
  T p = r * 0x1.6a2350p-10f + 0x1.123a6cp-7f;
  p = p * r + 0x1.5558f4p-5f;
  p = p * r + 0x1.555490p-3f;
  return p * r + 0x1.fffffcp-2f;
}

// With x = n ln 2 + r: 2^n (1 + r + r^2 series(r)). Adding 1.5 * 2^23 rounds to a whole number and
// leaves it in the low bits. The power of two is applied in two halves: it may be 2^-150, and a
// result below the smallest normal number must be rounded once only.
EW_INLINE T ew_exp_T(T x) {
  x = ew_maximum_T(ew_splat_T(-104.0f), ew_minimum_T(ew_splat_T(89.0f), x));
  T shifted = x * 0x1.715476p0f + 0x1.8p23f;
  T n = shifted - 0x1.8p23f;
  T r = x - n * 0x1.63p-1f;
  r = r - n * -0x1.bd0106p-13f;
  T power = r * r * ew_exp_series_T(r) + r + 1.0f;
  U whole = ew_bits_T(shifted) - 0x4b400000u;
  U half = (U)((I)whole >> 1);
  T first = ew_of_bits_T((half + 127u) << 23);
  T second = ew_of_bits_T((whole - half + 127u) << 23);
  return power * first * second;
}

// exp(x) for x <= 0, in fewer steps: a power of two that is too small for a float by 2^64 at most is
// made 2^64 times as large first, so a small result is rounded once here too.
EW_INLINE T ew_exp_of_negative_T(T x) {
  x = ew_maximum_T(ew_splat_T(-104.0f), x);
  T shifted = x * 0x1.715476p0f + 0x1.8p23f;
  T n = shifted - 0x1.8p23f;
  T r = x - n * 0x1.63p-1f;
  r = r - n * -0x1.bd0106p-13f;
  T power = r * r * ew_exp_series_T(r) + r + 1.0f;
  T scale = ew_of_bits_T((ew_bits_T(shifted) - (0x4b400000u - 127u - 64u)) << 23);
  return power * scale * 0x1p-64f;
}

// exp(x) - 1 for |x| <= 88.
EW_INLINE T ew_exp_minus_one_T(T x) {
  T shifted = x * 0x1.715476p0f + 0x1.8p23f;
  T n = shifted - 0x1.8p23f;
  T r = x - n * 0x1.63p-1f;
  r = r - n * -0x1.bd0106p-13f;
  T power = r * r * ew_exp_series_T(r) + r;
  T scale = ew_of_bits_T((ew_bits_T(shifted) - 0x4b400000u + 127u) << 23);
  return power * scale + (scale - 1.0f);
}

// With e = exp(2|x|) - 1, which is exact near zero: tanh |x| = e / (e + 2). From 9.1 on the
// result is 1.
EW_INLINE T ew_tanh_T(T x) {
  T size = ew_minimum_T(ew_splat_T(9.1f), ew_absolute_T(x));
  T power = ew_exp_minus_one_T(size + size);
  return ew_copy_sign_T(power / (power + 2), x);
}

// With x = 2^n (1 + f), 1 + f between the roots of 1/2 and 2: n ln 2 + f - f^2/2 + f^3 series(f).
// What is below the smallest normal number is multiplied by 2^23 first.
EW_INLINE T ew_log_T(T x) {
  M small = ew_less_T(x, ew_splat_T(0x1p-126f));
  U bits = ew_bits_T(ew_select_T(small, x * 0x1p23f, x));
  I whole = (I)(bits - 0x3f3504f3u) >> 23;
  T n = ew_of_whole_T(whole) - ew_select_T(small, ew_splat_T(23.0f), ew_splat_T(0.0f));
  T f = ew_of_bits_T(bits - ((U)whole << 23)) - 1.0f;
  T p = f * -0x1.38c2f4p-4f + 0x1.0564f2p-3f;
  p = p * f - 0x1.0d8742p-3f;
  p = p * f + 0x1.22d8fcp-3f;
  p = p * f - 0x1.5471f6p-3f;
  p = p * f + 0x1.99a012p-3f;
  p = p * f - 0x1.000228p-2f;
  p = p * f + 0x1.555554p-2f;
  T square = f * f;
  T low = f * square * p + n * -0x1.bd0106p-13f - square * 0.5f;
  T result = n * 0x1.63p-1f + (f + low);
  T infinity = ew_splat_T(__builtin_inff());
  T zero = ew_splat_T(0.0f);
  result = ew_select_T(ew_less_T(x, infinity), result, x);
  result = ew_select_T(ew_equal_T(x, zero), -infinity, result);
  return ew_select_T(ew_less_T(x, zero), ew_splat_T(__builtin_nanf("")), result);
}

// x (1 + series(x^2)) up to 1; from there on 1 - exp(-series(x)). From 3.95 on the result is 1.
EW_INLINE T ew_erf_T(T x) {
  T size = ew_minimum_T(ew_splat_T(3.95f), ew_absolute_T(x));
  T z = size * size;
  T p = z * 0x1.4966a0p-14f - 0x1.a3f5c2p-11f;
  p = p * z + 0x1.540588p-8f;
  p = p * z - 0x1.b7f908p-6f;
  p = p * z + 0x1.ce2cf6p-4f;
  p = p * z - 0x1.81273ep-2f;
  p = p * z + 0x1.06eba8p-3f;
  T near = size * p + size;
  T q = size * -0x1.8533c0p-13f + 0x1.8150fcp-9f;
  q = q * size - 0x1.654442p-6f;
  q = q * size + 0x1.a60baep-4f;
  q = q * size + 0x1.46c558p-1f;
  q = q * size + 0x1.2085c0p+0f;
  q = q * size + 0x1.72ad60p-12f;
  T far = 1.0f - ew_exp_T(-q);
  return ew_copy_sign_T(ew_select_T(ew_less_T(size, ew_splat_T(1.0f)), near, far), x);
}

// What follows is rare enough to be computed in double precision.
EW_INLINE T ew_sin_T(T x) {
  return ew_convert_D_T(ew_sin_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_cos_T(T x) {
  return ew_convert_D_T(ew_cos_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_tan_T(T x) {
  return ew_convert_D_T(ew_tan_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_asin_T(T x) {
  return ew_convert_D_T(ew_asin_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_acos_T(T x) {
  return ew_convert_D_T(ew_acos_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_atan_T(T x) {
  return ew_convert_D_T(ew_atan_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_sinh_T(T x) {
  return ew_convert_D_T(ew_sinh_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_cosh_T(T x) {
  return ew_convert_D_T(ew_cosh_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_asinh_T(T x) {
  return ew_convert_D_T(ew_asinh_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_acosh_T(T x) {
  return ew_convert_D_T(ew_acosh_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_atanh_T(T x) {
  return ew_convert_D_T(ew_atanh_D(ew_convert_T_D(x)));
}

EW_INLINE T ew_power_T(T x, T y) {
  return ew_convert_D_T(ew_power_D(ew_convert_T_D(x), ew_convert_T_D(y)));
}

EW_INLINE T ew_remainder_T(T x, T y) {
  return (T)ew_remainder_D(x, y);
}
