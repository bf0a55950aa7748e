/* The largest or smallest elements along an axis, sorted. Freestanding; needs stdint.h.
 *
 *   ew_topk_float(values, indices, input, extent, count, stride, largest);
 *
 * Reads input[i * stride] for i < extent; writes values[j * stride] and indices[j * stride] for
 * j < count <= extent, best first; of equal elements the lower index first. NaN counts as larger than
 * every number, -0 as equal to 0. One call does one line: for the last axis stride is 1, for another
 * it is the product of the extents behind it, and the caller loops over the lines.
 * Costs O(extent * log count), no scratch: the outputs are the heap.
 *
 * The same for other element types stands at the end. */
#ifndef EW_TOPK_H
#define EW_TOPK_H

/* Whether (a, i) comes before (b, j). `x != x` is what makes NaN the largest; it is never true for
 * integers. */
#define EW_TOPK(name, type)                                                                         \
  __attribute__((unused))                                                                           \
  static inline int name##_before(type a, int64_t i, type b, int64_t j, int32_t largest) {          \
    int above = (a > b) | ((a != a) & (b == b));                                                    \
    int below = (a < b) | ((b != b) & (a == a));                                                    \
    int better = largest ? above : below;                                                           \
    return better | (!(above | below) & (i < j));                                                   \
  }                                                                                                 \
  /* Lets (v, i) sink from `at`; the last to come is on top. */                                     \
  __attribute__((unused))                                                                           \
  static inline void name##_sink(type *values, int64_t *indices, int64_t size, int64_t stride,      \
                                 type v, int64_t i, int64_t at, int32_t largest) {                  \
    for (int64_t child = 2 * at + 1; child < size; child = 2 * at + 1) {                            \
      int64_t other = child + 1;                                                                    \
      if (other < size &&                                                                           \
          name##_before(values[child * stride], indices[child * stride], values[other * stride],    \
                        indices[other * stride], largest)) {                                        \
        child = other;                                                                              \
      }                                                                                             \
      if (name##_before(values[child * stride], indices[child * stride], v, i, largest)) {          \
        break;                                                                                      \
      }                                                                                             \
      values[at * stride] = values[child * stride];                                                 \
      indices[at * stride] = indices[child * stride];                                               \
      at = child;                                                                                   \
    }                                                                                               \
    values[at * stride] = v;                                                                        \
    indices[at * stride] = i;                                                                       \
  }                                                                                                 \
  __attribute__((unused))                                                                           \
  static inline void name(type *restrict values, int64_t *restrict indices,                         \
                          const type *restrict input, int64_t extent, int64_t count,                \
                          int64_t stride, int32_t largest) {                                        \
    if (count < 1) {                                                                                \
      return;                                                                                       \
    }                                                                                               \
    for (int64_t i = 0; i < count; i++) {                                                           \
      values[i * stride] = input[i * stride];                                                       \
      indices[i * stride] = i;                                                                      \
    }                                                                                               \
    for (int64_t at = count / 2 - 1; at >= 0; at--) {                                               \
      name##_sink(values, indices, count, stride, values[at * stride], indices[at * stride], at,    \
                  largest);                                                                         \
    }                                                                                               \
    for (int64_t i = count; i < extent; i++) {                                                      \
      if (name##_before(input[i * stride], i, values[0], indices[0], largest)) {                    \
        name##_sink(values, indices, count, stride, input[i * stride], i, 0, largest);              \
      }                                                                                             \
    }                                                                                               \
    for (int64_t size = count - 1; size > 0; size--) {                                              \
      type v = values[size * stride];                                                               \
      int64_t i = indices[size * stride];                                                           \
      values[size * stride] = values[0];                                                            \
      indices[size * stride] = indices[0];                                                          \
      name##_sink(values, indices, size, stride, v, i, 0, largest);                                 \
    }                                                                                               \
  }

EW_TOPK(ew_topk_float, float)
EW_TOPK(ew_topk_double, double)
#ifdef __FLT16_MAX__
EW_TOPK(ew_topk_half, _Float16)
#endif
EW_TOPK(ew_topk_int8, int8_t)
EW_TOPK(ew_topk_int16, int16_t)
EW_TOPK(ew_topk_int32, int32_t)
EW_TOPK(ew_topk_int64, int64_t)
EW_TOPK(ew_topk_uint8, uint8_t)
EW_TOPK(ew_topk_uint16, uint16_t)
EW_TOPK(ew_topk_uint32, uint32_t)
EW_TOPK(ew_topk_uint64, uint64_t)

#endif
