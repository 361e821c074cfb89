// Layers that draw: their statistics, and that the same seed gives the same.
#include <tenon/layers/activity_regularization.hpp>
#include <tenon/layers/alpha_dropout.hpp>
#include <tenon/layers/gaussian_dropout.hpp>
#include <tenon/layers/gaussian_noise.hpp>
#include <tenon/layers/spatial_dropout.hpp>

#include <cmath>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

constexpr long batch = 400, width = 100;

/// What a layer makes of (400, 100) numbers, in training and otherwise, and its gradient.
template <class L>
std::vector<Values> drawn(const Values& x, std::uint64_t step = 1, bool training = true, const Shape& shape = tenon::shape(dynamic, width)) {
  static constexpr L object{};
  Sketch g;
  g.trace.training = training;
  const Symbol in = g.argument(shape), y = object(in);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  return g.run({y, gradient(y, in)}, {x}, batch, {1, step});
}
struct Moments {
  double mean = 0, variance = 0, fourth = 0;
};
Moments moments(const Values& v) {
  Moments m;
  const auto n = static_cast<double>(v.size());
  for (const double x : v) m.mean += x / n;
  for (const double x : v) m.variance += std::pow(x - m.mean, 2) / n, m.fourth += std::pow(x - m.mean, 4) / n;
  return m;
}
const Values ones(batch * width, 1), twos(batch * width, 2);

template <class L>
void check_determinism() {
  CHECK(drawn<L>(ones) == drawn<L>(ones));
  CHECK(drawn<L>(ones)[0] != drawn<L>(ones, 2)[0]);
  CHECK(drawn<L>(twos, 1, false)[0] == twos);
}

}  // namespace

TEST_CASE("random_normal has mean 0, variance 1 and the fourth moment of a normal distribution", "[graph][noise]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, width)), y = random_normal(x, x.shape()), z = random_normal(x, x.shape());
  const auto values = g.run({y, z, y * z}, {ones}, batch, {7, 1});
  const double error = 1 / std::sqrt(static_cast<double>(batch * width));
  for (const Values& v : {values[0], values[1]}) {
    const Moments m = moments(v);
    CHECK(m.mean == Approx(0).margin(5 * error));
    CHECK(m.variance == Approx(1).margin(5 * error * std::sqrt(2.0)));
    CHECK(m.fourth == Approx(3).margin(5 * error * std::sqrt(96.0)));
  }
  CHECK(moments(values[2]).mean == Approx(0).margin(5 * error));  // two draws have nothing to do with each other
}

TEST_CASE("GaussianNoise adds noise of its deviation while training", "[layers][noise]") {
  const auto results = drawn<GaussianNoise<0.5>>(twos);
  const Moments m = moments(results[0]);
  CHECK(m.mean == Approx(2).margin(0.0125));
  CHECK(m.variance == Approx(0.25).epsilon(0.04));
  CHECK(results[1] == ones);
  check_determinism<GaussianNoise<0.5>>();
}

TEST_CASE("GaussianDropout multiplies by noise of dropout's variance while training", "[layers][noise]") {
  const auto results = drawn<GaussianDropout<0.2>>(twos);
  const Moments m = moments(results[0]);
  CHECK(m.mean == Approx(2).margin(0.025));
  CHECK(m.variance == Approx(4 * 0.25).epsilon(0.04));
  for (std::size_t i = 0; i < 10; ++i) CHECK(results[1][i] == Approx(results[0][i] / 2));
  check_determinism<GaussianDropout<0.2>>();
}

