#include <tenon/layers/frozen.hpp>

#include <tenon/activations/relu.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/regularizers/l1_l2.hpp>

#include "../support/gradient_check.hpp"

using namespace tenon;

namespace {

struct Block : Sequential<Dense<3, ReLU, KernelRegularizer<L2<>>>, BatchNormalization> {};
struct Free : Sequential<Input<2>, Block, Dense<1>> {};
struct Net : Sequential<Input<2>, Frozen<Block>, Dense<1>> {};
struct Body {
  Frozen<Dense<3>> known;
  Dense<1> head;
  constexpr auto call(auto x) const { return head(known(x)); }
};
struct GraphNet : Graph<Body, Input<2>> {};

static_assert(parameter_count<Net> == parameter_count<Free>);
static_assert(trainable_parameter_count<Free> == 9 + 6 + 4);
static_assert(trainable_parameter_count<Net> == 4);
static_assert(trainable_parameter_count<GraphNet> == 4 && parameter_count<GraphNet> == 13);

template <class Model>
std::vector<std::string> weight_names() {
  std::vector<std::string> names;
  const Description& d = detail::description_of<Model>();
  for (const int i : d.keras_order) {
    const Parameter& p = d.parameters[static_cast<std::size_t>(i)];
    names.push_back(d.layers[static_cast<std::size_t>(p.layer)].name() + "/" + p.name);
  }
  return names;
}

}  // namespace

TEST_CASE("the weights of a frozen layer have the names and the order of the layer's own", "[layers][frozen]") {
  CHECK(weight_names<Net>() == weight_names<Free>());
  CHECK(weight_names<Net>() == std::vector<std::string>{"dense/kernel", "dense/bias", "batch_normalization/gamma", "batch_normalization/beta",
                                                        "batch_normalization/moving_mean", "batch_normalization/moving_variance", "dense/kernel", "dense/bias"});
}

TEST_CASE("training a frozen layer computes no gradient of it, no penalty, and no moving average", "[layers][frozen]") {
  const Trace frozen = Training<Net, 0, MeanSquaredError>::trace(), free = Training<Free, 0, MeanSquaredError>::trace();
  const auto results = [](const Trace& t, Role role) {
    int count = 0;
    for (const Port& r : t.program.root().results) count += r.role == role;
    return count;
  };
  CHECK(results(free, Role::gradient) == 6);
  CHECK(results(frozen, Role::gradient) == 2);
  CHECK(results(free, Role::update) == 2);
  CHECK(results(frozen, Role::update) == 0);
  CHECK(free.extra_losses.size() == 1);
  CHECK(frozen.extra_losses.size() == 0);
}

TEST_CASE("a frozen BatchNormalization is the same in training as in prediction", "[layers][frozen]") {
  const auto run = [](const auto& layer, bool training) {
    support::Sketch g;
    g.trace.training = training;
    const Symbol x = g.argument(shape(dynamic, 2)), y = layer(x);
    return g.run({y, gradient(y, x)}, {{1, 2, 3, 5, 5, 2}, {2, 3}, {0.5, 0.25}, {1, -1}, {4, 9}}, 3);
  };
  static constexpr BatchNormalization free{};
  static constexpr Frozen<BatchNormalization> frozen{};
  CHECK(run(frozen, true) == run(free, false));
  CHECK(run(free, true) != run(free, false));
}
