#include <tenon/optimizers/schedules/cosine_decay.hpp>
#include <tenon/optimizers/schedules/cosine_decay_restarts.hpp>
#include <tenon/optimizers/schedules/exponential_decay.hpp>
#include <tenon/optimizers/schedules/inverse_time_decay.hpp>
#include <tenon/optimizers/schedules/piecewise_constant_decay.hpp>
#include <tenon/optimizers/schedules/polynomial_decay.hpp>
#include <tenon/optimizers/sgd.hpp>

#include "../support/golden.hpp"

using namespace tenon;

namespace {

void check_schedule(const std::string& name, const auto& schedule) {
  INFO(name);
  const golden::Case c = golden::load("schedules", name);
  const auto& steps = c.values.at("steps");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    INFO("step " << steps[i]);
    CHECK(schedule(static_cast<long>(steps[i])) == Approx(c.values.at("rates")[i]).epsilon(2e-6).margin(1e-8));  // Keras computes in float
  }
}

}  // namespace

TEST_CASE("Schedules agree with Keras", "[optimizers][schedules]") {
  check_schedule("ExponentialDecay{0.1, 7, 0.9}", ExponentialDecay{0.1, 7, 0.9});
  check_schedule("ExponentialDecay{0.1, 7, 0.9, true}", ExponentialDecay{0.1, 7, 0.9, true});
  check_schedule("InverseTimeDecay{0.1, 7, 0.5}", InverseTimeDecay{0.1, 7, 0.5});
  check_schedule("InverseTimeDecay{0.1, 7, 0.5, true}", InverseTimeDecay{0.1, 7, 0.5, true});
  check_schedule("PolynomialDecay{0.1, 50}", PolynomialDecay{0.1, 50});
  check_schedule("PolynomialDecay{0.1, 50, 0.01, 0.5}", PolynomialDecay{0.1, 50, 0.01, 0.5});
  check_schedule("PolynomialDecay{0.1, 20, 0.01, 2, true}", PolynomialDecay{0.1, 20, 0.01, 2, true});
  check_schedule("CosineDecay{0.1, 50}", CosineDecay{0.1, 50});
  check_schedule("CosineDecay{0.1, 50, 0.2}", CosineDecay{0.1, 50, 0.2});
  check_schedule("CosineDecay{0.01, 50, 0.1, 0.2, 10}", CosineDecay{0.01, 50, 0.1, 0.2, 10});
  check_schedule("CosineDecayRestarts{0.1, 11}", CosineDecayRestarts{0.1, 11});
  check_schedule("CosineDecayRestarts{0.1, 11, 1.5, 0.8, 0.1}", CosineDecayRestarts{0.1, 11, 1.5, 0.8, 0.1});
  check_schedule("CosineDecayRestarts{0.1, 11, 1, 0.8}", CosineDecayRestarts{0.1, 11, 1, 0.8});
  check_schedule("PiecewiseConstantDecay{{10, 20, 100}, {1, 0.5, 0.1, 0.01}}", PiecewiseConstantDecay{{10, 20, 100}, {1, 0.5, 0.1, 0.01}});
}

TEST_CASE("A learning rate is a number, or a schedule of one's own", "[optimizers][schedules]") {
  SGD optimizer{.learning_rate = 0.5f};
  CHECK(optimizer.learning_rate == 0.5f);
  optimizer.learning_rate = 1e-3f;
  optimizer.learning_rate *= 0.5f;
  CHECK(optimizer.learning_rate == 5e-4f);
  optimizer.learning_rate = [](long step) { return 1.0 / static_cast<double>(1 + step); };
  CHECK(optimizer.learning_rate == 1.f);
  optimizer.learning_rate.go_to(3);
  CHECK(optimizer.learning_rate == 0.25f);
  SGD copy = optimizer, moved = std::move(optimizer);
  CHECK(copy.learning_rate == 0.25f);
  CHECK(moved.learning_rate == 0.25f);
  copy.learning_rate = PolynomialDecay{0.5, 5, 0};
  CHECK(copy.learning_rate == 0.2f);  // at step 3 of 5
  CHECK(moved.learning_rate == 0.25f);
}

TEST_CASE("A number is refused where there is a schedule, and so are numbers that make no schedule", "[optimizers][schedules]") {
  SGD optimizer{.learning_rate = CosineDecay{.initial_learning_rate = 0.1, .decay_steps = 10}};
  CHECK_THROWS_WITH(optimizer.learning_rate = 0.1f, Catch::Contains("it is a schedule"));
  CHECK_THROWS_WITH((SGD{.learning_rate = CosineDecay{.initial_learning_rate = 0.1}}), Catch::Contains("CosineDecay: decay_steps is 0, expected 1 or more"));
  CHECK_THROWS_WITH((SGD{.learning_rate = PiecewiseConstantDecay{.boundaries = {1, 2}, .values = {1, 2}}}), Catch::Contains("2 values are given for 2 boundaries"));
}

static_assert([] {
  const SGD optimizer;
  SGD copy = optimizer;
  copy.learning_rate = 0.5f;
  return copy.learning_rate == 0.5f && SGD{}.learning_rate == 0.01f;
}());
