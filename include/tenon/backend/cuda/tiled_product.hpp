// Sums of products, a tile of the result for each block of threads.
#pragma once

#include <algorithm>

#include <tenon/backend/cuda/annotations.hpp>

namespace tenon::cuda {

/// The sizes of a product, and into how many parts its sums are cut, so that a small result with long sums occupies the whole device.
/// They depend on nothing but the sizes, so results do not depend on the device.
struct ProductSizes {
  long matrices, m, n, k, parts, k_of_part;

  static ProductSizes of(long matrices, long m, long n, long k, long tile_rows, long tile_columns) {
    constexpr long enough = 256, shortest = 128;  // blocks; terms of a sum
    const long tiles = matrices * ((m + tile_rows - 1) / tile_rows) * ((n + tile_columns - 1) / tile_columns);
    const long wanted = std::clamp(enough / std::max(1L, tiles), 1L, std::max(1L, k / shortest));
    const long k_of_part = (std::max(1L, k) + wanted * 16 - 1) / (wanted * 16) * 16;
    return {matrices, m, n, k, (std::max(1L, k) + k_of_part - 1) / k_of_part, k_of_part};
  }
  long results() const { return matrices * m * n; }
};

/// result(matrix, row, column) = sum over k of left(matrix, row, k) right(matrix, k, column), each passed to `store`, or, if the sums are
/// cut, written to `partial` (parts, matrices, m, n). Left and Right say with `along_k` in which direction neighbours lie in memory.
/// A thread computes 4 x 4 results; those of four neighbouring rows go to store.window where a store has one.
template <class Left, class Right, class Store>
struct TiledProduct {
  static constexpr int rows = 64, columns = 64, depth = 16, threads = 256;
  struct Shared {
    float left[depth][rows + 4], right[depth][columns + 4];
  };
  struct Thread {
    float sums[4][4];
  };
  ProductSizes size;
  Left left;
  Right right;
  Store store;
  float* partial;

  long blocks() const { return size.matrices * size.parts * row_tiles() * column_tiles(); }

  template <class Group>
  TENON_HOST_DEVICE void operator()(long block, Group& group, Shared& shared) const {
    const long column = block % column_tiles() * columns;
    block /= column_tiles();
    const long row = block % row_tiles() * rows;
    block /= row_tiles();
    const long part = block % size.parts, matrix = block / size.parts;
    const long begin = part * size.k_of_part, end = begin + size.k_of_part < size.k ? begin + size.k_of_part : size.k;
    for (long k = begin; k < end; k += depth) {
      group.each([&](int thread, Thread&) { load(shared, thread, matrix, row, column, k, end); });
      group.each([&](int thread, Thread& own) { multiply(shared, thread, own); });
    }
    group.each([&](int thread, Thread& own) { put(thread, own, part, matrix, row, column); });
  }

 private:
  TENON_HOST_DEVICE long row_tiles() const { return (size.m + rows - 1) / rows; }
  TENON_HOST_DEVICE long column_tiles() const { return (size.n + columns - 1) / columns; }

  /// Neighbouring threads read neighbours in memory.
  TENON_HOST_DEVICE void load(Shared& shared, int thread, long matrix, long row, long column, long k, long end) const {
    for (int i = thread; i < rows * depth; i += threads) {
      const int r = Left::along_k ? i / depth : i % rows, d = Left::along_k ? i % depth : i / rows;
      shared.left[d][r] = row + r < size.m && k + d < end ? left(matrix, row + r, k + d) : 0.f;
    }
    for (int i = thread; i < columns * depth; i += threads) {
      const int c = Right::along_k ? i / depth : i % columns, d = Right::along_k ? i % depth : i / columns;
      shared.right[d][c] = column + c < size.n && k + d < end ? right(matrix, k + d, column + c) : 0.f;
    }
  }
  TENON_HOST_DEVICE static void multiply(const Shared& shared, int thread, Thread& own) {
    const int r = thread / 16 * 4, c = thread % 16 * 4;
#if defined(__CUDA_ARCH__)
#pragma unroll
#endif
    for (int d = 0; d < depth; ++d)
      for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) own.sums[i][j] += shared.left[d][r + i] * shared.right[d][c + j];
  }
  TENON_HOST_DEVICE void put(int thread, const Thread& own, long part, long matrix, long row, long column) const {
    row += thread / 16 * 4, column += thread % 16 * 4;
    for (int j = 0; j < 4; ++j) {
      if (column + j >= size.n || row >= size.m) return;
      if constexpr (Store::window) {
        if (size.parts == 1) {
          store.window_of(own.sums[0][j], own.sums[1][j], own.sums[2][j], own.sums[3][j], row / 4, column + j);
          continue;
        }
      }
      for (int i = 0; i < 4 && row + i < size.m; ++i) {
        if (size.parts > 1) partial[((part * size.matrices + matrix) * size.m + row + i) * size.n + column + j] = own.sums[i][j];
        else if constexpr (!Store::window) store(own.sums[i][j], matrix, row + i, column + j);
      }
    }
  }
};

}  // namespace tenon::cuda
