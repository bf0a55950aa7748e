// Integers without a sign. Dividing by zero gives zero.

EW_INLINE T ew_absolute_T(T x) {
  return x;
}

EW_INLINE T ew_sign_T(T x) {
  return x != 0;
}

EW_INLINE T ew_divide_T(T x, T y) {
  return y == 0 ? 0 : (T)(x / y);
}

EW_INLINE T ew_remainder_T(T x, T y) {
  return y == 0 ? 0 : (T)(x % y);
}

EW_INLINE T ew_modulo_T(T x, T y) {
  return ew_remainder_T(x, y);
}

EW_INLINE T ew_shift_right_T(T x, T by) {
  return (T)(by < 64 ? (u64)x >> by : 0);
}

// 64 bits out of a row of words, from bit `at` on; the row has two words more than those.
EW_INLINE T ew_bits_at_T(const u32 *words, i64 at) {
  i64 word = at / 32;
  i64 bit = at % 32;
  T bits = (words[word] | (T)words[word + 1] << 32) >> bit;
  return bit == 0 ? bits : bits | (T)words[word + 2] << (64 - bit);
}
