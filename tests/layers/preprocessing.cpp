// Layers of integers and categories, and what data decide before training.
#include <tenon/layers/category_encoding.hpp>
#include <tenon/layers/discretization.hpp>
#include <tenon/layers/embedding.hpp>
#include <tenon/layers/normalization.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/regularizers/l1_l2.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

/// What a layer without weights makes of whole numbers.
template <class L>
Values of_integers(const Shape& shape, const Values& x, long batch, DType type = DType::int32) {
  static constexpr L object{};
  Sketch g;
  const Symbol y = object(g.argument(shape, type));
  REQUIRE(g.trace.mistake.problem == Problem::none);
  g.result(y);
  const auto traced = support::run(g.graph(), {x}, batch)[0];
  CHECK(support::run_planned(g.graph(), {x}, batch)[0] == traced);
  return traced;
}
template <class I>
std::vector<float> adapted(std::size_t count, const std::vector<float>& samples, const Shape& sample) {
  std::vector<float> values(count);
  I::adapt(values, samples, sample);
  return values;
}

}  // namespace

TEST_CASE("Embedding reads rows and adds gradients to them", "[layers][embedding]") {
  static constexpr Embedding<3, 2, EmbeddingsRegularizer<L2<0.1>>> embedding{};
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 2), DType::int32), y = embedding(x);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  CHECK(g.trace.extra_losses.size() == 1);
  CHECK(y.shape() == shape(dynamic, 2, 2));
  const Symbol table = g.symbol(g.trace.weights[0].node);
  const auto results = g.run({y, gradient(sum(y * y), table)}, {{2, 0, 2, 2}, {1, 2, 3, 4, 5, 6}}, 2);
  CHECK(results[0] == Values{5, 6, 1, 2, 5, 6, 5, 6});
  CHECK(results[1] == Values{2, 4, 0, 0, 30, 36});
  CHECK(x.node().value == 3);  // data are checked against that
}

TEST_CASE("CategoryEncoding makes zeros and ones, or counts, as Keras does", "[layers][category_encoding]") {
  const Shape two = shape(dynamic, 3);
  const Values x{0, 2, 2, 1, 1, 1};
  CHECK(of_integers<CategoryEncoding<4>>(two, x, 2) == Values{1, 0, 1, 0, 0, 1, 0, 0});
  CHECK(of_integers<CategoryEncoding<4, OutputMode::count>>(two, x, 2) == Values{1, 0, 2, 0, 0, 3, 0, 0});
  CHECK(of_integers<CategoryEncoding<3, OutputMode::one_hot>>(two, {0, 2, 2}, 1) == Values{1, 0, 0, 0, 0, 1, 0, 0, 1});
  CHECK(of_integers<CategoryEncoding<3, OutputMode::one_hot>>(shape(dynamic, 1), {0, 2}, 2) == Values{1, 0, 0, 0, 0, 1});
  CHECK(of_integers<CategoryEncoding<3>>(shape(dynamic), {0, 2}, 2) == Values{1, 0, 0, 0, 0, 1});
  Sketch g;
  const Symbol which = g.argument(two, DType::int32), weights = g.argument(two), y = CategoryEncoding<3, OutputMode::count>{}(which, weights);
  CHECK(g.run({y}, {{0, 2, 2}, {0.5, 1, 2}})[0] == Values{0.5, 0, 3});
  Sketch h;
  CategoryEncoding<3>{}(h.argument(two));
  CHECK(h.trace.mistake.problem == Problem::indices_are_not_integers);
}

TEST_CASE("Discretization finds the bin, its lower end included", "[layers][discretization]") {  // values from Keras
  using Bins = BinBoundaries<0.0, 1.0, 2.0>;
  const Values x{-1.5, 1.0, 3.4, 0.5, 0.0, 3.0, 1.3, 0.0};
  CHECK(of_integers<Discretization<Bins>>(shape(dynamic, 4), x, 2, DType::float32) == Values{0, 2, 3, 1, 1, 3, 2, 1});
  CHECK(of_integers<Discretization<Bins, OutputMode::count>>(shape(dynamic, 4), x, 2, DType::float32) == Values{1, 1, 1, 1, 0, 2, 1, 1});
  Sketch g;
  static constexpr Embedding<4, 2> embedding{};
  CHECK(embedding(Discretization<Bins>{}(g.argument(shape(dynamic, 3)))).shape() == shape(dynamic, 3, 2));
  CHECK(g.trace.mistake.problem == Problem::none);
}

