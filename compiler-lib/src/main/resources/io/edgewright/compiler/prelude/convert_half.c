// From and to float16, always by way of float32: few processors know another. On Helium clang 20 must
// not see through: it fails on the sign of a float16 as an integer, which it derives.

EW_INLINE T ew_convert_F_T(F x) {
  f32 single = (f32)x;
#ifdef __ARM_FEATURE_MVE
  __asm__("" : "+t"(single));
#endif
  return (T)single;
}
