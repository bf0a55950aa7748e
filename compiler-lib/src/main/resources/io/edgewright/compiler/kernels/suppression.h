/* Of boxes that overlap the best, as ONNX NonMaxSuppression says it. Freestanding; needs stdint.h and
 * boxes.h.
 *
 *   int64_t found = ew_suppress(rows, boxes, scores, batches, classes, count, room, most, overlap,
 *                               threshold, centers, scratch);
 *
 * boxes    [batches, room, 4], of which `count` are there: y, x, y, x of two opposite corners, or with
 *          `centers` x, y of the centre, width, height
 * scores   [batches, classes, room]
 * rows     batch, class, box; per class best score first, of equal scores the lower box; there is
 *          room for all that can be found
 * scratch  8 * room + 24 * min(room, most) bytes at a multiple of 4
 *
 * A box counts for a class when its score is above `threshold`; NaN never is. It is left out when a
 * better one overlaps it by an intersection over union above `overlap`, and when `most` better ones
 * of the class were kept. */
#ifndef EW_SUPPRESSION_H
#define EW_SUPPRESSION_H

static inline ew_box ew_suppression_box(const float *at, int32_t centers) {
  return centers ? ew_box_between(at[0] - at[2] / 2, at[1] - at[3] / 2, at[0] + at[2] / 2,
                                  at[1] + at[3] / 2, 0)
                 : ew_box_between(at[1], at[0], at[3], at[2], 0);
}

static inline int64_t ew_suppress(int64_t *restrict rows, const float *restrict boxes,
                                  const float *restrict scores, int64_t batches, int64_t classes,
                                  int64_t count, int64_t room, int64_t most, float overlap,
                                  float threshold, int32_t centers, void *restrict scratch) {
  ew_candidate *heap = (ew_candidate *)scratch;
  ew_box *taken = (ew_box *)(heap + room);
  int64_t found = 0;
  for (int64_t line = 0; line < batches * classes; line++) {
    int64_t size = 0;
    for (int64_t box = 0; box < count; box++) {
      float score = scores[line * room + box];
      if (score > threshold) {
        heap[size++] = (ew_candidate){score, (int32_t)box};
      }
    }
    ew_heap_order(heap, size);
    for (int64_t kept = 0; size > 0 && kept < most;) {
      int64_t index = ew_heap_take(heap, &size).index;
      ew_box box = ew_suppression_box(boxes + 4 * (line / classes * room + index), centers);
      if (!ew_is_taken(&box, taken, kept, overlap, 1)) {
        taken[kept++] = box;
        int64_t *row = rows + 3 * found++;
        row[0] = line / classes;
        row[1] = line % classes;
        row[2] = index;
      }
    }
  }
  return found;
}

#endif
