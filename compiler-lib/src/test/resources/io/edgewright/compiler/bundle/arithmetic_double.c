/* The double precision that some cores lack, beside that of the processor which runs the test. */
#define EW_RUN_TIME static
#include "arithmetic_double.h"

static int same(double x, double y) { return bits_of(x) == bits_of(y) || (x != x && y != y); }

static double within(double x, double least, double most) {
  if (x != x) return 0;
  return x < least ? least : x > most ? most : x;
}

static float single_of(uint32_t bits) {
  union { uint32_t bits; float value; } both = {bits};
  return both.value;
}

/* A bit for every function that gives something else. */
__attribute__((visibility("default"))) uint32_t wrong(double x, double y) {
  uint32_t low = (uint32_t)bits_of(x);
  int right[] = {
      same(__aeabi_dadd(x, y), x + y),
      same(__aeabi_dsub(x, y), x - y),
      same(__aeabi_drsub(x, y), y - x),
      same(__aeabi_dmul(x, y), x * y),
      same(__aeabi_ddiv(x, y), x / y),
      same(sqrt(x), __builtin_elementwise_sqrt(x)),
      __aeabi_dcmpeq(x, y) == (x == y),
      __aeabi_dcmplt(x, y) == (x < y),
      __aeabi_dcmple(x, y) == (x <= y),
      __aeabi_dcmpgt(x, y) == (x > y),
      __aeabi_dcmpge(x, y) == (x >= y),
      __aeabi_dcmpun(x, y) == (x != x || y != y),
      __aeabi_d2iz(x) == (int32_t)within(x, INT32_MIN, INT32_MAX),
      __aeabi_d2uiz(x) == (uint32_t)within(x, 0, UINT32_MAX),
      same(__aeabi_d2f(x), (float)x),
      same(__aeabi_f2d((float)x), (float)x),
      same(__aeabi_f2d(single_of(low)), single_of(low)),
      same(__aeabi_i2d((int32_t)low), (int32_t)low),
      same(__aeabi_ui2d(low), low),
  };
  uint32_t bits = 0;
  for (unsigned i = 0; i < sizeof right / sizeof *right; i++) bits |= (uint32_t)!right[i] << i;
  return bits;
}
