#include <stdint.h>

// Which of them a function calls depends on the processor, so some may stay without a caller.
#define EW_INLINE static inline __attribute__((always_inline, unused))

typedef float f32;
typedef double f64;
#ifdef __FLT16_MAX__
typedef _Float16 f16;
#endif
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;
typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef uint8_t b8;
