/* Double precision for ARM cores whose floating-point unit has single precision only: what clang calls,
 * as "Run-time ABI for the Arm Architecture" (IHI 0043) names it. Numbers are passed in core registers.
 * Results are those of IEEE 754, rounded to the nearest, to even between two; subnormal numbers are
 * kept. */
#include <stdint.h>

#define RUN_TIME EW_RUN_TIME __attribute__((pcs("aapcs")))

#define SIGN 0x8000000000000000u
#define INFINITE 0x7ff0000000000000u
#define NO_NUMBER 0x7ff8000000000000u
#define HIDDEN 0x0010000000000000u

/* significand * 2^exponent, with the bit of the sign. The significand has its highest bit at 62. Where it
 * is 0, `special` has the bits of 0, infinity or NaN. */
typedef struct {
  uint64_t sign, significand, special;
  int32_t exponent;
} double_parts;

RUN_TIME double __aeabi_dadd(double x, double y);
RUN_TIME double __aeabi_dsub(double x, double y);
RUN_TIME double __aeabi_drsub(double x, double y);
RUN_TIME double __aeabi_dmul(double x, double y);
RUN_TIME double __aeabi_ddiv(double x, double y);
RUN_TIME int __aeabi_dcmpeq(double x, double y);
RUN_TIME int __aeabi_dcmplt(double x, double y);
RUN_TIME int __aeabi_dcmple(double x, double y);
RUN_TIME int __aeabi_dcmpgt(double x, double y);
RUN_TIME int __aeabi_dcmpge(double x, double y);
RUN_TIME int __aeabi_dcmpun(double x, double y);
RUN_TIME double __aeabi_i2d(int32_t x);
RUN_TIME double __aeabi_ui2d(uint32_t x);
RUN_TIME int32_t __aeabi_d2iz(double x);
RUN_TIME uint32_t __aeabi_d2uiz(double x);
RUN_TIME double __aeabi_f2d(float x);
RUN_TIME float __aeabi_d2f(double x);
EW_RUN_TIME double sqrt(double x);

static uint64_t bits_of(double value) {
  union { double value; uint64_t bits; } both = {value};
  return both.bits;
}

static double of_bits(uint64_t bits) {
  union { uint64_t bits; double value; } both = {bits};
  return both.value;
}

static int is_special(double_parts x) { return x.significand == 0; }

static double_parts special(uint64_t sign, uint64_t bits) {
  return (double_parts){sign, 0, bits, 0};
}

/* Of any significand. */
static double_parts parts(uint64_t sign, int32_t exponent, uint64_t significand) {
  if (significand == 0) return special(sign, 0);
  if (significand >> 63 != 0) {
    significand = significand >> 1 | (significand & 1);
    exponent++;
  }
  int shift = __builtin_clzll(significand) - 1;
  return (double_parts){sign, significand << shift, 0, exponent - shift};
}

static double_parts parts_of(double value) {
  uint64_t bits = bits_of(value), sign = bits & SIGN, size = bits & ~SIGN;
  if (size >= INFINITE) return special(sign, size);
  uint64_t fraction = size & (HIDDEN - 1);
  int32_t exponent = (int32_t)(size >> 52);
  if (exponent == 0) return parts(sign, -1074, fraction);
  return parts(sign, exponent - 1075, fraction | HIDDEN);
}

/* To the right; what falls out is remembered in the lowest bit. */
static uint64_t shifted(uint64_t value, int32_t count) {
  if (count == 0) return value;
  if (count > 63) return value != 0;
  return value >> count | (value << (64 - count) != 0);
}

/* The bits of a number, less its sign, in a format with so many bits of significand and such a bias. A
 * carry out of the significand goes into the exponent, as it should. */
static uint64_t rounded_size(double_parts x, int32_t digits, int32_t bias) {
  int32_t exponent = x.exponent + 62 + bias;
  uint64_t infinite = (uint64_t)(2 * bias + 1) << (digits - 1);
  if (exponent > 2 * bias) return infinite;
  uint64_t significand = exponent < 1 ? shifted(x.significand, 1 - exponent) : x.significand;
  uint64_t kept = significand >> (63 - digits), half = (uint64_t)1 << (62 - digits);
  uint64_t rest = significand & (2 * half - 1);
  kept += rest > half || (rest == half && (kept & 1) != 0);
  /* The hidden bit of a normal number adds one to its exponent. */
  return kept + ((uint64_t)(exponent < 1 ? 0 : exponent - 1) << (digits - 1));
}

