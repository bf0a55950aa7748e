// float64, one or many. Errors are given in units in the last place.

// From here on all numbers are whole.
EW_INLINE T ew_whole_from_T(void) {
  return ew_splat_T(0x1p52);
}

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2) / 2, with a relative error in exp(r) of 4e-18.
EW_INLINE T ew_exp_series_T(T r) {
  T p = r * 0x1.ad7f6b1a71264p-26 + 0x1.28ad72d21db63p-22;
  p = p * r + 0x1.71df2554b254bp-19;
  p = p * r + 0x1.a0199a0c6164ap-16;
  p = p * r + 0x1.a01a012a5698fp-13;
  p = p * r + 0x1.6c16c1842a13bp-10;
  p = p * r + 0x1.1111111127be9p-7;
  p = p * r + 0x1.555555555087cp-5;
  p = p * r + 0x1.55555555554fap-3;
  p = p * r + 0x1.000000000000ap-1;
  return p;
}

// As for float32: 2^n (1 + r + r^2 series(r)) with the power of two in two halves.
EW_INLINE T ew_exp_T(T x) {
  x = ew_maximum_T(ew_splat_T(-746.0), ew_minimum_T(ew_splat_T(710.0), x));
  T shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52;
  T n = shifted - 0x1.8p52;
  T r = x - n * 0x1.62e42fee00000p-1;
  r = r - n * 0x1.a39ef35793c76p-33;
  T power = r * r * ew_exp_series_T(r) + r + 1.0;
  U whole = ew_bits_T(shifted) - 0x4338000000000000;
  U half = (U)((I)whole >> 1);
  T first = ew_of_bits_T((half + 1023) << 52);
  T second = ew_of_bits_T((whole - half + 1023) << 52);
  return power * first * second;
}

EW_INLINE T ew_exp_of_negative_T(T x) {
  return ew_exp_T(x);
}

// exp(x) - 1 for |x| <= 709.
EW_INLINE T ew_exp_minus_one_T(T x) {
  T shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52;
  T n = shifted - 0x1.8p52;
  T r = x - n * 0x1.62e42fee00000p-1;
  r = r - n * 0x1.a39ef35793c76p-33;
  T power = r * r * ew_exp_series_T(r) + r;
  T scale = ew_of_bits_T((ew_bits_T(shifted) - 0x4338000000000000 + 1023) << 52);
  return power * scale + (scale - 1.0);
}

// With x = 2^n (1 + f), 1 + f between the roots of 1/2 and 2, and s = f / (2 + f), which makes the
// logarithm of 1 + f a series in odd powers of s: n ln 2 + f - f^2/2 + s (f^2/2 + s^2 series(s^2)).
EW_INLINE T ew_log_T(T x) {
  M small = ew_less_T(x, ew_splat_T(0x1p-1022));
  U bits = ew_bits_T(ew_select_T(small, x * 0x1p52, x));
  I whole = (I)(bits - 0x3fe6a09e667f3bcd) >> 52;
  T n = ew_of_whole_T(whole) - ew_select_T(small, ew_splat_T(52.0), ew_splat_T(0.0));
  T f = ew_of_bits_T(bits - ((U)whole << 52)) - 1.0;
  T s = f / (f + 2.0);
  T z = s * s;
  T p = z * 0x1.2f0d8ebafbc57p-3 + 0x1.39a0f4ffb67dcp-3;
  p = p * z + 0x1.7466462c9c9ffp-3;
  p = p * z + 0x1.c71c51e7f74d1p-3;
  p = p * z + 0x1.2492494217a13p-2;
  p = p * z + 0x1.999999997fb31p-2;
  p = p * z + 0x1.5555555555593p-1;
  T half_square = f * f * 0.5;
  T low = s * (half_square + z * p) + n * 0x1.a39ef35793c76p-33;
  T result = n * 0x1.62e42fee00000p-1 - ((half_square - low) - f);
  T infinity = ew_splat_T(__builtin_inf());
  T zero = ew_splat_T(0.0);
  result = ew_select_T(ew_less_T(x, infinity), result, x);
  result = ew_select_T(ew_equal_T(x, zero), -infinity, result);
  return ew_select_T(ew_less_T(x, zero), ew_splat_T(__builtin_nan("")), result);
}

