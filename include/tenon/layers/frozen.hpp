// A layer that training does not change.
#pragma once

#include <utility>

#include <tenon/layers/layer.hpp>

namespace tenon {

/// A layer, or a block of layers, whose weights stay what they are, for models whose lower part was trained before. Follows Keras's
/// `layer.trainable = False`: no gradient of its weights is computed or kept, there is no penalty on them, and a BatchNormalization inside uses its
/// moving averages and leaves them alone. A Dropout inside still drops. Gradients pass through to what comes before.
/// Its weights have the names and the order of the layer's own, so that a file of the model without Frozen is a file of the model with it.
///
///     struct Net : tn::Sequential<tn::Input<28, 28, 1>, tn::Frozen<Trunk>, tn::Dense<10, tn::Softmax>> {};
///     model.load_weights("pretrained.safetensors");
template <class L>
struct Frozen : Layer<Frozen<L>> {
  L layer;
  constexpr auto call(auto... x) const { return apply(*this, x...); }
};

/// Calls the layer inside as if nothing were around it: it is the one that is noted, with its name.
template <class L, class... Symbols>
constexpr auto apply(const Frozen<L>& object, Symbols... x) {
  Trace& t = detail::trace_of(x...);
  const bool outer = std::exchange(t.frozen, true);
  auto y = apply(object.layer, x...);
  t.frozen = outer;
  return y;
}

}  // namespace tenon
