// Where the weights of a model lie: all in one array.
#pragma once

#include <tenon/graph/frozen.hpp>
#include <tenon/model/sources.hpp>

namespace tenon {

/// One weight of a model and its place in the array that holds them all.
struct Parameter {
  const char* name = "";
  Shape shape;
  Initialize initialize = nullptr;
  bool trainable = true;
  int layer = -1;    ///< index into the records of layers
  long offset = 0;   ///< in floats
  Adapt adapt = nullptr;  ///< how data sets it before training, and of which input these are
  int input = -1;
  constexpr long size() const { return shape.elements(); }
};

/// Every weight starts at a multiple of so many floats: a cache line.
inline constexpr long parameter_alignment = 16;

/// The weights of a model in the order of first use. Trainable ones fill the array's first `trainable_extent` floats, so that
/// gradients and the optimizer's slots are arrays of that length with the same offsets; the others follow.
template <int Count>
struct ParameterTable {
  Parameter items[detail::room(Count)];
  int keras_order[detail::room(Count)];  ///< position in get_weights() → index into items
  long trainable_extent = 0;             ///< in floats, padding included
  long extent = 0;
  static constexpr int count = Count;
};

namespace detail {

template <Sizes S>
constexpr ParameterTable<S.weights> lay_out(const FrozenTrace<S>& records) {
  ParameterTable<S.weights> table{};
  const auto place = [&](bool trainable) {
    for (int i = 0; i < S.weights; ++i) {
      const Weight& w = records.weights[i];
      if (w.trainable != trainable) continue;
      table.items[i] = {w.name, w.shape, w.initialize, w.trainable, w.layer, table.extent, w.adapt, w.input};
      table.extent += (w.shape.elements() + parameter_alignment - 1) / parameter_alignment * parameter_alignment;
    }
  };
  place(true);
  table.trainable_extent = table.extent;
  place(false);

  // Keras lists weights layer by layer, and within a layer the trainable ones first.
  const auto rank = [&](int i) { return 2 * table.items[i].layer + !table.items[i].trainable; };
  for (int i = 0; i < S.weights; ++i) {
    int at = i;
    for (; at > 0 && rank(table.keras_order[at - 1]) > rank(i); --at) table.keras_order[at] = table.keras_order[at - 1];
    table.keras_order[at] = i;
  }
  return table;
}

/// The table of a model that has been checked.
template <class Net>
inline constexpr auto parameters_of = lay_out(Traced<Prediction<Net>>::records);

template <class Net>
constexpr long count_parameters(bool only_trainable) {
  long count = 0;
  for (int i = 0; i < parameters_of<Net>.count; ++i)
    if (parameters_of<Net>.items[i].trainable || !only_trainable) count += parameters_of<Net>.items[i].size();
  return count;
}

}  // namespace detail
}  // namespace tenon
