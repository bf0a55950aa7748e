// From floats to integers: toward zero, within 64 bits, then the low bits; NaN gives 0. Where
// registers have 32 bits, numbers that fit them are spared the way through 64.

EW_INLINE T ew_convert_F_T(F x) {
#if __SIZEOF_POINTER__ == 4
  if (x > -0x1p31f && x < 0x1p31f) return (T)(i32)x;
#endif
  i64 largest = 0x7fffffffffffffff;
  i64 whole = x < 0x1p63f ? x >= -0x1p63f ? (i64)x : -largest - 1 : largest;
  return x == x ? (T)whole : 0;
}
