// As dot.c has it, with an instruction for it. Without one x86 multiplies neighbours of 16 bits:
// bytes 0 and 2, then 1 and 3; ARM multiplies bytes to 16 bits, whose neighbours it adds up.

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
  return sum + ew_four_products_unsigned_T(x, w);
#endif
}

EW_INLINE T ew_dot_signed_T(T sum, T x, T w) {
#if defined(__ARM_FEATURE_DOTPROD)
  return (T)__builtin_neon_vdotq_s32((i8x16)sum, (i8x16)x, (i8x16)w, 34);
#elif defined(__ARM_NEON) && defined(__clang__)
  i8x8 low_x = __builtin_shufflevector((i8x16)x, (i8x16)x, 0, 1, 2, 3, 4, 5, 6, 7);
  i8x8 high_x = __builtin_shufflevector((i8x16)x, (i8x16)x, 8, 9, 10, 11, 12, 13, 14, 15);
  i8x8 low_w = __builtin_shufflevector((i8x16)w, (i8x16)w, 0, 1, 2, 3, 4, 5, 6, 7);
  i8x8 high_w = __builtin_shufflevector((i8x16)w, (i8x16)w, 8, 9, 10, 11, 12, 13, 14, 15);
  i16x8 low = __builtin_convertvector(low_x, i16x8) * __builtin_convertvector(low_w, i16x8);
  i16x8 high = __builtin_convertvector(high_x, i16x8) * __builtin_convertvector(high_w, i16x8);
  T low_pairs = (T)__builtin_neon_vpaddlq_v((i8x16)low, 34);
  T high_pairs = (T)__builtin_neon_vpaddlq_v((i8x16)high, 34);
#ifdef __aarch64__
  return sum + (T)__builtin_neon_vpaddq_v((i8x16)low_pairs, (i8x16)high_pairs, 34);
#else
  return sum + __builtin_shufflevector(low_pairs, high_pairs, 0, 2, 4, 6)
      + __builtin_shufflevector(low_pairs, high_pairs, 1, 3, 5, 7);
#endif
#else
  return sum + ew_four_products_signed_T(x, w);
#endif
}