// log(1 + x) for x >= 0: the logarithm of the rounded sum, and what the rounding lost.
EW_INLINE T ew_log_plus_one_T(T x) {
  T sum = x + 1.0;
  T result = ew_log_T(sum);
  T lost = (x - (sum - 1.0)) / sum;
  return ew_select_T(ew_less_T(sum, ew_splat_T(__builtin_inf())), result + lost, result);
}

// How often pi/2 is in a large x, modulo 4, and the rest. The product of x with the bits of 2/pi
// that matter is exact; higher ones give whole turns.
static T ew_large_quarters_T(T x, T *rest) {
  static const u32 two_over_pi[36] = {
    0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041,
    0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c,
    0xfe1deb1c, 0xb129a73e, 0xe88235f5, 0x2ebb4484, 0xe99c7026, 0xb45f7e41,
    0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b, 0x1ff897ff, 0xde05980f,
    0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d,
    0x7527bac7, 0xebe5f17b, 0x3d0739f7, 0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08
  };
  u64 bits = ew_bits_T(x) & 0x7fffffffffffffff;
  u64 whole = (bits & 0xfffffffffffff) | 0x10000000000000;
  i64 exponent = (i64)(bits >> 52) - 1075;
  i64 first = exponent < 2 ? 0 : (exponent - 2) / 32;
  u32 product[10] = {0};
  for (int i = 0; i < 6; i++) {
    u64 word = two_over_pi[first + 5 - i];
    u64 low = word * (u32)whole + product[i];
    u64 high = word * (whole >> 32) + product[i + 1] + (low >> 32);
    product[i] = (u32)low;
    product[i + 1] = (u32)high;
    product[i + 2] = (u32)(high >> 32);
  }
  i64 point = 192 - (exponent - 32 * first);
  u64 quarters = ew_bits_at_u64(product, point) & 3;
  u64 high = ew_bits_at_u64(product, point - 64);
  u64 low = ew_bits_at_u64(product, point - 128);
  if (high >> 63) {
    quarters++;
  }
  f64 fraction = (f64)(i64)high * 0x1p-64 + (f64)low * 0x1p-128;
  f64 sign = x < 0 ? -1.0 : 1.0;
  *rest = sign * fraction * 0x1.921fb54442d18p+0;
  return sign * (f64)quarters;
}

// How often pi/2 is in x, and the rest, which is pi/4 at most.
EW_INLINE T ew_quarters_T(T x, T *rest) {
  T n = ew_round_T(x * 0x1.45f306dc9c883p-1);
  *rest = ((x - n * 0x1.921fb54400000p+0) - n * 0x1.0b4611a600000p-34) - n * 0x1.3198a2e037073p-69;
  T size = ew_absolute_T(x);
  M large = ew_and_M(
      ew_less_T(ew_splat_T(0x1p20), size), ew_less_T(size, ew_splat_T(__builtin_inf())));
  if (ew_any_M(large)) {
    union { T all; S one[sizeof(T) / sizeof(S)]; } each = {x}, whole = {n}, part = {*rest};
    for (unsigned i = 0; i < sizeof(T) / sizeof(S); i++) {
      S one = each.one[i] < 0 ? -each.one[i] : each.one[i];
      if (one > 0x1p20 && one < __builtin_inf()) {
        whole.one[i] = ew_large_quarters_S(each.one[i], &part.one[i]);
      }
    }
    n = whole.all;
    *rest = part.all;
  }
  return n;
}

