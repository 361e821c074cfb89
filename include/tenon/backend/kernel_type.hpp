// From a kernel's key (numbers, graph/kernel_key.hpp) to its type (backend/kernels.hpp).
#pragma once

#include <utility>

#include <tenon/backend/kernels.hpp>
#include <tenon/graph/compiled.hpp>

namespace tenon {
namespace detail {

/// The key of one kernel of a plan, as a small constant of its own.
template <class Source, int K>
struct KeyOf {
  static constexpr int first = Planned<Source>::plan_.kernel_starts[K], size = Planned<Source>::plan_.kernel_starts[K + 1] - first;
  struct Words {
    long at[static_cast<std::size_t>(size)];
  };
  static constexpr Words words = [] {
    Words w{};
    for (int i = 0; i < size; ++i) w.at[i] = Planned<Source>::plan_.words[first + i];
    return w;
  }();
  static constexpr long at(int i) { return words.at[i]; }
};

// Lists are made by functions that are only declared: nvcc 13 crashes on lambdas in the same places.
template <class Key, int From, int... I>
Ints<static_cast<int>(Key::at(From + I))...> integers_of(std::integer_sequence<int, I...>);
template <class Key, int From, int Count>
using IntsAt = decltype(integers_of<Key, From>(std::make_integer_sequence<int, Count>{}));
template <class Key, int From, int... I>
Loads<static_cast<Access>(Key::at(From + I))...> loads_of(std::integer_sequence<int, I...>);
template <class Key, int From, int Count>
using LoadsAt = decltype(loads_of<Key, From>(std::make_integer_sequence<int, Count>{}));

/// Code and stores, which end every key of an expression: the number of lines, the lines, the number of stores, the stores.
template <class Key, int At, int Inputs>
struct ExpressionAt {
  static constexpr int lines = static_cast<int>(Key::at(At)), stores_at = At + 1 + 5 * lines, stored = static_cast<int>(Key::at(stores_at));
  template <int... I>
  static auto code_of(std::integer_sequence<int, I...>)
      -> Code<Inputs, Instruction<static_cast<Op>(Key::at(At + 1 + 5 * I)), static_cast<int>(Key::at(At + 2 + 5 * I)), static_cast<int>(Key::at(At + 3 + 5 * I)),
                                  static_cast<int>(Key::at(At + 4 + 5 * I)), std::bit_cast<std::uint64_t>(Key::at(At + 5 + 5 * I))>...>;
  template <int... I>
  static auto stores_of(std::integer_sequence<int, I...>) -> Stores<static_cast<int>(Key::at(stores_at + 1 + I))...>;
  using code = decltype(code_of(std::make_integer_sequence<int, lines>{}));
  using stores = decltype(stores_of(std::make_integer_sequence<int, stored>{}));
};

template <class Key, int At>
struct EpilogueAt {
  static constexpr int extra = static_cast<int>(Key::at(At));
  template <int... I>
  static auto operands_of(std::integer_sequence<int, I...>) -> Operands<static_cast<Operand>(Key::at(At + 1 + I))...>;
  using expression = ExpressionAt<Key, At + 1 + extra, 1 + extra>;
  using type = Epilogue<typename expression::code, decltype(operands_of(std::make_integer_sequence<int, extra>{})), typename expression::stores>;
};

template <class Key, int At>
struct GeometryAt {
  static constexpr int rank = static_cast<int>(Key::at(At)), end = At + 4 + 6 * rank;
  template <int K>
  using numbers = IntsAt<Key, At + 4 + K * rank, rank>;
  using type = Geometry<numbers<0>, static_cast<int>(Key::at(At + 1)), numbers<1>, static_cast<int>(Key::at(At + 2)), numbers<2>, numbers<3>, numbers<4>,
                        numbers<5>, static_cast<int>(Key::at(At + 3))>;
};

template <class Key>
constexpr auto kernel_type() {
  constexpr KernelKind kind = kind_of(Key::at(0));
  constexpr DType type = operands_of(Key::at(0));
  constexpr auto n = [](int i) { return static_cast<int>(Key::at(i)); };
  if constexpr (kind == KernelKind::map) {
    constexpr int inputs = n(3);
    using expression = ExpressionAt<Key, 4 + inputs, inputs>;
    using loads = LoadsAt<Key, 4, inputs>;
    return Map<n(1), typename expression::code, loads, typename expression::stores, n(2) != 0>{};
  } else if constexpr (kind == KernelKind::product) {
    return Product<n(1), n(2), n(3), n(4), typename EpilogueAt<Key, 6>::type, n(5) != 0, type>{};
  } else if constexpr (kind == KernelKind::convolve) {
    return Convolve<typename GeometryAt<Key, 1>::type, typename EpilogueAt<Key, GeometryAt<Key, 1>::end>::type, type>{};
  } else if constexpr (kind == KernelKind::convolve_input_gradient) {
    return ConvolveInputGradient<typename GeometryAt<Key, 1>::type, typename EpilogueAt<Key, GeometryAt<Key, 1>::end>::type, type>{};
  } else if constexpr (kind == KernelKind::convolve_kernel_gradient) {
    return ConvolveKernelGradient<typename GeometryAt<Key, 2>::type, n(1) != 0, type>{};
  } else if constexpr (kind == KernelKind::pool) {
    return tenon::Pool<static_cast<Op>(n(1)), typename GeometryAt<Key, 2>::type>{};
  } else if constexpr (kind == KernelKind::reduce) {
    return Reduce<static_cast<Op>(n(1)), n(2), type>{};
  } else if constexpr (kind == KernelKind::softmax) {
    return RowSoftmax<static_cast<Op>(n(1)), n(2)>{};
  } else if constexpr (kind == KernelKind::pooled_convolve) {
    return PooledConvolve<typename GeometryAt<Key, 2>::type, typename EpilogueAt<Key, GeometryAt<Key, 2>::end>::type, n(1) != 0, type>{};
  } else if constexpr (kind == KernelKind::pooled_input_gradient) {
    return PooledInputGradient<typename GeometryAt<Key, 1>::type, typename EpilogueAt<Key, GeometryAt<Key, 1>::end>::type, type>{};
  } else if constexpr (kind == KernelKind::pooled_kernel_gradient) {
    return PooledKernelGradient<typename GeometryAt<Key, 1>::type, type>{};
  } else if constexpr (kind == KernelKind::gather) {
    return Gather{};
  } else {
    return ScatterAdd{};
  }
}

}  // namespace detail

/// The type of the K-th kernel of a source's plan. Equal kernels of different models are one type.
template <class Source, int K>
using KernelType = decltype(detail::kernel_type<detail::KeyOf<Source, K>>());

}  // namespace tenon
