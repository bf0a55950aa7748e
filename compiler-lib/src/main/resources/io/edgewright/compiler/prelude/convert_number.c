// Between integers (the low bits), to floats and between floats (the nearest).

EW_INLINE T ew_convert_F_T(F x) {
  return (T)x;
}
