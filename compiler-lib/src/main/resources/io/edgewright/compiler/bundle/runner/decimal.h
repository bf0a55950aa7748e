/* Shortest decimal digits that read back as the same binary number: Steele and White's free-format
 * algorithm with the refinements of Burger and Dybvig ("Printing floating-point numbers quickly and
 * accurately", 1996), on exact integers. */
#ifndef EW_DECIMAL_H
#define EW_DECIMAL_H

#include <stdint.h>

#define BIG_WORDS 40 /* 1280 bits: the smallest double needs 1133 */

typedef struct {
  int used; /* words; the highest is not zero */
  uint32_t words[BIG_WORDS];
} big;

static void big_set(big *b, uint64_t value) {
  b->used = 0;
  for (; value != 0; value >>= 32) b->words[b->used++] = (uint32_t)value;
}

static void big_multiply(big *b, uint32_t factor) {
  uint64_t carry = 0;
  for (int i = 0; i < b->used; i++) {
    carry += (uint64_t)b->words[i] * factor;
    b->words[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry != 0) b->words[b->used++] = (uint32_t)carry;
}

static void big_shift_left(big *b, int bits) {
  for (; bits >= 31; bits -= 31) big_multiply(b, 1u << 31);
  big_multiply(b, 1u << bits);
}

static void big_power_of_ten(big *b, int power) {
  for (; power >= 9; power -= 9) big_multiply(b, 1000000000);
  for (; power > 0; power--) big_multiply(b, 10);
}

/* The sign of a + b - c. */
static int big_compare_sum(const big *a, const big *b, const big *c) {
  int64_t difference = 0; /* of the words looked at so far, in units of the lowest of them */
  int words = a->used > b->used ? a->used : b->used;
  for (int i = (words > c->used ? words : c->used) - 1; i >= 0; i--) {
    difference = (int64_t)((uint64_t)difference << 32);
    if (i < a->used) difference += a->words[i];
    if (i < b->used) difference += b->words[i];
    if (i < c->used) difference -= c->words[i];
    /* What is left can add less than 2 of these units and take away less than 1. */
    if (difference >= 1 << 2) return 1;
    if (difference <= -(1 << 2)) return -1;
  }
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

/* a -= b, where b is not the larger one. */
static void big_subtract(big *a, const big *b) {
  int64_t borrow = 0;
  for (int i = 0; i < a->used; i++) {
    borrow += (int64_t)a->words[i] - (i < b->used ? b->words[i] : 0);
    a->words[i] = (uint32_t)borrow;
    borrow >>= 32;
  }
  while (a->used > 0 && a->words[a->used - 1] == 0) a->used--;
}

/* Writes the digits of mantissa * 2^exponent (mantissa > 0) and answers how many; the number is
 * 0.DIGITS * 10^*point. `narrow` says that the next smaller number is half as far as the next larger
 * one. At most 17 digits. */
static int shortest_digits(uint64_t mantissa, int exponent, int narrow, char *digits, int *point) {
  static const big zero = {0};
  big rest, unit, above, below; /* value = rest / unit; neighbours half way: + above, - below */
  int shift = narrow ? 2 : 1;
  big_set(&rest, mantissa);
  big_set(&unit, 1);
  big_set(&below, 1);
  big_shift_left(&rest, (exponent > 0 ? exponent : 0) + shift);
  big_shift_left(&unit, (exponent < 0 ? -exponent : 0) + shift);
  big_shift_left(&below, exponent > 0 ? exponent : 0);
  above = below;
  if (narrow) big_shift_left(&above, 1);

  int bits = 64 - __builtin_clzll(mantissa) + exponent;
  int power = (int)(((int64_t)(bits - 1) * 78913) >> 18) + 1; /* log10(2) = 78913 / 2^18 */
  big_power_of_ten(power > 0 ? &unit : &rest, power > 0 ? power : -power);
  if (power < 0) big_power_of_ten(&above, -power);
  if (power < 0) big_power_of_ten(&below, -power);
  int even = (mantissa & 1) == 0; /* then the half way points read back as this number too */
  if (big_compare_sum(&rest, &above, &unit) >= (even ? 0 : 1)) {
    power++;
  } else {
    big_multiply(&rest, 10);
    big_multiply(&above, 10);
    big_multiply(&below, 10);
  }

  int count = 0;
  for (;;) {
    int digit = 0;
    while (big_compare_sum(&rest, &zero, &unit) >= 0) {
      big_subtract(&rest, &unit);
      digit++;
    }
    int low = big_compare_sum(&rest, &zero, &below) < (even ? 1 : 0);
    int high = big_compare_sum(&rest, &above, &unit) >= (even ? 0 : 1);
    if (low || high) {
      if (high && (!low || big_compare_sum(&rest, &rest, &unit) >= 0)) digit++;
      digits[count++] = (char)('0' + digit);
      *point = power;
      return count;
    }
    digits[count++] = (char)('0' + digit);
    big_multiply(&rest, 10);
    big_multiply(&above, 10);
    big_multiply(&below, 10);
  }
}

#endif
