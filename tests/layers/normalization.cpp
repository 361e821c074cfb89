// Normalizations of each sample.
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/group_normalization.hpp>
#include <tenon/layers/layer_normalization.hpp>
#include <tenon/layers/rms_normalization.hpp>
#include <tenon/layers/unit_normalization.hpp>
#include <tenon/regularizers/l1_l2.hpp>

#include "../support/golden_layer.hpp"
#include "../support/gradient_check.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("normalizations of each sample agree with Keras", "[layers][normalization]") {
  support::check_golden("layers/normalization", {
    layer_named<LayerNormalization>("LayerNormalization"),
    layer_named<LayerNormalizationWith<Axis<1, 2, 3>>>("LayerNormalizationWith<Axis<1, 2, 3>>"),
    layer_named<LayerNormalizationWith<Axis<1>, Epsilon<0.1>>>("LayerNormalizationWith<Axis<1>, Epsilon<0.1>>"),
    layer_named<LayerNormalizationWith<Axis<1, 3>>>("LayerNormalizationWith<Axis<1, 3>>"),
    layer_named<LayerNormalizationWith<NoScale>>("LayerNormalizationWith<NoScale>"),
    layer_named<LayerNormalizationWith<NoCenter>>("LayerNormalizationWith<NoCenter>"),
    layer_named<GroupNormalization<2>>("GroupNormalization<2>"),
    layer_named<GroupNormalization<3>>("GroupNormalization<3>"),
    layer_named<GroupNormalization<-1>>("GroupNormalization<-1>"),
    layer_named<GroupNormalization<1, NoCenter>>("GroupNormalization<1, NoCenter>"),
    layer_named<GroupNormalization<2, Axis<1>, Epsilon<0.01>>>("GroupNormalization<2, Axis<1>, Epsilon<0.01>>"),
    layer_named<GroupNormalization<2, NoScale>>("GroupNormalization<2, NoScale>"),
    layer_named<RMSNormalization>("RMSNormalization"),
    layer_named<RMSNormalizationWith<Epsilon<0.1>>>("RMSNormalizationWith<Epsilon<0.1>>"),
    layer_named<RMSNormalizationWith<Axis<1, 2>>>("RMSNormalizationWith<Axis<1, 2>>"),
    layer_named<UnitNormalization>("UnitNormalization"),
    layer_named<UnitNormalizationWith<1, 2>>("UnitNormalizationWith<1, 2>"),
    layer_named<UnitNormalizationWith<1>>("UnitNormalizationWith<1>"),
  });
}

TEST_CASE("RMSNormalization along an axis that is not the last", "[layers][normalization]") {  // Keras 3.15 cannot
  static constexpr RMSNormalizationWith<Axis<1>> norm{};
  support::Sketch g;
  const Symbol y = norm(g.argument(shape(dynamic, 2, 2)));
  REQUIRE(g.trace.mistake.problem == Problem::none);
  const auto result = g.run({y}, {{1, 3, 7, 4}, {10, 100}})[0];  // columns (1, 7) and (3, 4): roots of mean squares 5 and √12.5
  const double expected[] = {10 / 5., 10 * 3 / std::sqrt(12.5), 100 * 7 / 5., 100 * 4 / std::sqrt(12.5)};
  for (std::size_t i = 0; i < 4; ++i) CHECK(result[i] == Approx(expected[i]).epsilon(1e-6));
}

TEST_CASE("a vector of zeros stays one, and has a finite gradient", "[layers][normalization]") {
  support::Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), y = UnitNormalization::call(x);
  const auto results = support::run<float>(g.with_results({y, gradient(y, x)}), {{0, 0, 0}});
  CHECK(results[0] == support::Values{0, 0, 0});
  for (const double d : results[1]) CHECK(d == Approx(1e12));
}

TEST_CASE("a normalization takes penalties and initial values of gamma and beta", "[layers][normalization]") {
  static constexpr LayerNormalizationWith<GammaInitializer<Constant<0.5>>, BetaInitializer<Ones>, GammaRegularizer<L2<0.1>>> norm{};
  support::Sketch g;
  norm(g.argument(shape(dynamic, 2)));
  REQUIRE(g.trace.mistake.problem == Problem::none);
  CHECK(g.trace.extra_losses.size() == 1);
  Random random(1);
  std::vector<float> gamma(2), beta(2);
  g.trace.weights[0].initialize(gamma, shape(2), random);
  g.trace.weights[1].initialize(beta, shape(2), random);
  CHECK((gamma[1] == 0.5f && beta[1] == 1));
}

TEST_CASE("normalizations refuse axes and groups that do not fit", "[layers][normalization]") {
  const auto problem = [](auto layer, const Shape& x) {
    support::Sketch g;
    layer.call(g.argument(x));
    return g.trace.mistake.problem;
  };
  CHECK(problem(LayerNormalizationWith<Axis<0>>{}, shape(dynamic, 3)) == Problem::axis_out_of_range);
  CHECK(problem(LayerNormalizationWith<Axis<2>>{}, shape(dynamic, 3)) == Problem::axis_out_of_range);
  CHECK(problem(LayerNormalization{}, shape(dynamic)) == Problem::axis_out_of_range);
  CHECK(problem(UnitNormalizationWith<0>{}, shape(dynamic, 3)) == Problem::axis_out_of_range);
  CHECK(problem(RMSNormalizationWith<Axis<0>>{}, shape(dynamic, 3)) == Problem::axis_out_of_range);
  CHECK(problem(GroupNormalization<2>{}, shape(dynamic, 3)) == Problem::groups_do_not_divide);
  CHECK(problem(GroupNormalization<>{}, shape(dynamic, 8)) == Problem::groups_do_not_divide);
  CHECK(problem(GroupNormalization<0>{}, shape(dynamic, 8)) == Problem::value_out_of_range);
  CHECK(problem(BatchNormalizationWith<Axis<1, 2>>{}, shape(dynamic, 3, 4)) == Problem::axis_out_of_range);
  CHECK(problem(BatchNormalizationWith<Axis<0>>{}, shape(dynamic, 3, 4)) == Problem::axis_out_of_range);
}
