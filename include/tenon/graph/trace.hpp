// What tracing writes down: the program, and the weights, layers and extra losses it met on the way.
#pragma once

#include <span>
#include <string>

#include <tenon/graph/graph.hpp>
#include <tenon/graph/mistake.hpp>
#include <tenon/graph/owner.hpp>

namespace tenon {

class Random;

/// Fills a new weight; made from an initializer's type.
using Initialize = void (*)(std::span<float> values, const Shape& shape, Random& random);

/// The value that a weight is brought back to after each step; made from a constraint's type.
struct Symbol;
using Constrain = Symbol (*)(Symbol w);
/// Sets a state from samples, row after row, each of this shape: what `adapt` of an initializer does.
using Adapt = void (*)(std::span<float> values, std::span<const float> samples, const Shape& sample);

/// A weight of the model, in the order of first use.
struct Weight {
  const char* name = "";
  Shape shape;
  Initialize initialize = nullptr;
  bool trainable = true;
  int layer = -1;  ///< index into Trace::layers
  int node = -1;   ///< its argument in the root graph
  bool constrained = false;
  Constrain constrain = nullptr;
  Adapt adapt = nullptr;  ///< how data sets it before training
  int input = -1;         ///< of which input these data are; -1: of none, as its layer reads what another one returned
};

/// A number of the loss, a metric or the optimizer that may change from run to run: read from its owner before each step.
struct Hyperparameter {
  float (*read)(const void* owner) = nullptr;
  int owner = 0;               ///< 0: the loss or the optimizer, 1 + k: the k-th metric
  const char* which = "";      ///< tells the numbers of one owner apart
  constexpr bool operator==(const Hyperparameter& other) const { return owner == other.owner && detail::same_text(which, other.which); }
};

/// A layer that was entered, in the order of first call. The same object entered again is the same layer.
struct LayerRecord {
  const void* address = nullptr;
  bool temporary = false;  ///< made for one call, as in Add{}(x, y), and without weights (not told by the address: under a sanitizer g++ compares none with null)
  const char* type = "";  ///< tells a layer from its first member, which has the same address
  const char* tag = &TypeOf<Nothing>::layer;  ///< the type, for a message
  std::string (*name)() = nullptr;       ///< "dense"
  std::string (*type_text)() = nullptr;  ///< "Dense<10, Softmax>"
  int parent = -1;
  Shape output;
};

/// A value and the layer that returned it.
struct Made {
  int node = -1;
  int layer = -1;
};

/// The state of tracing: what has been recorded so far, and where we are.
struct Trace {
  Program program;
  List<Weight> weights;
  List<LayerRecord> layers;
  List<Hyperparameter> hyperparameters;
  List<Made> made;        ///< what each call of a layer returned
  List<Port> updates;     ///< index: the weight; node: its next value
  List<int> extra_losses; ///< scalars that are added to the loss (regularisers)
  Mistake mistake;
  bool training = false;
  Symbol (*replace_kernel)(Symbol w) = nullptr;  ///< within a layer that computes with a function of its kernel
  bool frozen = false;    ///< within a Frozen layer: weights are states, and a normalization uses its moving averages
  bool per_parameter = false;  ///< an optimizer is traced: the batch axis counts parameters
  bool of_embeddings = false;  ///< an optimizer is traced for a weight that is a table of embeddings
  int random_count = 0;   ///< every random node has a number of its own
  int current_layer = -1; ///< the innermost layer we are in
  bool in_activation = false; ///< an option that is an activation is called: weights of its own would be taken for those of the layer
  int owner = 0;          ///< whose hyperparameters are meant
  const detail::Owner* object = nullptr;  ///< the owner itself, while it is called
  int top_level = 0;      ///< the index that a message gives: the layer of the Sequential we are in

  template <class G = detail::NoShape, class W = detail::NoShape>
  constexpr void report(Problem problem, const G& got = {}, const W& wanted = {}, Why why = {}) {
    if (mistake.problem != Problem::none) return;
    mistake = {problem, top_level, detail::without_batch(got), detail::without_batch(wanted), why};
    if (current_layer >= 0) mistake.inside = layers[current_layer].tag, mistake.inside_type = layers[current_layer].type;
    mistake.batch = detail::depends_on_the_batch(problem, got, wanted);
  }
  constexpr NodeGraph& root() { return program.root(); }

  /// A new argument of the root graph; returns its node.
  constexpr int argument(Role role, int index, const Shape& shape, DType type = DType::float32) {
    NodeGraph& g = root();
    const int node = g.add({.op = Op::argument, .dtype = type, .axis = g.arguments.size(), .shape = shape});
    g.arguments.push_back({role, node, index});
    return node;
  }
};

}  // namespace tenon
