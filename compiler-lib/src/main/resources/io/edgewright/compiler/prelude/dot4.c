// Adds to each lane the sum of four products of bytes, which lie side by side in 32 bits of x and
// of w. Bytes of w have a sign; `dot_unsigned` reads those of x without one, `dot_signed` with one.
//
// Without an instruction for it x86 multiplies neighbours of 16 bits: bytes 0 and 2, then 1 and 3.

EW_INLINE T ew_dot_unsigned_T(T sum, T x, T w) {
#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
  return __builtin_ia32_vpdpbusd128(sum, x, w);
#elif defined(__SSE2__)
  i16x8 even = (i16x8)(x & 0x00ff00ff);
  i16x8 odd = (i16x8)((U)x >> 8 & 0x00ff00ff);
  i16x8 even_w = (i16x8)((U)w << 8 & 0xff00ff00) >> 8;
  i16x8 odd_w = (i16x8)w >> 8;
  return sum + __builtin_ia32_pmaddwd128(even, even_w) + __builtin_ia32_pmaddwd128(odd, odd_w);
#else
  T first = (T)((U)x & 255) * ((T)((U)w << 24) >> 24);
  T second = (T)((U)x >> 8 & 255) * ((T)((U)w << 16) >> 24);
  T third = (T)((U)x >> 16 & 255) * ((T)((U)w << 8) >> 24);
  T fourth = (T)((U)x >> 24) * (w >> 24);
  return sum + (first + second) + (third + fourth);
#endif
}

EW_INLINE T ew_dot_signed_T(T sum, T x, T w) {
#ifdef __ARM_FEATURE_DOTPROD
  return (T)__builtin_neon_vdotq_s32((i8x16)sum, (i8x16)x, (i8x16)w, 34);
#else
  T first = ((T)((U)x << 24) >> 24) * ((T)((U)w << 24) >> 24);
  T second = ((T)((U)x << 16) >> 24) * ((T)((U)w << 16) >> 24);
  T third = ((T)((U)x << 8) >> 24) * ((T)((U)w << 8) >> 24);
  T fourth = (x >> 24) * (w >> 24);
  return sum + (first + second) + (third + fourth);
#endif
}
