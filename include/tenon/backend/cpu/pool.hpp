// Pooling: the largest or the average value of each window, and the gradients.
#pragma once

#include <algorithm>

#include <tenon/backend/cpu/exceeds.hpp>
#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/window.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The part of a window that lies inside of its image.
struct Inside {
  long begin[3], end[3];

  long count() const { return (end[0] - begin[0]) * (end[1] - begin[1]) * (end[2] - begin[2]); }
  /// Calls f(offset, number) for each pixel.
  template <class F>
  [[gnu::always_inline]] void each(const Windows& w, const F& f) const {
    int number = 0;
    for (long z = begin[0]; z < end[0]; ++z)
      for (long y = begin[1]; y < end[1]; ++y)
        for (long x = begin[2]; x < end[2]; ++x) f(((z * w.axis[1].image + y) * w.axis[2].image + x) * w.channels, number++);
  }
};

/// Calls f(window, pixel) for each pixel of the result.
template <class F>
[[gnu::always_inline]] inline void each_window(const Windows& w, const F& f) {
  Inside in{};
  const auto along = [&](int axis, long i) {
    const Axis& a = w.axis[axis];
    in.begin[axis] = std::max(0L, i * a.stride - a.low);
    in.end[axis] = std::max(in.begin[axis], std::min(a.image, i * a.stride - a.low + a.size));
  };
  long pixel = 0;
  for (long z = 0; z < w.axis[0].result; ++z) {
    along(0, z);
    for (long y = 0; y < w.axis[1].result; ++y) {
      along(1, y);
      for (long x = 0; x < w.axis[2].result; ++x) along(2, x), f(in, pixel++ * w.channels);
    }
  }
}

/// The values of each window's largest element, or, with a payload, what lies in the same place of the payload.
template <class T>
void max_pool(const Windows& w, const T* x, const T* payload, T* y) {
  each_window(w, [&](const Inside& in, long to) __attribute__((always_inline)) {
    for (long c = 0; c < w.channels; c += lanes<T>) {
      const First<T> first(w.channels - c);
      Vector<T> best(T(0)), carried(T(0));
      in.each(w, [&](long at, int number) __attribute__((always_inline)) {
        const Vector<T> value = load(x + at + c, first);
        if (number == 0) best = value;
        const auto better = exceeds<T>(value, best);
        best = choose<T>(better, value, best);
        if (payload == nullptr) return;
        const Vector<T> other = load(payload + at + c, first);
        carried = number == 0 ? other : choose<T>(better, other, carried);
      });
      save(y + to + c, payload == nullptr ? best : carried, first);
    }
  });
}

/// dx = dy added at the place of each window's largest element.
template <class T>
void max_pool_scatter(const Windows& w, const T* x, const T* dy, T* dx) {
  std::fill_n(dx, w.image() * w.channels, T(0));
  each_window(w, [&](const Inside& in, long from) __attribute__((always_inline)) {
    for (long c = 0; c < w.channels; c += lanes<T>) {
      const First<T> first(w.channels - c);
      Vector<T> best(T(0)), place(T(0));
      in.each(w, [&](long at, int number) __attribute__((always_inline)) {
        const Vector<T> value = load(x + at + c, first);
        if (number == 0) best = value;
        const auto better = exceeds<T>(value, best);
        best = choose<T>(better, value, best);
        place = choose<T>(better, Vector<T>(static_cast<T>(number)), place);
      });
      const Vector<T> d = load(dy + from + c, first);
      in.each(w, [&](long at, int number) __attribute__((always_inline)) {
        const Vector<T> share = choose<T>(place == Vector<T>(static_cast<T>(number)), d, Vector<T>(T(0)));
        save(dx + at + c, load(dx + at + c, first) + share, first);
      });
    }
  });
}

template <class T>
void average_pool(const Windows& w, const T* x, T* y) {
  each_window(w, [&](const Inside& in, long to) __attribute__((always_inline)) {
    const Vector<T> count(static_cast<T>(in.count()));
    for (long c = 0; c < w.channels; c += lanes<T>) {
      const First<T> first(w.channels - c);
      Vector<T> sum(T(0));
      in.each(w, [&](long at, int) __attribute__((always_inline)) { sum = sum + load(x + at + c, first); });
      save(y + to + c, quotient<T>(sum, count), first);
    }
  });
}

template <class T>
void average_pool_gradient(const Windows& w, const T* dy, T* dx) {
  std::fill_n(dx, w.image() * w.channels, T(0));
  each_window(w, [&](const Inside& in, long from) __attribute__((always_inline)) {
    const Vector<T> count(static_cast<T>(in.count()));
    for (long c = 0; c < w.channels; c += lanes<T>) {
      const First<T> first(w.channels - c);
      const Vector<T> share = quotient<T>(load(dy + from + c, first), count);
      in.each(w, [&](long at, int) __attribute__((always_inline)) { save(dx + at + c, load(dx + at + c, first) + share, first); });
    }
  });
}

template <class T, Op What, class G>
struct CpuKernel<T, Pool<What, G>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    constexpr long image = w.image() * w.channels, result = w.result() * w.channels;
    const double work = static_cast<double>(call.extent[0] * w.result()) * static_cast<double>(w.taps() * 4 * ((w.channels + lanes<T> - 1) / lanes<T>));
    parallel_for(call.extent[0], work, [&](long sample) {
      const T* in = static_cast<const T*>(call.in[0]);
      const T* other = What == Op::max_pool_gather || What == Op::max_pool_scatter ? static_cast<const T*>(call.in[1]) : nullptr;
      T* out = static_cast<T*>(call.out[0]);
      if constexpr (What == Op::max_pool) max_pool(w, in + sample * image, other, out + sample * result);
      if constexpr (What == Op::max_pool_gather) max_pool(w, in + sample * image, other + sample * image, out + sample * result);
      if constexpr (What == Op::max_pool_scatter) max_pool_scatter(w, in + sample * image, other + sample * result, out + sample * image);
      if constexpr (What == Op::average_pool) average_pool(w, in + sample * image, out + sample * result);
      if constexpr (What == Op::average_pool_gradient) average_pool_gradient(w, in + sample * result, out + sample * image);
    });
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
