#include <tenon/model/updater.hpp>

#include <tenon/tenon.hpp>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace {

struct Line : tn::Sequential<tn::Input<1>, tn::Dense<1>> {};

std::vector<float> weights_of(auto& model) { return {model.get_weights()[0](0, 0), model.get_weights()[1](0)}; }

}  // namespace

TEST_CASE("An optimizer that is plain takes the same steps as one that is not", "[model][updater]") {
  const xt::xtensor<float, 2> x{{1}, {2}, {-1}}, y{{3}, {5}, {0}};
  tn::SGD barely{.learning_rate = 0.1f, .momentum = 1e-30f};
  REQUIRE(!barely.plain());
  auto plain = tn::compile<Line>(tn::SGD{.learning_rate = 0.1f}, tn::MeanSquaredError{}), full = tn::compile<Line>(barely, tn::MeanSquaredError{});
  for (int step = 0; step < 5; ++step) plain.train_on_batch(x, y), full.train_on_batch(x, y);
  CHECK(weights_of(plain) == weights_of(full));
}

TEST_CASE("Momentum may be turned on during training, and begins with nothing", "[model][updater]") {
  const xt::xtensor<float, 2> x{{1}, {2}, {-1}}, y{{3}, {5}, {0}};
  auto model = tn::compile<Line>(tn::SGD{.learning_rate = 0.1f}, tn::MeanSquaredError{});
  auto expected = tn::compile<Line>(tn::SGD{.learning_rate = 0.1f, .momentum = 0.9f}, tn::MeanSquaredError{});
  for (int step = 0; step < 3; ++step) model.train_on_batch(x, y);
  model.optimizer().momentum = 0.9f;
  expected.set_weights(model.get_weights());
  for (int step = 0; step < 3; ++step) model.train_on_batch(x, y), expected.train_on_batch(x, y);
  CHECK(weights_of(model) == weights_of(expected));
}

TEST_CASE("initialize makes the optimizer forget", "[model][updater]") {
  const xt::xtensor<float, 2> x{{1}, {2}, {-1}}, y{{3}, {5}, {0}};
  auto model = tn::compile<Line>(tn::RMSprop{.momentum = 0.5f}, tn::MeanSquaredError{});
  model.train_on_batch(x, y);
  const auto once = weights_of(model);
  model.train_on_batch(x, y);
  model.initialize(0);
  model.train_on_batch(x, y);
  CHECK(weights_of(model) == once);
}
