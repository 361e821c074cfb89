// Sums of products along axes that letters name.
#pragma once

#include <cstddef>

#include <tenon/graph/matmul.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {

/// A text as a template argument: `EinsumDense<"ab,bc->ac", …>`.
template <std::size_t Size>
struct Text {
  char value[Size]{};
  consteval Text(const char (&text)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) value[i] = text[i];
  }
};
/// The extents of what EinsumDense returns, without the batch; -1: that of the input's axis with the same letter.
template <int... Extents>
struct OutputShape {
  static constexpr int rank = sizeof...(Extents);
  static constexpr int extents[rank + 1] = {Extents...};
};
/// The axes of the result of EinsumDense along which its bias differs, as letters: `BiasAxes<"de">`.
template <Text Letters>
struct BiasAxes {
  static constexpr auto sets = OptionOf::bias_axes;
  static constexpr auto letters = Letters;
};

namespace detail {

struct AnEquation;  ///< "abc,cd->abd": each letter of the kernel stands in exactly one of the others, each letter of the input in exactly one, too

/// The letters of one term.
struct Letters {
  int count = 0;
  char at[16]{};
  constexpr bool has(char c) const { return find(c) >= 0; }
  constexpr int find(char c) const {
    for (int i = 0; i < count; ++i)
      if (at[i] == c) return i;
    return -1;
  }
};
/// "input,kernel->output" in parts.
struct Equation {
  Letters input, kernel, output;
  bool valid = true;

  template <std::size_t Size>
  constexpr explicit Equation(const Text<Size>& text) {
    Letters* part[] = {&input, &kernel, &output};
    int term = 0;
    for (std::size_t i = 0; i + 1 < Size; ++i) {
      const char c = text.value[i];
      if (c == ' ') continue;
      if (c == ',') valid = valid && term++ == 0;
      else if (c == '-') valid = valid && term++ == 1 && text.value[++i] == '>';
      else valid = valid && c >= 'a' && c <= 'z' && !part[term]->has(c) && part[term]->count < max_rank;
      if (!valid) return;
      if (c >= 'a' && c <= 'z') part[term]->at[part[term]->count++] = c;
    }
    const auto once = [](const Letters& letters, const Letters& a, const Letters& b) {
      bool all = true;
      for (int i = 0; i < letters.count; ++i) all = all && a.has(letters.at[i]) != b.has(letters.at[i]);
      return all;
    };
    valid = term == 2 && input.count > 0 && output.count > 0 && input.at[0] == output.at[0] && once(kernel, input, output) && once(input, kernel, output) && once(output, input, kernel);
  }
};
/// x with its axes, which are called `from`, in the order of `to`.
constexpr Symbol ordered(Symbol x, const Letters& from, const Letters& to) {
  int order[max_rank]{};
  for (int i = 0; i < to.count; ++i) order[i] = from.find(to.at[i]);
  return transpose(x, order);
}
/// The letters of a that b has, or those that it has not, and then those of c that b has, or has not.
constexpr Letters filtered(const Letters& a, const Letters& b, bool wanted) {
  Letters some;
  for (int i = 0; i < a.count; ++i)
    if (b.has(a.at[i]) == wanted) some.at[some.count++] = a.at[i];
  return some;
}
constexpr Letters joined(Letters a, const Letters& b) {
  for (int i = 0; i < b.count; ++i) a.at[a.count++] = b.at[i];
  return a;
}

}  // namespace detail

/// y = activation(einsum(Equation, x, kernel) + bias). Follows keras.layers.EinsumDense.
/// Equation: "input,kernel->output", a letter for each axis, the batch first: "abc,cd->abd" is a Dense over the last axis, "abc,cde->abde" one with heads.
/// Output: `OutputShape<…>`, the extents without the batch; -1 where the input's axis has them. Weights: kernel, in the order of its letters, bias.
/// Options: `BiasAxes<"de">` (without it there is no bias), an activation, `KernelInitializer<…>`, `BiasInitializer<…>`, `KernelRegularizer<…>`, `BiasRegularizer<…>`.
/// Refused: an equation in which a letter stands in all three terms or in one alone; an input, or a shape, with another number of axes.
///
///     tn::EinsumDense<"abc,cde->abde", tn::OutputShape<-1, 8, 64>, tn::BiasAxes<"de">>
template <Text Formula, class Output, class... Options>
struct EinsumDense : Layer<EinsumDense<Formula, Output, Options...>> {
  using Takes = tenon::Takes<OptionOf::bias_axes, OptionOf::activation, OptionOf::kernel_initializer, OptionOf::bias_initializer,
                             OptionOf::kernel_regularizer, OptionOf::bias_regularizer>;
  static constexpr detail::Equation equation{Formula};

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(x);
    if constexpr (!equation.valid) x = detail::refuse<EinsumDense, detail::AnEquation>(x, Problem::value_out_of_range);
    if (x.poisoned) return x;
    const Shape given = x.shape();
    const detail::Letters &in = equation.input, &of_kernel = equation.kernel, &out = equation.output;
    if (given.rank != in.count) return detail::mistake(x, given.rank < in.count ? Problem::rank_too_small : Problem::rank_too_large, given);
    if (Output::rank + 1 != out.count) return detail::mistake(x, Problem::rank_too_small, given);

    const auto extent = [&](char c) { return in.has(c) ? given[in.find(c)] : Output::extents[out.find(c) - 1]; };
    const auto shape_of = [&](const detail::Letters& letters) {
      Shape s;
      for (int i = 0; i < letters.count; ++i) s = s.append(extent(letters.at[i]));
      return s;
    };
    for (int i = 1; i < out.count; ++i)
      if (const int wanted = Output::extents[i - 1]; wanted != -1 ? wanted != extent(out.at[i]) : !in.has(out.at[i])) return detail::mistake(x, Problem::shapes_cannot_be_broadcast, shape_of(out));

    const auto w = kernel<GlorotUniform, Options...>(x, shape_of(of_kernel));
    const detail::Letters kept = detail::filtered(in, of_kernel, false), summed = detail::filtered(in, of_kernel, true), made = detail::filtered(of_kernel, in, false);
    const int count = static_cast<int>(shape_of(summed).elements());
    const Symbol left = reshape(detail::ordered(x, in, detail::joined(kept, summed)), shape_of(kept).append(count));
    const Symbol right = reshape(detail::ordered(w, of_kernel, detail::joined(summed, made)), shape(count, static_cast<int>(shape_of(made).elements())));
    const detail::Letters product = detail::joined(kept, made);
    Symbol y = detail::ordered(reshape(matmul(left, right), shape_of(product)), product, out);
    if constexpr (has_option<OptionOf::bias_axes, Options...>) {
      constexpr auto& letters = option<OptionOf::bias_axes, void, Options...>::letters;
      Shape bias, spread;
      for (int i = 1; i < out.count; ++i) {
        bool here = false;
        for (const char c : letters.value) here = here || c == out.at[i];
        if (here) bias = bias.append(extent(out.at[i]));
        if (here || bias.rank > 0) spread = spread.append(here ? extent(out.at[i]) : 1);
      }
      y = y + reshape(detail::weight_with_options<OptionOf::bias_initializer, OptionOf::bias_regularizer, Zeros, Options...>(x, "bias", bias), spread);
    }
    return activate<Options...>(y);
  }
};

}  // namespace tenon
