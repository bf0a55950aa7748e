/* A picture becomes a tensor. Freestanding; needs stdint.h and placement.h.
 *
 *   ew_image_to_tensor(out, channel_stride, row_stride, column_stride, width, height, tensor_order,
 *                      source, source_width, source_height, source_order,
 *                      fit, padding, mean, scale, scratch, row_begin, row_end);
 *
 *   out[c * channel_stride + y * row_stride + x * column_stride] = (pixel(c, y, x) - mean[c]) * scale[c]
 *
 * for all x and c and for rows row_begin <= y < row_end, so that threads can share the work. Pixels
 * are sampled bilinearly at half-pixel centres, positions clamped to the picture (ONNX Resize,
 * linear, half_pixel; OpenCV INTER_LINEAR); outside of the picture a pixel is padding[c]. `padding`,
 * `mean` and `scale` have one number a channel of the tensor.
 *
 * source   uint8, row by row, channels together; nothing outside of it is read
 * orders   EW_RGB, EW_BGR, EW_GRAY; between colour and grey it converts with the weights of BT.601
 * fit      see placement.h
 * scratch  EW_IMAGE_SCRATCH(width, source channels) bytes at a multiple of 4, one for each thread;
 *          enough for sources up to EW_LARGEST_SIDE columns wide
 *
 * A row costs the same whatever the picture shows: first the two source rows are blended, all columns
 * at once, then the columns. */
#ifndef EW_IMAGE_H
#define EW_IMAGE_H

#define EW_RGB 0
#define EW_BGR 1
#define EW_GRAY 2

#define EW_LARGEST_SIDE 4096
#define EW_IMAGE_SCRATCH(width, channels) (12 * (width) + 4 * (EW_LARGEST_SIDE * (channels) + 4) + 16)

typedef float ew_pixel __attribute__((vector_size(16), aligned(4), may_alias));

/* Where each column of the input lies in the source. */
typedef struct {
  int64_t begin, end;           /* columns of the input that the picture covers */
  int64_t first, last;          /* columns of the source that are needed */
  int32_t *left, *right;        /* source columns to blend */
  float *part;                  /* how much of the right one */
  float *row;                   /* a blended source row; row[0] is column `first` */
} ew_columns;

/* Position in the source of element `index` of a scaled axis, clamped to the source. */
static inline double ew_position(int64_t index, int64_t extent, int64_t scaled) {
  double position = ((double)index + 0.5) * ((double)extent / (double)scaled) - 0.5;
  double last = (double)(extent - 1);
  return position < 0 ? 0 : position > last ? last : position;
}

static inline int64_t ew_next(int64_t index, int64_t extent) {
  return index + 1 < extent ? index + 1 : index;
}

static inline float *ew_image_align(void *memory) {
  return (float *)(((uintptr_t)memory + 15) & ~(uintptr_t)15);
}

static inline ew_columns ew_image_columns(const ew_placement *p, int64_t width,
                                          int64_t source_width, void *scratch) {
  ew_columns c;
  c.begin = p->left > 0 ? p->left : 0;
  c.end = p->left + p->width < width ? p->left + p->width : width;
  c.left = (int32_t *)scratch;
  c.right = c.left + width;
  c.part = (float *)(c.right + width);
  c.row = ew_image_align(c.part + width);
  c.first = (int64_t)ew_position(c.begin - p->left, source_width, p->width);
  c.last = ew_next((int64_t)ew_position(c.end - 1 - p->left, source_width, p->width), source_width);
  for (int64_t x = c.begin; x < c.end; x++) {
    double position = ew_position(x - p->left, source_width, p->width);
    int64_t left = (int64_t)position;
    c.left[x] = (int32_t)(left - c.first);
    c.right[x] = (int32_t)(ew_next(left, source_width) - c.first);
    c.part[x] = (float)(position - (double)left);
  }
  return c;
}

/* row[i] = upper[i] + part * (lower[i] - upper[i]) */
static inline void ew_image_blend(float *restrict row, const uint8_t *restrict upper,
                                  const uint8_t *restrict lower, float part, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    float above = (float)upper[i];
    row[i] = above + part * ((float)lower[i] - above);
  }
}

/* Three channels to one, in place. */
static inline void ew_image_gray(float *row, int64_t count, int32_t order) {
  float red = order == EW_RGB ? 0.299f : 0.114f;
  float blue = order == EW_RGB ? 0.114f : 0.299f;
  for (int64_t x = 0; x < count; x++) {
    row[x] = red * row[3 * x] + 0.587f * row[3 * x + 1] + blue * row[3 * x + 2];
  }
}

