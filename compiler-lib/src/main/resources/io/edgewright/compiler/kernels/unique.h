/* The rows of a table, each once. Freestanding; needs stdint.h.
 *
 *   int64_t found = ew_unique_float(values, first, inverse, counts, input, rows, width, sorted, scratch);
 *
 * input    [rows, width]
 * values   [found, width]: sorted, or in the order in which they occur first
 * first    [found]: the row of the input where each occurs first
 * inverse  [rows]: which of the values each row is
 * counts   [found]: how often each occurs
 * scratch  2 * rows numbers
 *
 * All NaN are one value, the largest; -0 is 0. Costs O(rows * (log rows + width)). */
#ifndef EW_UNIQUE_H
#define EW_UNIQUE_H

#define EW_UNIQUE(name, type)                                                                       \
  /* Order of two rows; NaN is the largest, -0 equals 0. */                                         \
  static inline int name##_order(const type *a, const type *b, int64_t width) {                     \
    for (int64_t i = 0; i < width; i++) {                                                           \
      int above = (a[i] > b[i]) | ((a[i] != a[i]) & (b[i] == b[i]));                                \
      int below = (a[i] < b[i]) | ((b[i] != b[i]) & (a[i] == a[i]));                                \
      if (above | below) {                                                                          \
        return above - below;                                                                       \
      }                                                                                             \
    }                                                                                               \
    return 0;                                                                                       \
  }                                                                                                 \
  static inline int name##_after(const type *input, int64_t width, int64_t a, int64_t b) {          \
    int order = name##_order(input + a * width, input + b * width, width);                          \
    return order > 0 || (order == 0 && a > b);                                                      \
  }                                                                                                 \
  /* Lets `row` sink from `at`; the last in order is on top. */                                     \
  static inline void name##_sink(const type *input, int64_t width, int64_t *heap, int64_t size,     \
                               int64_t row, int64_t at) {                                           \
    for (int64_t child = 2 * at + 1; child < size; child = 2 * at + 1) {                            \
      if (child + 1 < size && name##_after(input, width, heap[child + 1], heap[child])) {           \
        child++;                                                                                    \
      }                                                                                             \
      if (!name##_after(input, width, heap[child], row)) {                                          \
        break;                                                                                      \
      }                                                                                             \
      heap[at] = heap[child];                                                                       \
      at = child;                                                                                   \
    }                                                                                               \
    heap[at] = row;                                                                                 \
  }                                                                                                 \
  static inline int64_t name(type *restrict values, int64_t *restrict first,                        \
                             int64_t *restrict inverse, int64_t *restrict counts,                   \
                             const type *restrict input, int64_t rows, int64_t width,               \
                             int32_t sorted, int64_t *restrict scratch) {                           \
    int64_t *order = scratch, *number = scratch + rows, groups = 0, found = 0;                      \
    for (int64_t i = 0; i < rows; i++) {                                                            \
      order[i] = i;                                                                                 \
    }                                                                                               \
    for (int64_t at = rows / 2 - 1; at >= 0; at--) {                                                \
      name##_sink(input, width, order, rows, order[at], at);                                        \
    }                                                                                               \
    for (int64_t size = rows - 1; size > 0; size--) {                                               \
      int64_t row = order[size];                                                                    \
      order[size] = order[0];                                                                       \
      name##_sink(input, width, order, size, row, 0);                                               \
    }                                                                                               \
    for (int64_t i = 0; i < rows; i++) {                                                            \
      int64_t row = order[i];                                                                       \
      if (i == 0 || name##_order(input + order[i - 1] * width, input + row * width, width) != 0) {  \
        number[groups] = sorted ? groups : -1;                                                      \
        groups++;                                                                                   \
      }                                                                                             \
      inverse[row] = groups - 1;                                                                    \
    }                                                                                               \
    for (int64_t group = 0; group < groups; group++) {                                              \
      counts[group] = 0;                                                                            \
    }                                                                                               \
    for (int64_t row = 0; row < rows; row++) {                                                      \
      int64_t group = inverse[row];                                                                 \
      if (number[group] < 0) {                                                                      \
        number[group] = found;                                                                      \
      }                                                                                             \
      int64_t place = number[group];                                                                \
      inverse[row] = place;                                                                         \
      if (counts[place]++ == 0) {                                                                   \
        found++;                                                                                    \
        first[place] = row;                                                                         \
        for (int64_t i = 0; i < width; i++) {                                                       \
          values[place * width + i] = input[row * width + i];                                       \
        }                                                                                           \
      }                                                                                             \
    }                                                                                               \
    return groups;                                                                                  \
  }

EW_UNIQUE(ew_unique_float, float)
EW_UNIQUE(ew_unique_double, double)
#ifdef __FLT16_MAX__
EW_UNIQUE(ew_unique_half, _Float16)
#endif
EW_UNIQUE(ew_unique_int8, int8_t)
EW_UNIQUE(ew_unique_int16, int16_t)
EW_UNIQUE(ew_unique_int32, int32_t)
EW_UNIQUE(ew_unique_int64, int64_t)
EW_UNIQUE(ew_unique_uint8, uint8_t)
EW_UNIQUE(ew_unique_uint16, uint16_t)
EW_UNIQUE(ew_unique_uint32, uint32_t)
EW_UNIQUE(ew_unique_uint64, uint64_t)

#endif
