// Neighbouring lanes added up, those of x before those of y.

EW_INLINE T ew_add_pairs_T(T x, T y) {
#ifdef __clang__
  T even = __builtin_shufflevector(x, y, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  T odd = __builtin_shufflevector(x, y, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
#else
  T even = __builtin_shuffle(x, y, (I){0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30});
  T odd = __builtin_shuffle(x, y, (I){1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31});
#endif
  return even + odd;
}
