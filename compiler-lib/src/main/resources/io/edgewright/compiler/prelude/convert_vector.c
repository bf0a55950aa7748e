// Between vectors of numbers: floats to the nearest, integers of the same width by their bits.

EW_INLINE T ew_convert_F_T(F x) {
  return __builtin_convertvector(x, T);
}
