// Convolutions and their gradients with respect to the input.
#pragma once

#include <tenon/backend/cpu/correlate.hpp>
#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/narrow_input_gradient.hpp>
#include <tenon/backend/cpu/strided_input_gradient.hpp>
#include <tenon/backend/cpu/widened.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// kernel (taps, channels / groups, filters) → (taps in reverse, filters / groups, channels).
template <class T>
void reverse_kernel(T* to, const T* kernel, const Windows& w) {
  const long taps = w.taps(), in = w.group_channels(), out = w.group_filters();
  for (long tap = 0; tap < taps; ++tap)
    for (long g = 0; g < w.groups; ++g)
      for (long f = 0; f < out; ++f)
        for (long c = 0; c < in; ++c) to[((taps - 1 - tap) * out + f) * w.channels + g * in + c] = kernel[(tap * in + c) * w.filters + g * out + f];
}

template <class Epilogue, class T, class Operand>
void correlate_into(Correlation<T, Operand>& p, const KernelCall& call) {
  p.finish = &Finish<T, Epilogue>::run;
  if constexpr (is_direct<Epilogue>) p.direct = static_cast<T*>(call.out[0]);
  correlate(p);
}

/// The convolution of call.in[0] with call.in[1].
template <class T, class Operand>
Correlation<T, Operand> correlation(const Windows& w, const KernelCall& call) {
  Correlation<T, Operand> p;
  p.w = w;
  p.border = !fits(w);
  p.b = p.border ? bordered(w) : unbordered(w);
  p.x = static_cast<const Operand*>(call.in[0]);
  p.kernel = static_cast<const Operand*>(call.in[1]);
  p.call = &call;
  p.batch = call.extent[0];
  for (int i = 0; i < 3; ++i) p.image[i] = w.axis[i].image;
  return p;
}

template <class T, class G, class Epilogue, DType Operands>
struct CpuKernel<T, Convolve<G, Epilogue, Operands>> {
  static void run(const KernelCall& call) {
    using Operand = operand_of<T, Operands>;
    static constexpr Windows w = windows_of<G>();
    if constexpr (is_widened<T, Operand> || (is_depthwise(w) && !std::is_same_v<T, Operand>)) {
      run_widened<T, Convolve<G, Epilogue>, 2 + extra_of<Epilogue>>(call, call.extent[0] * w.image() * w.channels, w.kernel());
    } else {
      Correlation<T, Operand> p = correlation<T, Operand>(w, call);
      correlate_into<Epilogue>(p, call);
    }
  }
};

/// Without strides the gradient is a convolution of dy with the reversed kernel.
template <class T, class G, class Epilogue, DType Operands>
struct CpuKernel<T, ConvolveInputGradient<G, Epilogue, Operands>> {
  static void run(const KernelCall& call) {
    using Operand = operand_of<T, Operands>;
    static constexpr Windows w = windows_of<G>(), reversed = reverse(w);
    constexpr bool strided = w.axis[0].stride * w.axis[1].stride * w.axis[2].stride > 1;
    constexpr bool narrow = has_few_channels<T>(w);
    if constexpr (is_widened<T, Operand> || ((strided || narrow || is_depthwise(w)) && !std::is_same_v<T, Operand>)) {
      run_widened<T, ConvolveInputGradient<G, Epilogue>, 2 + extra_of<Epilogue>>(call, call.extent[0] * w.result() * w.filters, w.kernel());
    } else if constexpr (narrow) {
      narrow_input_gradient<T, Epilogue>({w, static_cast<const T*>(call.in[0]), static_cast<const T*>(call.in[1])}, call);
    } else if constexpr (strided) {
      strided_input_gradient<T, G>(static_cast<const T*>(call.in[0]), static_cast<const T*>(call.in[1]), call, &Finish<T, Epilogue>::run);
    } else {
      Operand* kernel = scratch<Operand, Slot::aside>(w.taps() * w.channels * w.group_filters());
      reverse_kernel(kernel, static_cast<const Operand*>(call.in[1]), w);
      Correlation<T, Operand> p = correlation<T, Operand>(reversed, call);
      p.kernel = kernel;
      correlate_into<Epilogue>(p, call);
    }
  }

 private:
  static constexpr Windows reverse(Windows w) {
    for (Axis& a : w.axis) a = {a.result, a.image, a.size, 1, (a.size - 1) * a.dilation - a.low, a.dilation};
    return {{w.axis[0], w.axis[1], w.axis[2]}, w.filters, w.channels, w.groups};
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
