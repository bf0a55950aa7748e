// Neighbouring lanes added up, those of x before those of y.

EW_INLINE T ew_add_pairs_T(T x, T y) {
#ifdef __clang__
  T even = __builtin_shufflevector(x, y, 0, 2);
  T odd = __builtin_shufflevector(x, y, 1, 3);
#else
  T even = __builtin_shuffle(x, y, (I){0, 2});
  T odd = __builtin_shuffle(x, y, (I){1, 3});
#endif
  return even + odd;
}
