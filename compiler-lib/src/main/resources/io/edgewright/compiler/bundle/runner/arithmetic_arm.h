/* What clang calls on 32-bit ARM for 64-bit arithmetic, and for divisions where the core has no
 * instruction for them. Names and registers are those of "Run-time ABI for the Arm Architecture"
 * (IHI 0043): numbers are passed in core registers even where floats have registers of their own. */
#include <stdint.h>

#define RUN_TIME EW_RUN_TIME __attribute__((pcs("aapcs")))

/* Comes back in r0 to r3. */
typedef uint64_t quotient_and_rest __attribute__((vector_size(16)));

RUN_TIME uint64_t __aeabi_llsl(uint64_t value, int by);
RUN_TIME uint64_t __aeabi_llsr(uint64_t value, int by);
RUN_TIME int64_t __aeabi_lasr(int64_t value, int by);
RUN_TIME uint32_t __aeabi_uidiv(uint32_t dividend, uint32_t divisor);
RUN_TIME int32_t __aeabi_idiv(int32_t dividend, int32_t divisor);
RUN_TIME uint64_t __aeabi_uidivmod(uint32_t dividend, uint32_t divisor);
RUN_TIME uint64_t __aeabi_idivmod(int32_t dividend, int32_t divisor);
RUN_TIME quotient_and_rest __aeabi_uldivmod(uint64_t dividend, uint64_t divisor);
RUN_TIME quotient_and_rest __aeabi_ldivmod(int64_t dividend, int64_t divisor);
RUN_TIME double __aeabi_ul2d(uint64_t value);
RUN_TIME double __aeabi_l2d(int64_t value);
RUN_TIME float __aeabi_ul2f(uint64_t value);
RUN_TIME float __aeabi_l2f(int64_t value);
RUN_TIME uint64_t __aeabi_d2ulz(double value);
RUN_TIME int64_t __aeabi_d2lz(double value);
RUN_TIME uint64_t __aeabi_f2ulz(float value);
RUN_TIME int64_t __aeabi_f2lz(float value);

/* Shifts by 0 to 63, half by half: small code calls these. What crosses over is moved in two steps,
 * for a word has no shift by 32. */
RUN_TIME uint64_t __aeabi_llsl(uint64_t value, int by) {
  uint32_t low = (uint32_t)value, high = (uint32_t)(value >> 32);
  if (by >= 32) return (uint64_t)(low << (by - 32)) << 32;
  return (uint64_t)(high << by | low >> 1 >> (31 - by)) << 32 | low << by;
}

RUN_TIME uint64_t __aeabi_llsr(uint64_t value, int by) {
  uint32_t low = (uint32_t)value, high = (uint32_t)(value >> 32);
  if (by >= 32) return high >> (by - 32);
  return (uint64_t)(high >> by) << 32 | (low >> by | high << 1 << (31 - by));
}

RUN_TIME int64_t __aeabi_lasr(int64_t value, int by) {
  uint64_t signs = value < 0 ? ~0ull : 0; /* shifting zeros into its opposite shifts ones in */
  return (int64_t)(__aeabi_llsr((uint64_t)value ^ signs, by) ^ signs);
}

/* The quotient of doubles is off by less than 2^-20 / divisor, and at least 1 / divisor below the next
 * whole number, so it never reaches that one. */
RUN_TIME uint32_t __aeabi_uidiv(uint32_t dividend, uint32_t divisor) {
  return (uint32_t)((double)dividend / (double)divisor);
}

RUN_TIME int32_t __aeabi_idiv(int32_t dividend, int32_t divisor) {
  return (int32_t)((double)dividend / (double)divisor);
}

/* Quotient in r0, rest in r1. */
RUN_TIME uint64_t __aeabi_uidivmod(uint32_t dividend, uint32_t divisor) {
  uint32_t quotient = __aeabi_uidiv(dividend, divisor);
  return (uint64_t)(dividend - quotient * divisor) << 32 | quotient;
}

RUN_TIME uint64_t __aeabi_idivmod(int32_t dividend, int32_t divisor) {
  uint32_t quotient = (uint32_t)__aeabi_idiv(dividend, divisor);
  return (uint64_t)((uint32_t)dividend - quotient * (uint32_t)divisor) << 32 | quotient;
}

/* Bit by bit, from the first that can be set. */
static quotient_and_rest divide_long(uint64_t dividend, uint64_t divisor) {
  uint64_t quotient = 0;
  if (divisor != 0 && dividend >= divisor) {
    int shift = __builtin_clzll(divisor) - __builtin_clzll(dividend);
    divisor <<= shift;
    for (; shift >= 0; shift--, divisor >>= 1) {
      quotient <<= 1;
      if (dividend < divisor) continue;
      dividend -= divisor;
      quotient |= 1;
    }
  }
  return (quotient_and_rest){quotient, dividend};
}

RUN_TIME quotient_and_rest __aeabi_uldivmod(uint64_t dividend, uint64_t divisor) {
  if ((dividend | divisor) >> 32 != 0) return divide_long(dividend, divisor);
  uint64_t both = __aeabi_uidivmod((uint32_t)dividend, (uint32_t)divisor);
  return (quotient_and_rest){(uint32_t)both, both >> 32};
}

static uint64_t size_of(int64_t value) { return value < 0 ? 0 - (uint64_t)value : (uint64_t)value; }

RUN_TIME quotient_and_rest __aeabi_ldivmod(int64_t dividend, int64_t divisor) {
  quotient_and_rest sizes = __aeabi_uldivmod(size_of(dividend), size_of(divisor));
  uint64_t quotient = (dividend < 0) == (divisor < 0) ? sizes[0] : 0 - sizes[0];
  return (quotient_and_rest){quotient, dividend < 0 ? 0 - sizes[1] : sizes[1]};
}

/* Both halves are exact, so the sum rounds once. */
RUN_TIME double __aeabi_ul2d(uint64_t value) {
  return (double)(uint32_t)(value >> 32) * 0x1p32 + (double)(uint32_t)value;
}

RUN_TIME double __aeabi_l2d(int64_t value) {
  return (double)(int32_t)(value >> 32) * 0x1p32 + (double)(uint32_t)value;
}

/* By way of a double that holds the number, or one that rounds as it does: bits which a double has
 * no room for count only as "something". */
RUN_TIME float __aeabi_ul2f(uint64_t value) {
  uint64_t low = value & 0x7ff;
  if (value >> 53 != 0) value = (value - low) | (uint64_t)(low != 0) << 11;
  return (float)__aeabi_ul2d(value);
}

RUN_TIME float __aeabi_l2f(int64_t value) {
  float size = __aeabi_ul2f(size_of(value));
  return value < 0 ? -size : size;
}

/* The processor's own conversion of each half takes what is too small or no number for 0. */
RUN_TIME uint64_t __aeabi_d2ulz(double value) {
  uint32_t high = (uint32_t)(value * 0x1p-32);
  return (uint64_t)high << 32 | (uint32_t)(value - (double)high * 0x1p32);
}

RUN_TIME int64_t __aeabi_d2lz(double value) {
  return value < 0 ? (int64_t)(0 - __aeabi_d2ulz(-value)) : (int64_t)__aeabi_d2ulz(value);
}

RUN_TIME uint64_t __aeabi_f2ulz(float value) { return __aeabi_d2ulz(value); }

RUN_TIME int64_t __aeabi_f2lz(float value) { return __aeabi_d2lz(value); }
