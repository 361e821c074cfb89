// Convolutions of which only the largest value of each window of 2 x 2 is kept, and their gradients (graph/pool_convolutions.hpp).
#pragma once

#include <cstdint>

#include <tenon/backend/cuda/convolve.hpp>

namespace tenon::cuda {

/// Pixels of a result in the order of its windows: number 4 w + i is pixel i, row by row, of the window w.
template <class G>
struct WindowOrder {
  static constexpr int height = nth<typename G::result, 0> / 2, width = nth<typename G::result, 1> / 2;
  long image, along[2];

  TENON_HOST_DEVICE explicit WindowOrder(long number) {
    const long which = number % 4, window = number / 4;
    along[0] = window / width % height * 2 + which / 2;
    along[1] = window % width * 2 + which % 2;
    image = window / (static_cast<long>(width) * height);
  }
};

template <class G, class Number>
struct LeftWindows {
  static constexpr bool along_k = true;
  Patches<G, Number> patches;
  TENON_HOST_DEVICE float operator()(long, long pixel, long k) const {
    const WindowOrder<G> o(pixel);
    return patches.seen(0, o.image, o.along, k);
  }
};
/// dy of the pixels in the order of their windows: zero but at the one that won.
template <class G, class Number>
struct RightWinners {
  static constexpr bool along_k = false;
  const Number* dy;  // (B, Result / 2..., Filters)
  const std::int8_t* index;
  TENON_HOST_DEVICE float operator()(long, long k, long filter) const {
    const long place = k / 4 * G::filters + filter;
    return index[place] == k % 4 ? static_cast<float>(dy[place]) : 0.f;
  }
};
/// The same, seen by a pixel of the image: k counts (tap, filter).
template <class G, class Number>
struct LeftWinners {
  static constexpr bool along_k = true;
  static constexpr int height = nth<typename G::result, 0>, width = nth<typename G::result, 1>;
  const Number* dy;
  const std::int8_t* index;
  TENON_HOST_DEVICE float operator()(long, long pixel, long k) const {
    const long place = looking_at<G>(pixel, k / G::filters);
    if (place < 0) return 0;
    const long column = place % width, row = place / width % height, image = place / (static_cast<long>(width) * height);
    const long pooled = ((image * (height / 2) + row / 2) * (width / 2) + column / 2) * G::filters + k % G::filters;
    return index[pooled] == row % 2 * 2 + column % 2 ? static_cast<float>(dy[pooled]) : 0.f;
  }
};

/// Keeps the largest of four, the first one if there are several, or the first NaN.
template <class Epilogue>
struct FinishWindow {
  static constexpr bool window = true;
  Finish<Epilogue> finish;
  std::int8_t* index;  // null: nobody asks

  TENON_HOST_DEVICE void window_of(float a, float b, float c, float d, long row, long column) const {
    const float values[4] = {a, b, c, d};
    float best = a;
    int which = 0;
    for (int i = 1; i < 4; ++i)
      if (values[i] > best || (values[i] != values[i] && best == best)) best = values[i], which = i;
    if (index != nullptr) index[row * finish.width + column] = static_cast<std::int8_t>(which);
    finish(best, row, column);
  }
};

template <class G, class E, bool Index, DType Operands>
struct CudaKernel<PooledConvolve<G, E, Index, Operands>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Number = OperandOf<Operands>;
    std::int8_t* const index = Index ? static_cast<std::int8_t*>(call.out[stores_of<E>]) : nullptr;
    run_product<G::filters>(system, 1, call.extent[0] * product_of<typename G::result>, G::filters, product_of<typename G::size> * G::channels,
                            LeftWindows<G, Number>{{static_cast<const Number*>(call.in[0])}}, RightFilters<G, Number>{static_cast<const Number*>(call.in[1])},
                            FinishWindow<E>{Finish<E>::of(call, 2, G::filters, system.noise()), index});
  }
};

template <class G, class E, DType Operands>
struct CudaKernel<PooledInputGradient<G, E, Operands>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Number = OperandOf<Operands>;
    run_product<G::channels>(system, 1, call.extent[0] * product_of<typename G::image>, G::channels, product_of<typename G::size> * G::filters,
                             LeftWinners<G, Number>{static_cast<const Number*>(call.in[0]), static_cast<const std::int8_t*>(call.in[2])},
                             RightKernelTransposed<G, Number>{static_cast<const Number*>(call.in[1])},
                             FinishGroup<E, G::channels>{Finish<E>::of(call, 3, G::channels, system.noise())});
  }
};

template <class G, DType Operands>
struct CudaKernel<PooledKernelGradient<G, Operands>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Number = OperandOf<Operands>;
    run_product<G::filters>(system, 1, product_of<typename G::size> * G::channels, G::filters, call.extent[0] * product_of<typename G::result>,
                            LeftTransposed<LeftWindows<G, Number>>{{{static_cast<const Number*>(call.in[0])}}},
                            RightWinners<G, Number>{static_cast<const Number*>(call.in[1]), static_cast<const std::int8_t*>(call.in[2])},
                            FinishGroup<NoEpilogue, G::filters>{Finish<NoEpilogue>::of(call, 2, G::filters, system.noise())});
  }
};

}  // namespace tenon::cuda
