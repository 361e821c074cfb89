#include <tenon/regularizers/l1_l2.hpp>

#include <tenon/regularizers/orthogonal.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/sources.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::Sketch;

TEST_CASE("regularizers agree with Keras", "[regularizers]") {
  const std::map<std::string, Symbol (*)(Symbol)> regularizers = {
    {"L1<0.01>", [](Symbol w) { return L1<0.01>::call(w); }},
    {"L2<0.01>", [](Symbol w) { return L2<>::call(w); }},
    {"L1<0.3>", [](Symbol w) { return L1<0.3>::call(w); }},
    {"L2<0.1>", [](Symbol w) { return L2<0.1>::call(w); }},
    {"OrthogonalRegularizer<0.5>", [](Symbol w) { return OrthogonalRegularizer<0.5>::call(w); }},
    {"OrthogonalRegularizer<0.5, Between::columns>", [](Symbol w) { return OrthogonalRegularizer<0.5, Between::columns>::call(w); }},
    {"L1L2<0.1, 0.02>", [](Symbol w) { return L1L2<0.1, 0.02>::call(w); }},
  };
  for (const golden::Case& c : golden::load("regularizers")) {
    INFO(c.name);
    Sketch g;
    const Symbol w = g.argument(shape(3, 4)), penalty = regularizers.at(c.layer)(w);
    const auto results = g.run({penalty, gradient(penalty, w)}, {support::values_of(c.inputs.at(0))});
    golden::check_close(results[0], c.outputs.at(0));
    golden::check_close(results[1], c.input_gradients.at(0));
  }
}

TEST_CASE("the penalties of a model are part of its loss, once for each weight", "[regularizers]") {
  Sketch g;
  static constexpr Dense<1, KernelRegularizer<L1<0.5>>, BiasRegularizer<L2<0.25>>> dense{};
  const Symbol x = g.argument(shape(dynamic, 2)), y = dense(dense(x) * x);  // twice the same layer
  REQUIRE(g.trace.mistake.problem == Problem::none);
  REQUIRE(g.trace.extra_losses.size() == 2);
  const Symbol loss = detail::trace_loss<MeanSquaredError>(g.trace, y, false);
  static_cast<void>(loss);
  // The last argument is what the sum over the batch is divided by. kernel (1, -2), bias 2, x (1, 1): 1 - 2 + 2 = 1, and again 1. |1| + |-2| = 3, 2² = 4: the loss is (1 - 4)² + 0.5 · 3 + 0.25 · 4.
  CHECK(support::run(g.graph(), {{1, 1}, {1, -2}, {2}, {4}, {1}, {1}})[0] == support::Values{9 + 1.5 + 1});
}
