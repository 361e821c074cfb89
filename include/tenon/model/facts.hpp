// What is known of a model before it runs.
#pragma once

#include <tenon/model/description.hpp>

namespace tenon {

namespace detail {

/// Floating-point operations of one node for one sample.
template <Sizes S>
constexpr long operations(const FrozenGraph<S>& graph, const Node& v) {
  const auto shape = [&](int k) { return graph.nodes[v.in[k]].shape; };
  const long size = v.shape.elements();
  if (is_elementwise(v.op)) return v.op == Op::stop_gradient ? 0 : size;
  if (is_reduction(v.op)) return shape(0).elements();
  switch (v.op) {
    case Op::matmul: return 2 * size * (v.axis & Transposed::left ? shape(0)[-2] : shape(0)[-1]);
    case Op::convolve: return 2 * size * (shape(1).elements() / shape(1).back());
    case Op::max_pool:
    case Op::average_pool: {
      long window = 1;
      for (int i = 1; i + 1 < v.shape.rank; ++i) window *= graph.windows[v.window].size[i];
      return size * window;
    }
    case Op::softmax:
    case Op::log_softmax: return 4 * size;  // maximum, exponential of the difference, sum, quotient
    default: return 0;
  }
}

template <class Net>
constexpr long count_operations() {
  long count = 0;
  for (int i = 0; i < Traced<Prediction<Net>>::sizes.nodes; ++i) count += operations(Traced<Prediction<Net>>::graph, Traced<Prediction<Net>>::graph.nodes[i]);
  return count;
}
template <class Net>
constexpr long parameter_count_of(bool only_trainable) {
  if constexpr (check<Net>()) return count_parameters<Net>(only_trainable);
  else return 0;
}

}  // namespace detail

/// The number of weights, moving averages included, as Keras's count_params().
///
///     static_assert(tn::parameter_count<Net> == 225'034);
template <class Net>
inline constexpr long parameter_count = detail::parameter_count_of<Net>(false);

/// The number of weights that training changes by their gradient.
template <class Net>
inline constexpr long trainable_parameter_count = detail::parameter_count_of<Net>(true);

/// The shape of one sample of the output (the first, if there are several): output_shape<Net> == tn::shape(10).
template <class Net>
inline constexpr Shape output_shape = [] {
  if constexpr (check<Net>()) return detail::outputs_of<Net>.items[0].shape;
  else return Shape{};
}();

/// The shape of one sample of the input (the first, if there are several).
template <class Net>
inline constexpr Shape input_shape = [] {
  if constexpr (check<Net>()) return detail::inputs_of<Net>.items[0].shape;
  else return Shape{};
}();

/// The floating-point operations of a prediction, for one sample: two for each multiply-add of a product or convolution (those
/// with padding too), one for each element of an elementwise operation, of what is reduced and of a pool's window, four for
/// each element of a softmax.
///
///     static_assert(tn::flops<Net> < 10'000'000);
template <class Net>
inline constexpr long flops = [] {
  if constexpr (check<Net>()) return detail::count_operations<Net>();
  else return 0L;
}();

}  // namespace tenon
