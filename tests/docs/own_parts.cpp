// The parts that docs/adding_a_layer.md shows: a copy of each stands there.
#include <tenon/activations/tanh.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/model/compile.hpp>

#include "../support/gradient_check.hpp"
#include "../support/run_graph.hpp"

namespace tn = tenon;

namespace {

/// y = x · scale + offset for each channel (the last axis).
/// x: (B, …, C) → y: (B, …, C). Weights: scale (C), offset (C).
struct Affine : tn::Layer<Affine> {
  static constexpr auto call(auto x) {
    const tn::Shape channels = tn::shape(x.shape().back());
    const auto scale = x.weight("scale", channels, tn::Ones{}), offset = x.weight("offset", channels, tn::Zeros{});
    return x * scale + offset;
  }
};

constexpr tn::Symbol snake(tn::Symbol x) { return x + square(sin(x)); }

/// x + sin²(x) (Ziyin et al. 2020).
struct Snake : tn::Layer<Snake> {
  static constexpr auto call(auto x) { return snake(x); }
};

/// d² / 2 where |d| <= delta, delta · (|d| - delta / 2) elsewhere, d = y_pred - y_true; the mean over the last axis.
struct Huber {
  float delta = 1;
  static constexpr auto call(auto y_true, auto y_pred) {
    const auto d = abs(y_pred - y_true), limit = tn::parameter<&Huber::delta>(y_pred);
    return mean(select(d <= limit, 0.5 * square(d), limit * (d - 0.5 * limit)), tn::axis<-1>);
  }
};

/// The fraction of the outputs that are within a tolerance of y_true.
struct Within {
  float tolerance = 0.1f;
  static constexpr auto call(auto y_true, auto y_pred) {
    return mean(abs(y_pred - y_true) <= tn::parameter<&Within::tolerance>(y_pred), tn::axis<-1>);
  }
};

/// Σ |y_pred - y_true| / Σ |y_true| over all samples.
struct RelativeError {
  static constexpr auto sums(auto y_true, auto y_pred) {
    return concatenate(sum(abs(y_pred - y_true), tn::axis<-1>, tn::keep_dims), sum(abs(y_true), tn::axis<-1>, tn::keep_dims));  // (B, 2)
  }
  double result(std::span<const double> sums, long) const { return sums[0] / sums[1]; }
};

/// w ← w - learning_rate · sign(m), m ← decay · m + (1 - decay) · g.
struct SignDescent {
  float learning_rate = 0.01f;
  float decay = 0.9f;
  static constexpr auto update(auto w, auto g) {
    const auto decay = tn::parameter<&SignDescent::decay>(w), m = tn::slot(w, "momentum");
    return w - tn::parameter<&SignDescent::learning_rate>(w) * sign(tn::assign(m, decay * m + (1 - decay) * g));
  }
};

/// Plus and minus one number, in turn.
template <tn::Real Value>
struct Alternating {
  void operator()(std::span<float> values, const tn::Shape&, tn::Random&) const {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i % 2 == 0 ? Value.value : -Value.value);
  }
};

/// Ends training as soon as the metric is good enough.
struct StopWhenGood {
  double wanted = 0.9;
  void on_epoch_end(tn::TrainableModel& model, int, const tn::Logs& logs) {
    if (logs["within"] >= wanted) model.stop_training = true;
  }
};

struct Net : tn::Sequential<tn::Input<2>, tn::Dense<4, Snake, tn::KernelInitializer<Alternating<0.5>>>, Affine, tn::Dense<1>> {};

}  // namespace

TEST_CASE("Affine scales and shifts each channel, and passes gradients", "[docs]") {
  static constexpr Affine affine{};
  support::check_gradients([](const std::vector<tn::Symbol>& x) { return affine(x[0]); }, {tn::shape(tn::dynamic, 2)});
  support::Sketch g;
  const tn::Symbol x = g.argument(tn::shape(tn::dynamic, 2)), y = affine(x);
  REQUIRE(g.trace.weights.size() == 2);
  CHECK(g.run({y}, {{1, 2, 3, 4}, {10, 100}, {5, 6}}, 2)[0] == support::Values{15, 206, 35, 406});
}

TEST_CASE("Snake passes gradients", "[docs]") {
  support::check_gradients([](const std::vector<tn::Symbol>& x) { return snake(x[0]); }, {tn::shape(tn::dynamic, 3)});
}

TEST_CASE("a model of parts that the library does not have learns", "[docs]") {
  const xt::xtensor<float, 2> x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, y = {{0}, {1}, {1}, {2}};
  auto model = tn::compile<Net, tn::Reference>(SignDescent{.learning_rate = 0.02f}, Huber{.delta = 0.5f}, Within{.tolerance = 0.2f}, RelativeError{});
  CHECK(model.get_weights()[0](1, 1) == -0.5f);
  const auto history = model.fit(x, y, {.batch_size = 4, .epochs = 500, .callbacks = {StopWhenGood{}}, .verbose = 0, .seed = 1});
  CHECK(history["within"].back() >= 0.9);
  CHECK(history.epochs() < 500);
  const xt::xtensor<float, 2> p = model.predict(x);
  const auto scores = model.evaluate(x, y, {.batch_size = 3, .verbose = 0});
  CHECK(scores[2] == Approx((std::fabs(p(0, 0)) + std::fabs(p(1, 0) - 1) + std::fabs(p(2, 0) - 1) + std::fabs(p(3, 0) - 2)) / 4).epsilon(1e-5));
}
