// Activations with axes, slopes and limits, as layers.
#include <tenon/activations/glu.hpp>
#include <tenon/activations/log_softmax.hpp>
#include <tenon/activations/relu.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/activations/sparsemax.hpp>
#include <tenon/layers/activation.hpp>
#include <tenon/layers/prelu.hpp>

#include <algorithm>

#include "../support/golden_layer.hpp"
#include "../support/gradient_check.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("activations along axes, with slopes and with limits agree with Keras", "[activations][layers]") {
  support::check_golden("layers/activations", {
    layer_named<PReLU>("PReLU"),
    layer_named<PReLUWith<SharedAxes<1, 2>>>("PReLUWith<SharedAxes<1, 2>>"),
    layer_named<SoftmaxWith<1>>("SoftmaxWith<1>"),
    layer_named<SoftmaxWith<1, 2>>("SoftmaxWith<1, 2>"),
    layer_named<Activation<LogSoftmax>>("Activation<LogSoftmax>"),
    layer_named<Activation<LogSoftmaxWith<1>>>("Activation<LogSoftmaxWith<1>>"),
    layer_named<Activation<GLU>>("Activation<GLU>"),
    layer_named<Activation<GLUWith<1>>>("Activation<GLUWith<1>>"),
    layer_named<ReLUWith<0.5>>("ReLUWith<0.5>"),
    layer_named<ReLUWith<1, 0.2, 0.3>>("ReLUWith<1, 0.2, 0.3>"),
    layer_named<ReLUWith<unlimited, 0.2, 0.3>>("ReLUWith<1e300, 0.2, 0.3>"),
  });
}

TEST_CASE("activations along axes pass gradients", "[activations]") {
  const auto check = [](auto layer) {
    support::check_gradients([layer](const std::vector<Symbol>& x) { return layer.call(x[0]); }, {shape(dynamic, 3, 4)});
  };
  check(SoftmaxWith<1>{});
  check(SoftmaxWith<1, 2>{});
  check(LogSoftmaxWith<1>{});
  check(GLUWith<-1>{});
  check(SparsemaxWith<1>{});
}

TEST_CASE("Sparsemax agrees with the algorithm that sorts", "[activations]") {  // that of the paper: Keras 3.15 adds up sums, so that its rows do not give 1
  constexpr int classes = 7, rows = 200;
  Random random(4);
  const support::Values scores = support::random_values(rows * classes, random, -2, 2);
  support::Sketch g;
  const Symbol x = g.argument(shape(dynamic, classes));
  const auto found = g.run({sparsemax(x), sparsemax(1e4 + x)}, {scores}, rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto first = scores.begin() + static_cast<long>(row) * classes;
    support::Values sorted(first, first + classes);
    std::sort(sorted.rbegin(), sorted.rend());
    double total = 0, tau = 0;
    for (int k = 0; k < classes; ++k) {
      total += sorted[static_cast<std::size_t>(k)];
      if (1 + (k + 1) * sorted[static_cast<std::size_t>(k)] > total) tau = (total - 1) / (k + 1);
    }
    for (std::size_t i = 0; i < classes; ++i) {
      const double expected = std::max(first[static_cast<long>(i)] - tau, 0.0);
      CHECK(found[0][row * classes + i] == Approx(expected).margin(1e-12));
      CHECK(found[1][row * classes + i] == Approx(expected).margin(1e-9));
    }
  }
}

TEST_CASE("Sparsemax gives equal shares to equal scores", "[activations]") {
  support::Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), y = sparsemax(x);
  const auto shares = g.run({y}, {{1, 1, 1, 2, 2, 0, 5, 0, 0}}, 3)[0];
  const support::Values expected{1 / 3., 1 / 3., 1 / 3., 0.5, 0.5, 0, 1, 0, 0};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(shares[i] == Approx(expected[i]));
}

TEST_CASE("activations refuse the axis of the batch, and halves of an odd extent", "[activations]") {
  const auto problem = [](auto layer) {
    support::Sketch g;
    layer.call(g.argument(shape(dynamic, 3, 5)));
    return g.trace.mistake.problem;
  };
  CHECK(problem(SoftmaxWith<0>{}) == Problem::axis_out_of_range);
  CHECK(problem(SoftmaxWith<1, 3>{}) == Problem::axis_out_of_range);
  CHECK(problem(LogSoftmaxWith<0>{}) == Problem::axis_out_of_range);
  CHECK(problem(GLU{}) == Problem::slice_out_of_range);
  CHECK(problem(PReLUWith<SharedAxes<3>>{}) == Problem::axis_out_of_range);
  CHECK(problem(PReLUWith<SharedAxes<0>>{}) == Problem::value_out_of_range);
  CHECK(problem(ReLUWith<-1>{}) == Problem::value_out_of_range);
}
