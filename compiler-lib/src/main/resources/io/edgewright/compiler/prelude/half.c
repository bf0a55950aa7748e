// Where the processor cannot convert float16, the compiler calls these two by their names.
#if defined(__arm__) && !(__ARM_FP & 2)
#define EW_HALF_TO_FLOAT __attribute__((used, pcs("aapcs"))) static float __gnu_h2f_ieee
#define EW_FLOAT_TO_HALF __attribute__((used, pcs("aapcs"))) static uint16_t __gnu_f2h_ieee
typedef uint16_t ew_half_argument;
#elif defined(__x86_64__) && !defined(__F16C__) || defined(__riscv) && !defined(__riscv_zfhmin)
#define EW_HALF_TO_FLOAT __attribute__((used)) static float __extendhfsf2
#define EW_FLOAT_TO_HALF __attribute__((used)) static _Float16 __truncsfhf2
typedef _Float16 ew_half_argument;
#endif
#ifdef EW_HALF_TO_FLOAT
EW_HALF_TO_FLOAT(ew_half_argument x) {
  union { ew_half_argument number; uint16_t bits; } half = {x};
  union { uint32_t bits; float number; } single = {(uint32_t)(half.bits & 0x7fff) << 13};
  single.number *= 0x1p112f;
  if ((half.bits & 0x7c00) == 0x7c00) {
    single.bits |= 0x7f800000;
  }
  single.bits |= (uint32_t)(half.bits & 0x8000) << 16;
  return single.number;
}

// To the nearest, ties to even. Below the smallest normal number adding 1/2 rounds.
EW_FLOAT_TO_HALF(float x) {
  union { float number; uint32_t bits; } single = {x};
  uint32_t sign = single.bits >> 16 & 0x8000;
  single.bits &= 0x7fffffff;
  uint32_t bits = 0x7c00;
  if (single.bits > 0x7f800000) {
    bits = 0x7e00;
  } else if (single.bits < 0x38800000) {
    single.number += 0.5f;
    bits = single.bits - 0x3f000000;
  } else if (single.bits < 0x477ff000) {
    bits = (single.bits + 0xfff + (single.bits >> 13 & 1) - 0x38000000) >> 13;
  }
  union { uint16_t bits; ew_half_argument number; } half = {(uint16_t)(bits | sign)};
  return half.number;
}
#endif