/* One source channel to `channels` equal ones. */
static inline void ew_image_spread(float *restrict out, int64_t channel_stride, int64_t column_stride,
                                   const ew_columns *c, const float *restrict mean,
                                   const float *restrict scale, int32_t channels) {
  for (int32_t channel = 0; channel < channels; channel++) {
    float *restrict plane = out + channel * channel_stride;
    for (int64_t x = c->begin; x < c->end; x++) {
      float left = c->row[c->left[x]];
      float pixel = left + c->part[x] * (c->row[c->right[x]] - left);
      plane[x * column_stride] = (pixel - mean[channel]) * scale[channel];
    }
  }
}

/* Three source channels to three, in the source's order or reversed; a pixel is one vector. */
static inline void ew_image_color(float *restrict out, int64_t channel_stride, int64_t column_stride,
                                  const ew_columns *c, const float *restrict mean,
                                  const float *restrict scale, int reversed) {
  float *restrict plane0 = out + (reversed ? 2 * channel_stride : 0);
  float *restrict plane1 = out + channel_stride;
  float *restrict plane2 = out + (reversed ? 0 : 2 * channel_stride);
  ew_pixel mean4 = {mean[reversed ? 2 : 0], mean[1], mean[reversed ? 0 : 2], 0};
  ew_pixel scale4 = {scale[reversed ? 2 : 0], scale[1], scale[reversed ? 0 : 2], 0};
  for (int64_t x = c->begin; x < c->end; x++) {
    ew_pixel left = *(const ew_pixel *)(c->row + 3 * (int64_t)c->left[x]);
    ew_pixel right = *(const ew_pixel *)(c->row + 3 * (int64_t)c->right[x]);
    ew_pixel pixel = (left + c->part[x] * (right - left) - mean4) * scale4;
    plane0[x * column_stride] = pixel[0];
    plane1[x * column_stride] = pixel[1];
    plane2[x * column_stride] = pixel[2];
  }
}

static inline void ew_image_pad(float *restrict out, int64_t channel_stride, int64_t column_stride,
                                int64_t begin, int64_t end, const float *restrict padding,
                                const float *restrict mean, const float *restrict scale,
                                int32_t channels) {
  for (int32_t channel = 0; channel < channels; channel++) {
    float value = (padding[channel] - mean[channel]) * scale[channel];
    for (int64_t x = begin; x < end; x++) {
      out[channel * channel_stride + x * column_stride] = value;
    }
  }
}

static inline void ew_image_to_tensor(float *restrict out, int64_t channel_stride, int64_t row_stride,
                                      int64_t column_stride, int64_t width, int64_t height,
                                      int32_t tensor_order, const uint8_t *restrict source,
                                      int64_t source_width, int64_t source_height,
                                      int32_t source_order, int32_t fit,
                                      const float *restrict padding, const float *restrict mean,
                                      const float *restrict scale, void *restrict scratch,
                                      int64_t row_begin, int64_t row_end) {
  ew_placement p = ew_place(fit, source_width, source_height, width, height);
  ew_columns c = ew_image_columns(&p, width, source_width, scratch);
  int32_t channels = tensor_order == EW_GRAY ? 1 : 3;
  int64_t depth = source_order == EW_GRAY ? 1 : 3;
  int64_t count = c.last - c.first + 1;
  for (int64_t i = 0; i < 4; i++) {
    c.row[count * depth + i] = 0; /* the last pixel is read as four numbers */
  }
  for (int64_t y = row_begin; y < row_end; y++) {
    float *line = out + y * row_stride;
    if (y < p.top || y >= p.top + p.height) {
      ew_image_pad(line, channel_stride, column_stride, 0, width, padding, mean, scale, channels);
      continue;
    }
    double position = ew_position(y - p.top, source_height, p.height);
    int64_t upper = (int64_t)position;
    const uint8_t *above = source + (upper * source_width + c.first) * depth;
    const uint8_t *below =
        source + (ew_next(upper, source_height) * source_width + c.first) * depth;
    ew_image_blend(c.row, above, below, (float)(position - (double)upper), count * depth);
    if (depth == 3 && channels == 3) {
      ew_image_color(line, channel_stride, column_stride, &c, mean, scale,
                     source_order != tensor_order);
    } else {
      if (depth == 3) {
        ew_image_gray(c.row, count, source_order);
      }
      ew_image_spread(line, channel_stride, column_stride, &c, mean, scale, channels);
    }
    ew_image_pad(line, channel_stride, column_stride, 0, c.begin, padding, mean, scale, channels);
    ew_image_pad(line, channel_stride, column_stride, c.end, width, padding, mean, scale, channels);
  }
}

#endif
