/* Where a picture lies in the network's input. Freestanding; needs stdint.h.
 *
 *   ew_placement p = ew_place(fit, source_width, source_height, width, height);
 *
 * The picture is scaled to p.width x p.height and put with its upper left corner at column p.left and
 * row p.top of the width x height input (negative where a crop cuts it off). All numbers are exact:
 * whoever computes them, in whatever language, gets the same. Extents are 1 or more, below 2^20. */
#ifndef EW_PLACEMENT_H
#define EW_PLACEMENT_H

#define EW_FIT_STRETCH 0            /* both axes to fit exactly */
#define EW_FIT_LETTERBOX 1          /* evenly until it fits, in the middle */
#define EW_FIT_LETTERBOX_TOP_LEFT 2 /* evenly until it fits, in the corner */
#define EW_FIT_CENTER_CROP 3        /* evenly until it covers, the middle is kept */

typedef struct {
  int64_t width, height, left, top;
} ew_placement;

/* extent * to / from, rounded half up, 1 at least. */
static inline int64_t ew_scaled(int64_t extent, int64_t to, int64_t from) {
  int64_t scaled = (2 * extent * to + from) / (2 * from);
  return scaled < 1 ? 1 : scaled;
}

/* Half of a difference of any sign, rounded down. */
static inline int64_t ew_half(int64_t difference) {
  return difference >= 0 ? difference / 2 : -((1 - difference) / 2);
}

static inline ew_placement ew_place(int32_t fit, int64_t source_width, int64_t source_height,
                                    int64_t width, int64_t height) {
  ew_placement p = {width, height, 0, 0};
  if (fit == EW_FIT_STRETCH) {
    return p;
  }
  int wider = source_width * height >= source_height * width; /* than the input, in proportion */
  if (wider == (fit != EW_FIT_CENTER_CROP)) {
    p.height = ew_scaled(source_height, width, source_width);
  } else {
    p.width = ew_scaled(source_width, height, source_height);
  }
  if (fit != EW_FIT_LETTERBOX_TOP_LEFT) {
    p.left = ew_half(width - p.width);
    p.top = ew_half(height - p.height);
  }
  return p;
}

#endif
