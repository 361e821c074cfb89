// Pooling: the largest or the average value of each window, and the gradients.
#pragma once

#include <tenon/backend/cuda/kernel.hpp>
#include <tenon/backend/cuda/positions.hpp>

namespace tenon::cuda {

/// Calls f(place) for every pixel of the image (of those in `image`, channel by channel) that the window at `o` sees.
template <class G, class F>
TENON_HOST_DEVICE void each_in_window(long image, const long* o, F f) {
  for (int k = 0; k < product_of<typename G::size>; ++k) {
    Pixel<typename G::size> tap;
    tap.take_from(k);
    long place = image;
    if (forward<G>(o, tap.along, place, std::make_integer_sequence<int, G::rank>{})) f(place);
  }
}

/// The place of the first largest element under the window, or of the first NaN; count: how many the window sees.
template <class G>
TENON_HOST_DEVICE long place_of_largest(const float* x, long image, const long* o, long channel) {
  long best = -1;
  float largest = 0;
  each_in_window<G>(image, o, [&](long place) {
    const float value = x[place * G::channels + channel];
    if (best < 0 || value > largest || (value != value && largest == largest)) best = place, largest = value;
  });
  return best;
}
template <class G>
TENON_HOST_DEVICE long pixels_in_window(long image, const long* o) {
  long count = 0;
  each_in_window<G>(image, o, [&](long) { ++count; });
  return count;
}

/// One number of the pooled image.
template <Op What, class G>
struct PoolBody {
  const float *x, *carried;
  float* y;

  TENON_HOST_DEVICE void operator()(long i) const {
    const long channel = i % G::channels;
    Pixel<typename G::result> o;
    const long image = o.take_from(i / G::channels);
    if constexpr (What == Op::average_pool) {
      float sum = 0;
      long count = 0;
      each_in_window<G>(image, o.along, [&](long place) { sum += x[place * G::channels + channel], ++count; });
      y[i] = sum / static_cast<float>(count);
    } else {
      y[i] = carried[place_of_largest<G>(x, image, o.along, channel) * G::channels + channel];
    }
  }
};

/// One number of the gradient of the image: what the windows that see it pass on, in their order.
template <Op What, class G>
struct PoolGradientBody {
  const float *x, *dy;
  float* dx;

  TENON_HOST_DEVICE void operator()(long i) const {
    const long channel = i % G::channels, here = i / G::channels;
    Pixel<typename G::image> p;
    const long image = p.take_from(here);
    float sum = 0;
    for (int k = product_of<typename G::size> - 1; k >= 0; --k) {  // the last tap belongs to the first window
      Pixel<typename G::size> tap;
      tap.take_from(k);
      long window = image;
      if (!backward<G>(p.along, tap.along, window, std::make_integer_sequence<int, G::rank>{})) continue;
      Pixel<typename G::result> o;
      o.take_from(window);
      const float d = dy[window * G::channels + channel];
      if constexpr (What == Op::average_pool_gradient) sum += d / static_cast<float>(pixels_in_window<G>(image, o.along));
      else if (place_of_largest<G>(x, image, o.along, channel) == here) sum += d;
    }
    dx[i] = sum;
  }
};

template <Op What, class G>
struct CudaKernel<tenon::Pool<What, G>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    const auto* const a = static_cast<const float*>(call.in[0]);
    auto* const out = static_cast<float*>(call.out[0]);
    const long images = call.extent[0] * G::channels;
    if constexpr (What == Op::max_pool || What == Op::average_pool) system.each(images * product_of<typename G::result>, PoolBody<What, G>{a, a, out});
    else if constexpr (What == Op::max_pool_gather) system.each(images * product_of<typename G::result>, PoolBody<What, G>{a, static_cast<const float*>(call.in[1]), out});
    else if constexpr (What == Op::max_pool_scatter) system.each(images * product_of<typename G::image>, PoolGradientBody<What, G>{a, static_cast<const float*>(call.in[1]), out});
    else system.each(images * product_of<typename G::image>, PoolGradientBody<What, G>{nullptr, a, out});
  }
};

}  // namespace tenon::cuda
