// To bool: all but zero is true.

EW_INLINE T ew_convert_F_T(F x) {
  return x != 0;
}