// sin(n pi/2 + r) for |r| <= pi/4.
EW_INLINE T ew_sine_of_T(T n, T r) {
  T z = r * r;
  T p = z * 0x1.5d9246d38b546p-33 - 0x1.ae5e63cd9dd5ep-26;
  p = p * z + 0x1.71de3574ba7c9p-19;
  p = p * z - 0x1.a01a019c0e4c4p-13;
  p = p * z + 0x1.111111110f861p-7;
  p = p * z - 0x1.5555555555549p-3;
  T sine = r + r * z * p;
  T q = z * -0x1.8fadd074bc9fcp-37 + 0x1.1ee9ea6ccb659p-29;
  q = q * z - 0x1.27e4f807d631bp-22;
  q = q * z + 0x1.a01a019caef38p-16;
  q = q * z - 0x1.6c16c16c15162p-10;
  q = q * z + 0x1.555555555554cp-5;
  T half = z * 0.5;
  T cosine = 1.0 - half;
  cosine = cosine + (((1.0 - cosine) - half) + z * z * q);
  T pairs = n * 0.5;
  T result = ew_select_T(ew_equal_T(pairs, ew_floor_T(pairs)), sine, cosine);
  return ew_of_bits_T(ew_bits_T(result) ^ ((ew_bits_T(n + 0x1.8p52) & 2) << 62));
}

static T ew_sin_T(T x) {
  T rest;
  T n = ew_quarters_T(x, &rest);
  return ew_sine_of_T(n, rest);
}

static T ew_cos_T(T x) {
  T rest;
  T n = ew_quarters_T(x, &rest);
  return ew_sine_of_T(n + 1.0, rest);
}

static T ew_tan_T(T x) {
  T rest;
  T n = ew_quarters_T(x, &rest);
  return ew_sine_of_T(n, rest) / ew_sine_of_T(n + 1.0, rest);
}

// Of |x| above tan(3 pi/8) the reciprocal is taken, of |x| above tan(pi/8) its quotient with 1.
static T ew_atan_T(T x) {
  T size = ew_absolute_T(x);
  T one = ew_splat_T(1.0);
  M above = ew_less_T(ew_splat_T(0x1.a827999fcef32p-2), size);
  M far = ew_less_T(ew_splat_T(0x1.3504f333f9de6p+1), size);
  T top = ew_select_T(far, -one, ew_select_T(above, size - one, size));
  T bottom = ew_select_T(far, size, ew_select_T(above, size + one, one));
  T y = top / bottom;
  T z = y * y;
  T p = z * -0x1.2564d5ed22b72p-6 + 0x1.37d3fdec5c5c9p-5;
  p = p * z - 0x1.9cd26cdb59511p-5;
  p = p * z + 0x1.df0f4bef0d08fp-5;
  p = p * z - 0x1.10ebb9813b9abp-4;
  p = p * z + 0x1.3b11194eab590p-4;
  p = p * z - 0x1.745cf8e0232aap-4;
  p = p * z + 0x1.c71c70e631decp-4;
  p = p * z - 0x1.24924922ad99ap-3;
  p = p * z + 0x1.9999999995863p-3;
  p = p * z - 0x1.555555555553dp-2;
  T turns = ew_select_T(far, one + one, ew_select_T(above, one, one - one));
  T result = turns * 0x1.1a62633145c07p-55 + y * z * p + y + turns * 0x1.921fb54442d18p-1;
  return ew_copy_sign_T(result, x);
}

// asin(y) for 0 <= y <= 1/2.
EW_INLINE T ew_asin_series_T(T y, T z) {
  T p = z * 0x1.0be5b06f69c47p-5 - 0x1.59faef50d772fp-6;
  p = p * z + 0x1.65055ea652634p-6;
  p = p * z + 0x1.e14f495a8d3b6p-9;
  p = p * z + 0x1.618b9764bdf86p-7;
  p = p * z + 0x1.757761f41f5e6p-7;
  p = p * z + 0x1.ca214a2142b51p-7;
  p = p * z + 0x1.1c49ddbbd4868p-6;
  p = p * z + 0x1.6e8bdfeb020e0p-6;
  p = p * z + 0x1.f1c71a8b6de9ap-6;
  p = p * z + 0x1.6db6db722bfbep-5;
  p = p * z + 0x1.333333332df05p-4;
  p = p * z + 0x1.5555555555578p-3;
  return y * z * p + y;
}

// Of |x| above 1/2: asin x = pi/2 - 2 asin(sqrt((1 - x) / 2)).
static T ew_asin_T(T x) {
  T size = ew_absolute_T(x);
  M small = ew_less_or_equal_T(size, ew_splat_T(0.5));
  T z = ew_select_T(small, x * x, 0.5 - size * 0.5);
  T series = ew_asin_series_T(ew_select_T(small, size, ew_square_root_T(z)), z);
  T far = (0x1.921fb54442d18p+0 - 2.0 * series) + 0x1.1a62633145c07p-54;
  return ew_copy_sign_T(ew_select_T(small, series, far), x);
}

