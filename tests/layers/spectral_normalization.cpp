#include <tenon/layers/spectral_normalization.hpp>

#include <tenon/layers/dense.hpp>

#include "../support/gradient_check.hpp"

using namespace tenon;
using support::Values;

namespace {

template <class L>
std::vector<Values> run(bool training, const Values& u) {
  static constexpr L layer{};
  support::Sketch g;
  g.trace.training = training;
  const Symbol y = layer(g.argument(shape(dynamic, 2)));
  REQUIRE(g.trace.mistake.problem == Problem::none);
  REQUIRE(g.trace.weights.size() == 3);
  g.result(y);
  for (const Port& update : g.trace.updates) g.result(g.symbol(update.node));
  // x, kernel, vector_u, bias: the kernel has the singular values 6 and 3
  return support::run(g.graph(), {{1, 2}, {6, 0, 0, 3}, u, {10, 20}});
}

}  // namespace

TEST_CASE("SpectralNormalization divides the kernel by its largest singular value", "[layers][spectral_normalization]") {
  using L = SpectralNormalization<Dense<2>, 30>;
  const auto training = run<L>(true, {1, 1});
  CHECK(training[0][0] == Approx(11));
  CHECK(training[0][1] == Approx(21));
  CHECK(training[1][0] == Approx(1));
  CHECK(training[1][1] == Approx(0).margin(1e-6));
  CHECK(run<L>(false, {1, 1}).size() == 1);  // nothing is updated
}

TEST_CASE("one power iteration is the one that the formula has", "[layers][spectral_normalization]") {
  // u = (1, 1): v = (6, 3) / √45, v W = (36, 9) / √45, u' = (36, 9) / √1377, σ = √1377 / √45
  const auto y = run<SpectralNormalization<Dense<2>>>(true, {1, 1});
  const double sigma = std::sqrt(1377 / 45.);
  CHECK(y[0][0] == Approx(10 + 6 / sigma));
  CHECK(y[0][1] == Approx(20 + 6 / sigma));
  CHECK(y[1][0] == Approx(36 / std::sqrt(1377.)));
  CHECK(y[1][1] == Approx(9 / std::sqrt(1377.)));
}

TEST_CASE("the vector of SpectralNormalization belongs to it, the kernel to the layer inside", "[layers][spectral_normalization]") {
  static constexpr SpectralNormalization<Dense<2>> layer{};
  support::Sketch g;
  layer(g.argument(shape(dynamic, 3)));
  const auto name = [&](int i) { return g.trace.layers[g.trace.weights[i].layer].name() + "/" + g.trace.weights[i].name; };
  CHECK(name(0) == "dense/kernel");
  CHECK(name(1) == "spectral_normalization/vector_u");
  CHECK(name(2) == "dense/bias");
  CHECK(!g.trace.weights[1].trainable);
}

TEST_CASE("SpectralNormalization passes gradients through the singular value", "[layers][spectral_normalization]") {
  static constexpr SpectralNormalization<Dense<2>, 60> layer{};  // converged: so what the power method does has no part in the derivative
  support::check_gradients([](const std::vector<Symbol>& x) { return layer(x[0]); }, {shape(dynamic, 3)});
}