TEST_CASE("AlphaDropout keeps mean and variance of normal numbers", "[layers][noise]") {
  Random random(3);
  Values x(batch * width);
  for (double& v : x) v = detail::normal(random);
  const auto results = drawn<AlphaDropout<0.3>>(x);
  const Moments m = moments(results[0]);
  CHECK(m.mean == Approx(0).margin(0.03));
  CHECK(m.variance == Approx(1).epsilon(0.05));
  const auto of_ones = drawn<AlphaDropout<0.3>>(ones)[0];  // two values, by Keras's formula
  const double limit = -1.7580993408473766, a = 1 / std::sqrt(0.7 * (1 + 0.3 * limit * limit));
  long dropped = 0;
  for (const double v : of_ones) {
    const bool lost = v < 0;
    dropped += lost;
    CHECK(v == Approx(a * (lost ? limit : 1) - a * limit * 0.3));
  }
  CHECK(static_cast<double>(dropped) == Approx(0.3 * batch * width).margin(460));
  check_determinism<AlphaDropout<0.3>>();
}

TEST_CASE("SpatialDropout drops whole channels", "[layers][noise]") {
  const auto check = []<class L>(const L&, const Shape& shape, std::size_t places, std::size_t channels) {
    const auto y = drawn<L>(ones, 1, true, shape)[0];
    std::size_t dropped = 0;
    for (std::size_t sample = 0; sample < batch; ++sample)
      for (std::size_t c = 0; c < channels; ++c) {
        const auto at = [&](std::size_t place) { return y[(sample * places + place) * channels + c]; };
        dropped += at(0) == 0;
        for (std::size_t place = 0; place < places; ++place) CHECK(at(place) == at(0));
        CHECK((at(0) == 0 || at(0) == Approx(1 / 0.75)));
      }
    CHECK(static_cast<double>(dropped) == Approx(0.25 * static_cast<double>(batch * channels)).epsilon(0.1));
  };
  check(SpatialDropout1D<0.25>{}, shape(dynamic, 5, 20), 5, 20);
  check(SpatialDropout2D<0.25>{}, shape(dynamic, 5, 2, 10), 10, 10);
  check(SpatialDropout3D<0.25>{}, shape(dynamic, 5, 2, 1, 10), 10, 10);
  check(Dropout<0.25, NoiseShape<1, -1>>{}, shape(dynamic, 5, 20), 5, 20);
  check(Dropout<0.25, NoiseShape<1, 20>>{}, shape(dynamic, 5, 20), 5, 20);
}

TEST_CASE("layers that draw refuse rates, and shapes, that do not fit", "[layers][noise]") {
  const auto problem = [](auto layer, const Shape& x) {
    Sketch g;
    layer.call(g.argument(x));
    return g.trace.mistake.problem;
  };
  CHECK(problem(GaussianNoise<-0.1>{}, shape(dynamic, 3)) == Problem::value_out_of_range);
  CHECK(problem(GaussianDropout<1.0>{}, shape(dynamic, 3)) == Problem::value_out_of_range);
  CHECK(problem(AlphaDropout<1.0>{}, shape(dynamic, 3)) == Problem::value_out_of_range);
  CHECK(problem(SpatialDropout1D<0.1>{}, shape(dynamic, 3)) == Problem::not_an_image);
  CHECK(problem(SpatialDropout2D<0.1>{}, shape(dynamic, 3, 4)) == Problem::not_an_image);
  CHECK(problem(Dropout<0.1, NoiseShape<1>>{}, shape(dynamic, 3, 4)) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem(Dropout<0.1, NoiseShape<2, 4>>{}, shape(dynamic, 3, 4)) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem(Dropout<0.1, NoiseShape<1, 4>>{}, shape(dynamic, 3, 4)) == Problem::none);
  CHECK(problem(ActivityRegularization<-1>{}, shape(dynamic, 3)) == Problem::value_out_of_range);
}

TEST_CASE("ActivityRegularization adds the mean of its penalty over the batch to the loss", "[layers][activity_regularization]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 2)), y = ActivityRegularization<0.1, 0.01>{}(x);
  REQUIRE(g.trace.extra_losses.size() == 2);
  const auto results = g.run({y, g.symbol(g.trace.extra_losses[0]), g.symbol(g.trace.extra_losses[1])}, {{1, -2, 3, 4}}, 2);
  CHECK(results[0] == Values{1, -2, 3, 4});
  CHECK(results[1][0] == Approx(0.1 * 10 / 2));
  CHECK(results[2][0] == Approx(0.01 * 30 / 2));
}
