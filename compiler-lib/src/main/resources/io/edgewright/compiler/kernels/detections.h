/* The last step of a detector: of all boxes the best, each object once. Freestanding; needs stdint.h,
 * placement.h and boxes.h.
 *
 *   int64_t found = ew_select_detections(rows, boxes, scores, count, classes, first_class, threshold,
 *                                        overlap, across_classes, maximum, fit, width, height,
 *                                        picture_width, picture_height, scratch);
 *
 * boxes    [count, 4]: two opposite corners x, y, x, y in pixels of the width x height input
 * scores   [count, classes]; classes below first_class (the background) are never reported
 * rows     [maximum, 6]: x0, y0, x1, y1 in pixels of the picture, clipped to it, score, class; best
 *          score first, of equal scores the lower box, then the lower class; rows from `found` on are
 *          zero
 * scratch  EW_DETECTIONS_SCRATCH(count, classes, first_class, maximum) bytes at a multiple of 4
 *
 * A candidate is a box with one class whose score is `threshold` or more. Candidates are taken by
 * score; one is left out when it overlaps a taken one of its class (of any class with across_classes)
 * by an intersection over union above `overlap`, as ONNX NonMaxSuppression defines it, and when it
 * has no area inside the picture. NaN in a score or in a box never passes. Costs
 * O(count * classes + examined * (log candidates + taken)).
 *
 * Compile without -ffinite-math-only. */
#ifndef EW_DETECTIONS_H
#define EW_DETECTIONS_H

#define EW_DETECTIONS_SCRATCH(count, classes, first_class, maximum) \
  (8 * (count) * ((classes) - (first_class)) + 24 * (maximum))

static inline int64_t ew_candidates(ew_candidate *restrict heap, const float *restrict scores,
                                    int64_t count, int64_t classes, int64_t first_class,
                                    float threshold) {
  int64_t size = 0;
  for (int64_t box = 0; box < count; box++) {
    const float *row = scores + box * classes;
    int any = 0;
    for (int64_t class = first_class; class < classes; class++) {
      any |= row[class] >= threshold;
    }
    for (int64_t class = any ? first_class : classes; class < classes; class++) {
      if (row[class] >= threshold) {
        heap[size++] = (ew_candidate){row[class], (int32_t)(box * classes + class)};
      }
    }
  }
  ew_heap_order(heap, size);
  return size;
}

/* A position in the input as a position in the picture, clipped to it. */
static inline float ew_unplace(float position, int64_t offset, int64_t scaled, int64_t extent) {
  double source = ((double)position - (double)offset) * ((double)extent / (double)scaled);
  return (float)(source < 0 ? 0 : source > (double)extent ? (double)extent : source);
}

static inline int64_t ew_select_detections(float *restrict rows, const float *restrict boxes,
                                           const float *restrict scores, int64_t count,
                                           int64_t classes, int64_t first_class, float threshold,
                                           float overlap, int32_t across_classes, int64_t maximum,
                                           int32_t fit, int64_t width, int64_t height,
                                           int64_t picture_width, int64_t picture_height,
                                           void *restrict scratch) {
  ew_placement p = ew_place(fit, picture_width, picture_height, width, height);
  ew_candidate *heap = (ew_candidate *)scratch;
  ew_box *taken = (ew_box *)(heap + count * (classes - first_class));
  int64_t size = ew_candidates(heap, scores, count, classes, first_class, threshold);
  int64_t found = 0;
  while (size > 0 && found < maximum) {
    ew_candidate best = ew_heap_take(heap, &size);
    const float *corners = boxes + 4 * (best.index / classes);
    if (!(corners[0] == corners[0] && corners[1] == corners[1] && corners[2] == corners[2] &&
          corners[3] == corners[3])) {
      continue;
    }
    int32_t class = (int32_t)(best.index % classes);
    ew_box box = ew_box_between(corners[0], corners[1], corners[2], corners[3], class);
    float *row = rows + 6 * found;
    row[0] = ew_unplace(box.x0, p.left, p.width, picture_width);
    row[1] = ew_unplace(box.y0, p.top, p.height, picture_height);
    row[2] = ew_unplace(box.x1, p.left, p.width, picture_width);
    row[3] = ew_unplace(box.y1, p.top, p.height, picture_height);
    row[4] = best.score;
    row[5] = (float)box.class;
    if (row[0] < row[2] && row[1] < row[3] &&
        !ew_is_taken(&box, taken, found, overlap, across_classes)) {
      taken[found++] = box;
    }
  }
  for (int64_t i = 6 * found; i < 6 * maximum; i++) {
    rows[i] = 0;
  }
  return found;
}

#endif
