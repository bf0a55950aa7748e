// From floats to uint64: toward zero; what is negative keeps its bits as an int64.

EW_INLINE T ew_convert_F_T(F x) {
  u64 half = 0x8000000000000000;
  return x >= 0x1p63f ? half + (u64)ew_convert_F_i64(x - 0x1p63f) : (u64)ew_convert_F_i64(x);
}