static T ew_acos_T(T x) {
  T size = ew_absolute_T(x);
  M small = ew_less_or_equal_T(size, ew_splat_T(0.5));
  T z = ew_select_T(small, x * x, 0.5 - size * 0.5);
  T series = ew_asin_series_T(ew_select_T(small, size, ew_square_root_T(z)), z);
  T near = 0x1.921fb54442d18p+0 - (ew_copy_sign_T(series, x) - 0x1.1a62633145c07p-54);
  T low = 2.0 * (0x1.921fb54442d18p+0 - (series - 0x1.1a62633145c07p-54));
  T far = ew_select_T(ew_less_T(x, ew_splat_T(0.0)), low, 2.0 * series);
  return ew_select_T(small, near, far);
}

// exp(|x|) / 2, as a square, so that it overflows where the result does.
EW_INLINE T ew_half_exp_T(T size) {
  T root = ew_exp_T(size * 0.5);
  return root * 0.5 * root;
}

static T ew_sinh_T(T x) {
  T size = ew_absolute_T(x);
  T power = ew_exp_minus_one_T(ew_minimum_T(ew_splat_T(1.0), size));
  T near = (power + power / (power + 1.0)) * 0.5;
  T half = ew_half_exp_T(size);
  T result = ew_select_T(ew_less_T(size, ew_splat_T(1.0)), near, half - 0.25 / half);
  return ew_copy_sign_T(result, x);
}

static T ew_cosh_T(T x) {
  T half = ew_half_exp_T(ew_absolute_T(x));
  return half + 0.25 / half;
}

// As for float32.
static T ew_tanh_T(T x) {
  T size = ew_minimum_T(ew_splat_T(22.0), ew_absolute_T(x));
  T power = ew_exp_minus_one_T(size + size);
  return ew_copy_sign_T(power / (power + 2.0), x);
}

// log(x + sqrt(x^2 + 1)), without the cancellation near zero; log(2 x) where x^2 would overflow.
static T ew_asinh_T(T x) {
  T size = ew_absolute_T(x);
  M large = ew_less_T(ew_splat_T(0x1p28), size);
  T y = ew_select_T(large, ew_splat_T(0.0), size);
  T square = y * y;
  T result = ew_log_plus_one_T(y + square / (ew_square_root_T(square + 1.0) + 1.0));
  result = ew_select_T(large, ew_log_T(size) + 0x1.62e42fefa39efp-1, result);
  return ew_copy_sign_T(result, x);
}

static T ew_acosh_T(T x) {
  M large = ew_less_T(ew_splat_T(0x1p28), x);
  T above = ew_select_T(large, ew_splat_T(0.0), x - 1.0);
  T result = ew_log_plus_one_T(above + ew_square_root_T(above * above + 2.0 * above));
  result = ew_select_T(large, ew_log_T(x) + 0x1.62e42fefa39efp-1, result);
  return ew_select_T(ew_less_T(x, ew_splat_T(1.0)), ew_splat_T(__builtin_nan("")), result);
}

static T ew_atanh_T(T x) {
  T size = ew_absolute_T(x);
  T result = 0.5 * ew_log_plus_one_T(2.0 * size / (1.0 - size));
  return ew_copy_sign_T(result, x);
}

