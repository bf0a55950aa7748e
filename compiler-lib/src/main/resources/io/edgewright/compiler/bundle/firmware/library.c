/* The network, and what clang may call on its own, in one piece: nothing but the interface is visible
 * outside, so the firmware keeps its own memcpy. What is not called is left out when sections are
 * collected. */
#define EW_RUN_TIME __attribute__((used)) static
#include "firmware/memory_eabi.h"
#if !(__ARM_FP & 8)
#include "runner/arithmetic_double.h"
#endif
#include "runner/arithmetic_arm.h"
#include "model.c"
