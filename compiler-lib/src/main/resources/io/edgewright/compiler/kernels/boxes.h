/* Boxes with scores: a heap of candidates, and who overlaps whom. Freestanding; needs stdint.h. Compile
 * without -ffinite-math-only: NaN in a box overlaps nothing. */
#ifndef EW_BOXES_H
#define EW_BOXES_H

typedef struct {
  float score;
  int32_t index; /* box * classes + class */
} ew_candidate;

typedef struct {
  float x0, y0, x1, y1, area;
  int32_t class;
} ew_box;

static inline int ew_is_better(ew_candidate a, ew_candidate b) {
  return a.score > b.score || (a.score == b.score && a.index < b.index);
}

/* Lets heap[at] sink to its place; the best candidate is on top. */
static inline void ew_heap_sink(ew_candidate *heap, int64_t size, int64_t at) {
  ew_candidate sinking = heap[at];
  for (int64_t child = 2 * at + 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && ew_is_better(heap[child + 1], heap[child])) {
      child++;
    }
    if (!ew_is_better(heap[child], sinking)) {
      break;
    }
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = sinking;
}

static inline void ew_heap_order(ew_candidate *heap, int64_t size) {
  for (int64_t at = size / 2 - 1; at >= 0; at--) {
    ew_heap_sink(heap, size, at);
  }
}

/* Takes the best one out. */
static inline ew_candidate ew_heap_take(ew_candidate *heap, int64_t *size) {
  ew_candidate best = heap[0];
  heap[0] = heap[--*size];
  ew_heap_sink(heap, *size, 0);
  return best;
}

static inline ew_box ew_box_between(float ax, float ay, float bx, float by, int32_t class) {
  ew_box box = {ax < bx ? ax : bx, ay < by ? ay : by, ax < bx ? bx : ax, ay < by ? by : ay, 0, class};
  box.area = (box.x1 - box.x0) * (box.y1 - box.y0);
  return box;
}

static inline int ew_overlap(const ew_box *a, const ew_box *b, float most) {
  float x0 = a->x0 > b->x0 ? a->x0 : b->x0, x1 = a->x1 < b->x1 ? a->x1 : b->x1;
  float y0 = a->y0 > b->y0 ? a->y0 : b->y0, y1 = a->y1 < b->y1 ? a->y1 : b->y1;
  float width = x1 - x0, height = y1 - y0;
  if (!(width > 0) || !(height > 0)) {
    return 0;
  }
  float common = width * height;
  return common / (a->area + b->area - common) > most;
}

static inline int ew_is_taken(const ew_box *box, const ew_box *taken, int64_t found, float overlap,
                              int32_t across_classes) {
  for (int64_t i = 0; i < found; i++) {
    if ((across_classes || taken[i].class == box->class) && ew_overlap(box, &taken[i], overlap)) {
      return 1;
    }
  }
  return 0;
}

#endif
