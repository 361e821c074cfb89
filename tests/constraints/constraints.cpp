#include <tenon/constraints/constraints.hpp>

#include <tenon/backend/reference.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>
#include <tenon/regularizers/l1_l2.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::Sketch;

TEST_CASE("constraints agree with Keras", "[constraints]") {
  const std::map<std::string, Symbol (*)(Symbol)> constraints = {
    {"MaxNorm<1>", [](Symbol w) { return MaxNorm<1>::call(w); }},
    {"MaxNorm<2>", [](Symbol w) { return MaxNorm<2>::call(w); }},
    {"MaxNorm<1, 0, 1>", [](Symbol w) { return MaxNorm<1, 0, 1>::call(w); }},
    {"NonNeg", [](Symbol w) { return NonNeg::call(w); }},
    {"UnitNorm", [](Symbol w) { return UnitNorm::call(w); }},
    {"UnitNormWith<1>", [](Symbol w) { return UnitNormWith<1>::call(w); }},
    {"UnitNormWith<0, 1, 2>", [](Symbol w) { return UnitNormWith<0, 1, 2>::call(w); }},
    {"MinMaxNorm<0, 1>", [](Symbol w) { return MinMaxNorm<0, 1>::call(w); }},
    {"MinMaxNorm<1, 1.5, 0.5>", [](Symbol w) { return MinMaxNorm<1, 1.5, 0.5>::call(w); }},
    {"MinMaxNorm<1, 1.5, 1, 1>", [](Symbol w) { return MinMaxNorm<1, 1.5, 1, 1>::call(w); }},
  };
  for (const golden::Case& c : golden::load("constraints")) {
    INFO(c.name);
    Sketch g;
    Shape shape;
    for (const std::size_t extent : c.inputs.at(0).shape) shape = shape.append(static_cast<int>(extent));
    const Symbol w = g.argument(shape);
    golden::check_close(g.run({constraints.at(c.layer)(w)}, {support::values_of(c.inputs.at(0))})[0], c.outputs.at(0));
  }
}

namespace {

/// One of one's own: no weight is larger than 1/4.
struct Quarter {
  static constexpr auto call(auto w) { return minimum(w, 0.25); }
};
struct Free : Sequential<Input<3>, Dense<2>, BatchNormalization, Dense<1>> {};
struct Bound : Sequential<Input<3>, Dense<2, KernelConstraint<NonNeg>, KernelRegularizer<L2<0.1>>>, BatchNormalizationWith<GammaConstraint<UnitNorm>>,
                          Dense<1, BiasConstraint<Quarter>>> {};

}  // namespace

TEST_CASE("weights are brought back after each step of training", "[constraints]") {
  static_assert(!Constraints<Free>::exist);
  auto model = compile<Bound, Reference>(SGD{.learning_rate = 0.5f}, MeanSquaredError{});
  const xt::xtensor<float, 2> x{{1, 2, 3}, {-1, 0.5, 2}, {0, 1, -2}, {2, -1, 1}}, y{{3}, {5}, {0}, {2}};
  const auto before = model.get_weights();
  CHECK(xt::amin(before[0])() < 0);  // as it starts: constraints follow steps
  for (int step = 0; step < 3; ++step) {
    model.train_on_batch(x, y);
    const auto w = model.get_weights();  // kernel, bias, gamma, beta, mean, variance, kernel, bias
    CHECK(xt::amin(w[0])() == 0);
    CHECK(w[2](0) * w[2](0) + w[2](1) * w[2](1) == Approx(1));
    CHECK(w[7](0) == 0.25f);
    CHECK(w[3] != before[3]);  // beta is free
  }
}
