// From and to float16, always by way of float32: few processors know another.

EW_INLINE T ew_convert_F_T(F x) {
  return (T)(f32)x;
}
