// From conditions to floats: 1 or 0.

EW_INLINE T ew_convert_F_T(F x) {
  return __builtin_convertvector(-x, T);
}