static double rounded(double_parts x) {
  return of_bits(x.sign | (is_special(x) ? x.special : rounded_size(x, 53, 1023)));
}

/* Where one of two is 0, infinite or NaN. */
static double special_sum(double_parts x, double_parts y) {
  if (x.special > INFINITE || y.special > INFINITE) return of_bits(NO_NUMBER);
  if (x.special == INFINITE) {
    return y.special == INFINITE && x.sign != y.sign ? of_bits(NO_NUMBER) : rounded(x);
  }
  if (y.special == INFINITE || !is_special(y)) return rounded(y);
  if (!is_special(x)) return rounded(x);
  return of_bits(x.sign & y.sign);
}

static double sum(double_parts x, double_parts y) {
  if (is_special(x) || is_special(y)) return special_sum(x, y);
  if (x.exponent < y.exponent || (x.exponent == y.exponent && x.significand < y.significand)) {
    double_parts larger = y;
    y = x;
    x = larger;
  }
  uint64_t smaller = shifted(y.significand, x.exponent - y.exponent);
  if (x.sign == y.sign) return rounded(parts(x.sign, x.exponent, x.significand + smaller));
  if (x.significand == smaller) return 0;
  return rounded(parts(x.sign, x.exponent, x.significand - smaller));
}

static double_parts negative(double_parts x) {
  x.sign ^= SIGN;
  return x;
}

RUN_TIME double __aeabi_dadd(double x, double y) { return sum(parts_of(x), parts_of(y)); }

RUN_TIME double __aeabi_dsub(double x, double y) { return sum(parts_of(x), negative(parts_of(y))); }

RUN_TIME double __aeabi_drsub(double x, double y) { return sum(parts_of(y), negative(parts_of(x))); }

/* The upper 64 bits of a product; the lower ones are remembered in the lowest bit. */
static uint64_t upper_product(uint64_t x, uint64_t y) {
  uint64_t x0 = (uint32_t)x, x1 = x >> 32, y0 = (uint32_t)y, y1 = y >> 32;
  uint64_t low = x0 * y0, middle = x1 * y0 + (low >> 32), other = x0 * y1 + (uint32_t)middle;
  uint64_t lost = (uint32_t)low | (uint32_t)other;
  return (x1 * y1 + (middle >> 32) + (other >> 32)) | (lost != 0);
}

RUN_TIME double __aeabi_dmul(double left, double right) {
  double_parts x = parts_of(left), y = parts_of(right);
  uint64_t sign = x.sign ^ y.sign;
  if (is_special(x) || is_special(y)) {
    int zero = (is_special(x) && x.special == 0) || (is_special(y) && y.special == 0);
    int infinite = x.special == INFINITE || y.special == INFINITE;
    int number = x.special <= INFINITE && y.special <= INFINITE;
    if (!number || (zero && infinite)) return of_bits(NO_NUMBER);
    return of_bits(sign | (zero ? 0 : INFINITE));
  }
  return rounded(
      parts(sign, x.exponent + y.exponent + 64, upper_product(x.significand, y.significand)));
}

/* Bit by bit: two more than are kept. */
static uint64_t quotient(uint64_t dividend, uint64_t divisor) {
  uint64_t bits = 0;
  for (int i = 0; i < 57; i++) {
    bits <<= 1;
    if (dividend >= divisor) {
      dividend -= divisor;
      bits |= 1;
    }
    dividend <<= 1;
  }
  return bits | (dividend != 0);
}

RUN_TIME double __aeabi_ddiv(double left, double right) {
  double_parts x = parts_of(left), y = parts_of(right);
  uint64_t sign = x.sign ^ y.sign;
  if (is_special(x) || is_special(y)) {
    if (x.special > INFINITE || y.special > INFINITE) return of_bits(NO_NUMBER);
    int both = is_special(x) && is_special(y);
    if (both && x.special == y.special) return of_bits(NO_NUMBER);
    int infinite = x.special == INFINITE || (is_special(y) && y.special == 0);
    return of_bits(sign | (infinite ? INFINITE : 0));
  }
  return rounded(parts(sign, x.exponent - y.exponent - 56, quotient(x.significand, y.significand)));
}

