// Runs sums of products: in tiles, or, for results of few columns, one by one.
#pragma once

#include <tenon/backend/cuda/tiled_product.hpp>

namespace tenon::cuda {

/// Joins the parts of the sums, in order, and passes the results on.
template <class Store>
struct JoinParts {
  ProductSizes size;
  Store store;
  const float* partial;

  TENON_HOST_DEVICE void operator()(long i) const {
    const long column = i % size.n;
    i /= size.n;
    if constexpr (Store::window) {  // there is one matrix
      store.window_of(sum(4 * i, column), sum(4 * i + 1, column), sum(4 * i + 2, column), sum(4 * i + 3, column), i, column);
    } else {
      store(sum(i, column), i / size.m, i % size.m, column);
    }
  }

 private:
  TENON_HOST_DEVICE float sum(long row, long column) const {
    float total = 0;
    for (long part = 0; part < size.parts; ++part) total += partial[(part * size.matrices * size.m + row) * size.n + column];
    return total;
  }
};

/// One number of the result, or of a part of it, for each thread.
template <class Left, class Right, class Store>
struct SingleProduct {
  ProductSizes size;
  Left left;
  Right right;
  Store store;
  float* partial;

  TENON_HOST_DEVICE void operator()(long i) const {
    const long place = i, column = i % size.n;
    i /= size.n;
    const long row = i % size.m;
    i /= size.m;
    const long matrix = i % size.matrices, part = i / size.matrices;
    const long begin = part * size.k_of_part, end = begin + size.k_of_part < size.k ? begin + size.k_of_part : size.k;
    float sum = 0;
    for (long k = begin; k < end; ++k) sum += left(matrix, row, k) * right(matrix, k, column);
    if (size.parts > 1) partial[place] = sum;
    else store(sum, matrix, row, column);
  }
};

/// store(sum, matrix, row, column) for every number of the result. Columns: how many it has, if that is known while compiling, else -1.
template <int Columns, class System, class Left, class Right, class Store>
void run_product(System& system, long matrices, long m, long n, long k, const Left& left, const Right& right, const Store& store) {
  constexpr bool few = Columns > 0 && Columns <= 8 && !Store::window;
  using Body = std::conditional_t<few, SingleProduct<Left, Right, Store>, TiledProduct<Left, Right, Store>>;
  const ProductSizes size = few ? ProductSizes::of(matrices, m, n, k, 256 / Columns, Columns) : ProductSizes::of(matrices, m, n, k, 64, 64);
  if (size.results() == 0) return;
  float* const partial = size.parts > 1 ? static_cast<float*>(system.room(size.parts * size.results() * 4)) : nullptr;
  const Body body{size, left, right, store, partial};
  if constexpr (few) system.each(size.parts * size.results(), body);
  else system.blocks(body.blocks(), body);
  if (size.parts > 1) system.each(Store::window ? size.results() / 4 : size.results(), JoinParts<Store>{size, store, partial});
}

}  // namespace tenon::cuda