TEST_CASE("Discretization learns bins with as many samples each", "[layers][discretization]") {
  using detail::BoundariesOfData;
  CHECK(adapted<BoundariesOfData>(3, {-1.5f, 1.0f, 3.4f, 0.5f, 0.0f, 3.0f, 1.3f, 0.0f}, shape(4)) == std::vector<float>{0, 0.5f, 1.3f});  // from Keras
  std::vector<float> many;
  for (int i = 0; i < 10000; ++i) many.push_back(static_cast<float>(i * 7919 % 10000));
  const auto bins = adapted<BoundariesOfData>(4, many, shape());
  for (std::size_t k = 0; k < 4; ++k) CHECK(bins[k] == Approx(2000 * (k + 1)).margin(101));
  CHECK_THROWS_WITH(adapted<BoundariesOfData>(3, {1, 2, 3}, shape()), "adapt: 3 numbers are given, expected at least 4, one for each bin of Discretization");
  static constexpr Discretization<NumBins<4>> layer{};
  Sketch g;
  const Symbol y = layer(g.argument(shape(dynamic, 2)));
  CHECK(g.run({y}, {{-1, 0, 1, 9}, {0, 0.5, 1.3}}, 2)[0] == Values{0, 1, 2, 3});
}

TEST_CASE("Normalization learns mean and variance along its axes", "[layers][normalization]") {
  const std::vector<float> x{1, 10, 3, 30, 5, 50, 7, 110};  // two samples of (2, 2)
  const Shape sample = shape(2, 2);
  CHECK(adapted<detail::MeanOfData<Axis<-1>>>(2, x, sample) == std::vector<float>{4, 50});
  CHECK(adapted<detail::VarianceOfData<Axis<-1>>>(2, x, sample) == std::vector<float>{5, 1400});
  CHECK(adapted<detail::MeanOfData<Axis<1>>>(2, x, sample) == std::vector<float>{16.5f, 37.5f});
  CHECK(adapted<detail::MeanOfData<Axis<1, 2>>>(4, x, sample) == std::vector<float>{3, 30, 5, 70});
  CHECK(adapted<detail::MeanOfData<Axis<>>>(1, x, sample) == std::vector<float>{27});
}

TEST_CASE("Normalization shifts and scales by its states, and back", "[layers][normalization]") {
  static constexpr Normalization layer{};
  static constexpr NormalizationWith<Invert, Axis<>> back{};
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 2)), y = layer(x), z = back(x);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  const auto results = g.run({y, z}, {{1, 2, 3, 4}, {1, 2}, {4, 0}, {0}, {5}, {9}, {0}}, 2);
  CHECK(results[0] == Values{0, 0, 1, 2 / 1e-7});
  CHECK(results[1] == Values{8, 11, 14, 17});
  CHECK(g.trace.weights[0].input == 0);
  Sketch h;
  layer(Reshape<2, 1>{}(h.argument(shape(dynamic, 2))));
  CHECK(h.trace.weights[0].input == -1);
}

TEST_CASE("Normalization takes mean and variance as numbers", "[layers][normalization]") {
  const auto run = [](auto layer) {
    Sketch g;
    const Symbol y = layer.call(g.argument(shape(dynamic, 2)));
    REQUIRE(g.trace.mistake.problem == Problem::none);
    CHECK(g.trace.weights.size() == 0);
    return g.run({y}, {{1, 2, 3, 4}}, 2)[0];
  };
  CHECK(run(NormalizationWith<InputMean<1.0, 2.0>, InputVariance<4.0, 0.25>>{}) == Values{0, 0, 1, 4});
  CHECK(run(NormalizationWith<InputMean<1.0>, InputVariance<4.0>, Axis<>>{}) == Values{0, 0.5, 1, 1.5});
  CHECK(run(NormalizationWith<InputMean<1.0>, InputVariance<4.0>, Invert>{}) == Values{3, 5, 7, 9});
  const auto problem = [](auto layer) {
    Sketch g;
    layer.call(g.argument(shape(dynamic, 2)));
    return g.trace.mistake.problem;
  };
  CHECK(problem(NormalizationWith<InputMean<1.0>>{}) == Problem::option_missing);
  CHECK(problem(NormalizationWith<InputMean<1.0, 2.0, 3.0>, InputVariance<1.0>>{}) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem(NormalizationWith<InputMean<1.0>, InputVariance<-1.0>>{}) == Problem::value_out_of_range);
}
