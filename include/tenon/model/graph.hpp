// A model with several inputs or outputs.
#pragma once

#include <tenon/layers/input.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// A model whose `Body` (a struct of layers with a `call`) joins several inputs:
///
///     struct Siamese {
///       tn::Dense<32, tn::ReLU> tower;
///       tn::Dense<1, tn::Sigmoid> head;
///       constexpr auto call(auto a, auto b) const { return head(tn::concatenate(tower(a), tower(b))); }
///     };
///     struct SiameseNet : tn::Graph<Siamese, tn::Input<16>, tn::Input<16>> {};
///
/// Calling a member twice shares its weights. For several outputs, `call` returns tn::outputs(a, b); tn::losses, tn::metrics and
/// tn::targets give each output its loss, its metrics and its labels.
template <class Body, class... Inputs>
struct Graph {
  using Chain = Graph;
  Body body;
};

/// Several results of a call.
template <int Count>
struct Outputs {
  Symbol items[static_cast<std::size_t>(Count)];
};
template <class... Symbols>
constexpr Outputs<static_cast<int>(sizeof...(Symbols))> outputs(Symbols... symbols) { return {{symbols...}}; }

}  // namespace tenon