// x (1 + series(x^2)) up to 1; from there on 1 - exp(-x^2) series((x - 3) / (x + 3)).
static T ew_erf_T(T x) {
  T size = ew_minimum_T(ew_splat_T(6.0), ew_absolute_T(x));
  T z = size * size;
  T p = z * -0x1.aba94fc0fd30fp-31 + 0x1.d7196ab799b28p-27;
  p = p * z - 0x1.5c06eb1b0619ep-23;
  p = p * z + 0x1.b97fca3e01792p-20;
  p = p * z - 0x1.f4ca4c7a7bd4ap-17;
  p = p * z + 0x1.f9a2ba9961d8ep-14;
  p = p * z - 0x1.c02db03d33becp-11;
  p = p * z + 0x1.565bccf927089p-8;
  p = p * z - 0x1.b82ce311fa747p-6;
  p = p * z + 0x1.ce2f21a040d0ep-4;
  p = p * z - 0x1.812746b0379bdp-2;
  p = p * z + 0x1.06eba8214db68p-3;
  T near = size * p + size;
  T t = (size - 3.0) / (size + 3.0);
  T q = t * -0x1.28cc78e6e6b36p-19 - 0x1.df8c50ae7ad76p-17;
  q = q * t - 0x1.33f115ac3c6ecp-16;
  q = q * t + 0x1.fefb7750d0f5cp-15;
  q = q * t + 0x1.7164c0a6f9c81p-15;
  q = q * t - 0x1.3933393d2cac4p-11;
  q = q * t + 0x1.7308eb81dc808p-11;
  q = q * t + 0x1.17c824ada7254p-8;
  q = q * t - 0x1.8fa58eaa08c95p-6;
  q = q * t + 0x1.258b13b4001b6p-4;
  q = q * t - 0x1.336ffbeed9c92p-3;
  q = q * t + 0x1.f6ff204106ec8p-3;
  q = q * t - 0x1.4e102b9cf8549p-2;
  q = q * t + 0x1.6e9827d229d28p-3;
  T far = 1.0 - ew_exp_T(-z) * q;
  return ew_copy_sign_T(ew_select_T(ew_less_T(size, ew_splat_T(1.0)), near, far), x);
}

// exp(y log |x|), to which a negative x gives the sign when y is odd. 1 when y is zero, when x is 1,
// and when x is -1 and y infinite.
// The relative error grows with the exponent: 2^-52 |y log x|.
static T ew_power_T(T x, T y) {
  T size = ew_absolute_T(x);
  T result = ew_exp_T(y * ew_log_T(size));
  T zero = ew_splat_T(0.0);
  T one = ew_splat_T(1.0);
  T half = y * 0.5;
  M whole = ew_equal_T(ew_floor_T(y), y);
  M odd = ew_and_M(whole, ew_not_M(ew_equal_T(ew_floor_T(half), half)));
  M negative = ew_less_T(ew_copy_sign_T(one, x), zero);
  result = ew_select_T(ew_and_M(odd, negative), -result, result);
  M below = ew_and_M(ew_less_T(x, zero), ew_less_T(size, ew_splat_T(__builtin_inf())));
  M nothing = ew_and_M(below, ew_not_M(whole));
  result = ew_select_T(nothing, ew_splat_T(__builtin_nan("")), result);
  M endless = ew_equal_T(ew_absolute_T(y), ew_splat_T(__builtin_inf()));
  M still = ew_or_M(ew_equal_T(x, one), ew_and_M(ew_equal_T(size, one), endless));
  return ew_select_T(ew_or_M(ew_equal_T(y, zero), still), one, result);
}

// x - y trunc(x / y), exact: long division of the mantissas, eleven bits at a time.
static T ew_remainder_T(T x, T y) {
  u64 sign = ew_bits_T(x) & 0x8000000000000000;
  u64 a = ew_bits_T(x) ^ sign;
  u64 b = ew_bits_T(y) & 0x7fffffffffffffff;
  u64 infinity = 0x7ff0000000000000;
  if (a >= infinity || b > infinity || b == 0) {
    return __builtin_nan("");
  }
  if (a < b) {
    return x;
  }
  u64 hidden = 0x10000000000000;
  u64 exponent = b >> 52 ? b >> 52 : 1;
  u64 steps = (a >> 52 ? a >> 52 : 1) - exponent;
  u64 divisor = (b & (hidden - 1)) | (b >> 52 ? hidden : 0);
  u64 rest = ((a & (hidden - 1)) | (a >> 52 ? hidden : 0)) % divisor;
  while (steps > 0) {
    u64 step = steps < 11 ? steps : 11;
    rest = (rest << step) % divisor;
    steps -= step;
  }
  while (rest > 0 && rest < hidden && exponent > 1) {
    rest <<= 1;
    exponent--;
  }
  u64 bits = rest < hidden ? rest : (rest - hidden) | (exponent << 52);
  return ew_of_bits_T(bits | sign);
}