/* Two bits of the number for one of the root. */
EW_RUN_TIME double sqrt(double value) {
  double_parts x = parts_of(value);
  if (is_special(x)) return x.sign != 0 && x.special == INFINITE ? of_bits(NO_NUMBER) : value;
  if (x.sign != 0) return of_bits(NO_NUMBER);
  uint64_t left = x.exponent % 2 == 0 ? x.significand : x.significand << 1, root = 0, rest = 0;
  for (int i = 0; i < 56; i++) {
    rest = rest << 2 | left >> 62;
    left <<= 2;
    uint64_t trial = root << 2 | 1;
    root <<= 1;
    if (rest >= trial) {
      rest -= trial;
      root |= 1;
    }
  }
  int32_t even = x.exponent - (x.exponent % 2 != 0);
  return rounded(parts(0, even / 2 - 25, root << 1 | (rest != 0)));
}

/* -1, 0 or 1; 2 where one is no number. */
static int compared(double left, double right) {
  int64_t x = (int64_t)bits_of(left), y = (int64_t)bits_of(right);
  uint64_t x_size = (uint64_t)x & ~SIGN, y_size = (uint64_t)y & ~SIGN;
  if (x_size > INFINITE || y_size > INFINITE) return 2;
  if (x_size == 0 && y_size == 0) return 0;
  if (x < 0) x = -(int64_t)x_size;
  if (y < 0) y = -(int64_t)y_size;
  return x < y ? -1 : x > y;
}

RUN_TIME int __aeabi_dcmpeq(double x, double y) { return compared(x, y) == 0; }

RUN_TIME int __aeabi_dcmplt(double x, double y) { return compared(x, y) == -1; }

RUN_TIME int __aeabi_dcmple(double x, double y) { return compared(x, y) <= 0; }

RUN_TIME int __aeabi_dcmpgt(double x, double y) { return compared(x, y) == 1; }

RUN_TIME int __aeabi_dcmpge(double x, double y) {
  int order = compared(x, y);
  return order == 0 || order == 1;
}

RUN_TIME int __aeabi_dcmpun(double x, double y) { return compared(x, y) == 2; }

RUN_TIME double __aeabi_ui2d(uint32_t x) { return rounded(parts(0, 0, x)); }

RUN_TIME double __aeabi_i2d(int32_t x) {
  return x < 0 ? rounded(parts(SIGN, 0, 0 - (uint32_t)x)) : rounded(parts(0, 0, (uint32_t)x));
}

/* The whole part of a size, at most `largest`; 0 of what is no number. */
static uint32_t whole(double_parts x, uint32_t largest) {
  if (is_special(x)) return x.special == INFINITE ? largest : 0;
  if (x.exponent < -62) return 0;
  uint64_t size = x.exponent > -31 ? UINT64_MAX : x.significand >> -x.exponent;
  return size > largest ? largest : (uint32_t)size;
}

RUN_TIME uint32_t __aeabi_d2uiz(double value) {
  double_parts x = parts_of(value);
  return x.sign != 0 ? 0 : whole(x, UINT32_MAX);
}

RUN_TIME int32_t __aeabi_d2iz(double value) {
  double_parts x = parts_of(value);
  if (x.sign == 0) return (int32_t)whole(x, INT32_MAX);
  return (int32_t)(0 - whole(x, (uint32_t)INT32_MAX + 1));
}

RUN_TIME double __aeabi_f2d(float value) {
  union { float value; uint32_t bits; } single = {value};
  uint64_t sign = (uint64_t)(single.bits >> 31) << 63;
  uint32_t exponent = single.bits >> 23 & 0xff, fraction = single.bits & 0x7fffff;
  if (exponent == 0xff) return of_bits(sign | (fraction != 0 ? NO_NUMBER : INFINITE));
  if (exponent == 0) return rounded(parts(sign, -149, fraction));
  return of_bits(sign | (uint64_t)(exponent + 896) << 52 | (uint64_t)fraction << 29);
}

RUN_TIME float __aeabi_d2f(double value) {
  double_parts x = parts_of(value);
  uint32_t size = (uint32_t)rounded_size(x, 24, 127);
  if (is_special(x)) size = x.special == 0 ? 0 : x.special == INFINITE ? 0x7f800000 : 0x7fc00000;
  union { uint32_t bits; float value; } single = {(uint32_t)(x.sign >> 32) | size};
  return single.value;
}

#undef SIGN
#undef INFINITE
#undef NO_NUMBER
#undef HIDDEN
#undef RUN_TIME
