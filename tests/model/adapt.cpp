// Layers that look up, learn from data before training, draw, freeze and normalise, together on the Cpu.
#include <tenon/activations/mish.hpp>
#include <tenon/activations/sparsemax.hpp>
#include <tenon/backend/reference.hpp>
#include <tenon/layers/category_encoding.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/embedding.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/frozen.hpp>
#include <tenon/layers/gaussian_noise.hpp>
#include <tenon/layers/layer_normalization.hpp>
#include <tenon/layers/normalization.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace {

struct Body {
  tn::Normalization normalization;
  tn::GaussianNoise<0.1> noise;
  tn::Frozen<tn::Dense<6, tn::Mish>> known;
  tn::Embedding<5, 3> embedding;
  tn::LayerNormalization norm;
  tn::Dense<4, tn::Sparsemax> head;
  constexpr auto call(auto numbers, auto words) const {
    const auto counts = tn::CategoryEncoding<5, tn::OutputMode::count>{}(words);
    return head(norm(tn::concatenate(known(noise(normalization(numbers))), tn::Flatten{}(embedding(words)), counts)));
  }
};
struct Net : tn::Graph<Body, tn::Input<3>, tn::IntegerInput<2>> {};

const xt::xtensor<float, 2> numbers{{1, 10, -5}, {2, 30, -5}, {3, 20, -8}, {6, 40, -6}};
const xt::xtensor<int, 2> words{{0, 4}, {1, 1}, {2, 3}, {4, 0}};
const xt::xtensor<float, 2> y{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};

template <class Backend>
auto trained() {
  auto model = tn::compile<Net, Backend>(tn::SGD{.learning_rate = 0.5f}, tn::MeanSquaredError{});
  model.initialize(3);
  model.adapt(tn::inputs(numbers, words));
  model.fit(tn::inputs(numbers, words), y, {.batch_size = 2, .epochs = 3, .verbose = 0, .seed = 5});
  return model;
}

}  // namespace

TEST_CASE("adapt sets mean and variance, training leaves them and what is frozen alone, and Cpu and Reference agree", "[model][adapt]") {
  auto model = trained<tn::Cpu>();
  auto reference = trained<tn::Reference>();
  const auto weights = model.get_weights(), wanted = reference.get_weights();
  auto fresh = tn::compile<Net, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{});
  fresh.initialize(3);
  const auto before = fresh.get_weights();
  REQUIRE(weights.size() == wanted.size());
  for (std::size_t k = 0; k < weights.size(); ++k)
    for (std::size_t i = 0; i < weights[k].size(); ++i) CHECK(weights[k].flat(i) == Approx(wanted[k].flat(i)).margin(1e-4));
  CHECK(weights[0](1) == 25);       // mean
  CHECK(weights[1](0) == 3.5f);     // variance
  CHECK(weights[3] == before[3]);   // the frozen kernel
  CHECK(weights[5] != before[5]);   // the embedding
  const auto out = model.predict(tn::inputs(numbers, words)), expected = reference.predict(tn::inputs(numbers, words));
  for (std::size_t i = 0; i < out.size(); ++i) CHECK(out.flat(i) == Approx(expected.flat(i)).margin(1e-4));
}

TEST_CASE("an index that no row is for is refused, with its place", "[model][adapt]") {
  auto model = tn::compile<Net, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{});
  const xt::xtensor<int, 2> wrong{{0, 4}, {1, 5}, {2, 3}, {4, 0}};
  const xt::xtensor<float, 2> half{{0, 4}, {1, 1.5f}, {2, 3}, {4, 0}};
  CHECK_THROWS_WITH(model.predict(tn::inputs(numbers, wrong)), "predict: input 1 of x(1, 1) is 5, expected a whole number from 0 to 4, what the model looks up");
  CHECK_THROWS_WITH(model.fit(tn::inputs(numbers, wrong), y), "fit: input 1 of x(1, 1) is 5, expected a whole number from 0 to 4, what the model looks up");
  CHECK_THROWS_WITH(model.predict(tn::inputs(numbers, half)), "predict: input 1 of x(1, 1) is 1.500000, expected a whole number from 0 to 4, what the model looks up");
}

TEST_CASE("a model that learns nothing from data before training refuses adapt", "[model][adapt]") {
  struct Plain : tn::Sequential<tn::Input<3>, tn::Dense<1>> {};
  struct Behind : tn::Sequential<tn::Input<3>, tn::Dense<2>, tn::Normalization, tn::Dense<1>> {};
  tn::Predictor<Plain, tn::Reference> plain;
  tn::Predictor<Behind, tn::Reference> behind;
  CHECK_THROWS_WITH(plain.adapt(numbers), "adapt: the model has no layer that learns from data before training, such as Normalization, first behind an input");
  CHECK_THROWS_WITH(behind.adapt(numbers), "adapt: the layer normalization reads what another layer returned, expected an input of the model");
}
