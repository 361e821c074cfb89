// Optimizers whose update is one pass over all parameters.
#include <tenon/optimizers/adadelta.hpp>
#include <tenon/optimizers/adagrad.hpp>
#include <tenon/optimizers/adamax.hpp>
#include <tenon/optimizers/adamw.hpp>
#include <tenon/optimizers/ftrl.hpp>
#include <tenon/optimizers/lion.hpp>
#include <tenon/optimizers/nadam.hpp>
#include <tenon/optimizers/schedule_free_adamw.hpp>
#include <tenon/optimizers/schedules/cosine_decay.hpp>

#include "../support/optimizer_variables.hpp"

using namespace tenon;
using support::check_optimizer_on_variables;

TEST_CASE("AdamW agrees with Keras", "[optimizers][adamw]") {
  check_optimizer_on_variables("AdamW{}", AdamW{});
  check_optimizer_on_variables("AdamW{.learning_rate = 0.1, .weight_decay = 0.1}", AdamW{.learning_rate = 0.1f, .weight_decay = 0.1f});
  check_optimizer_on_variables("AdamW{.learning_rate = 0.1, .weight_decay = 0.05, .amsgrad = true}", AdamW{.learning_rate = 0.1f, .weight_decay = 0.05f, .amsgrad = true});
}

TEST_CASE("Adadelta agrees with Keras", "[optimizers][adadelta]") {
  check_optimizer_on_variables("Adadelta{}", Adadelta{});
  check_optimizer_on_variables("Adadelta{.learning_rate = 1, .rho = 0.5, .epsilon = 0.01}", Adadelta{.learning_rate = 1.f, .rho = 0.5f, .epsilon = 0.01f});
}

TEST_CASE("Adagrad agrees with Keras", "[optimizers][adagrad]") {
  check_optimizer_on_variables("Adagrad{}", Adagrad{});
  check_optimizer_on_variables("Adagrad{.learning_rate = 0.1, .initial_accumulator_value = 0.5, .epsilon = 0.01}",
                               Adagrad{.learning_rate = 0.1f, .initial_accumulator_value = 0.5f, .epsilon = 0.01f});
}

TEST_CASE("Adamax agrees with Keras", "[optimizers][adamax]") {
  check_optimizer_on_variables("Adamax{}", Adamax{});
  check_optimizer_on_variables("Adamax{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01}",
                               Adamax{.learning_rate = 0.1f, .beta_1 = 0.5f, .beta_2 = 0.9f, .epsilon = 0.01f});
}

TEST_CASE("Nadam agrees with Keras", "[optimizers][nadam]") {
  check_optimizer_on_variables("Nadam{}", Nadam{});
  check_optimizer_on_variables("Nadam{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01}",
                               Nadam{.learning_rate = 0.1f, .beta_1 = 0.5f, .beta_2 = 0.9f, .epsilon = 0.01f});
}

TEST_CASE("Ftrl agrees with Keras", "[optimizers][ftrl]") {
  check_optimizer_on_variables("Ftrl{}", Ftrl{}, 1e-4);
  check_optimizer_on_variables("Ftrl{.learning_rate = 0.1, .l1_regularization_strength = 0.1, .l2_regularization_strength = 0.2}",
                               Ftrl{.learning_rate = 0.1f, .l1_regularization_strength = 0.1f, .l2_regularization_strength = 0.2f}, 1e-4);
  check_optimizer_on_variables(
      "Ftrl{.learning_rate = 0.1, .learning_rate_power = -0.3, .initial_accumulator_value = 0.5, .l2_shrinkage_regularization_strength = 0.1, .beta = 0.5}",
      Ftrl{.learning_rate = 0.1f, .learning_rate_power = -0.3f, .initial_accumulator_value = 0.5f, .l2_shrinkage_regularization_strength = 0.1f, .beta = 0.5f}, 1e-4);
}

TEST_CASE("Lion agrees with Keras", "[optimizers][lion]") {
  check_optimizer_on_variables("Lion{}", Lion{});
  check_optimizer_on_variables("Lion{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9}", Lion{.learning_rate = 0.1f, .beta_1 = 0.5f, .beta_2 = 0.9f});
}

TEST_CASE("ScheduleFreeAdamW agrees with Keras", "[optimizers][schedule_free_adamw]") {
  check_optimizer_on_variables("ScheduleFreeAdamW{}", ScheduleFreeAdamW{});
  check_optimizer_on_variables("ScheduleFreeAdamW{.learning_rate = 0.1, .beta_1 = 0.8, .beta_2 = 0.9, .epsilon = 0.01, .warmup_steps = 5}",
                               ScheduleFreeAdamW{.learning_rate = 0.1f, .beta_1 = 0.8f, .beta_2 = 0.9f, .epsilon = 0.01f, .warmup_steps = 5});
}

TEST_CASE("An optimizer asks its schedule before each step", "[optimizers][schedules]") {
  check_optimizer_on_variables("Adagrad{.learning_rate = CosineDecay{…}}",
                               Adagrad{.learning_rate = CosineDecay{.initial_learning_rate = 0.5, .decay_steps = 8, .alpha = 0.1}});
}
