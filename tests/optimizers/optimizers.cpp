#include <tenon/optimizers/adam.hpp>
#include <tenon/optimizers/rmsprop.hpp>
#include <tenon/optimizers/sgd.hpp>

#include <tenon/model/sources.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::Values;

namespace {

/// Takes the steps of a golden case: the plan writes the parameters and the states over the old ones, as training does.
void check_optimizer(const golden::Case& c, const Trace& t, const void* optimizer) {
  INFO(c.name);
  const NodeGraph g = legalize(simplify(t.program.root()));
  const Plan plan = tenon::plan(g, steps_of(g, fuse(g)));
  int loops = 0;
  for (const PlannedStep& step : plan.steps) loops += plan.extents[step.first_extent].batched;
  CHECK(loops == 1);  // over the parameters; the other steps compute numbers that all of them share
  CHECK(plan.arena_counted == 0);
  const std::size_t n = c.weights.at(0).data.size();
  Values parameters = support::values_of(c.weights[0]);
  std::vector<Values> states(static_cast<std::size_t>(t.weights.size()), Values(n, 0.0));
  const Values gradients = support::values_of(c.inputs.at(0));
  for (std::size_t step = 0; step < gradients.size() / n; ++step) {
    std::vector<Values> arguments;
    std::vector<int> shared(static_cast<std::size_t>(g.results.size()), -1);
    for (int k = 0; k < g.arguments.size(); ++k) {
      const Port& p = g.arguments[k];
      switch (p.role) {
        case Role::input: arguments.push_back(parameters); break;
        case Role::gradient: arguments.emplace_back(gradients.begin() + static_cast<long>(step * n), gradients.begin() + static_cast<long>((step + 1) * n)); break;
        case Role::weight: arguments.push_back(states.at(static_cast<std::size_t>(p.index))); break;
        case Role::iteration: arguments.push_back({static_cast<double>(step + 1)}); break;
        default: arguments.push_back({static_cast<double>(t.hyperparameters[p.index].read(optimizer))});
      }
      for (int r = 0; r < g.results.size(); ++r)
        if ((p.role == Role::input && g.results[r].index == 0) || (p.role == Role::weight && g.results[r].index == 1 + p.index)) shared[static_cast<std::size_t>(r)] = k;
    }
    const auto results = support::PlanInterpreter(g, plan, static_cast<long>(n), {}).run(arguments, shared);
    for (int r = 0; r < g.results.size(); ++r)
      (g.results[r].index == 0 ? parameters : states.at(static_cast<std::size_t>(g.results[r].index - 1))) = results[static_cast<std::size_t>(r)];
    for (std::size_t i = 0; i < n; ++i) {
      const auto expected = static_cast<double>(c.outputs.at(0).data.at(step * n + i));
      INFO("step " << step << ", parameter " << i);
      CHECK(parameters[i] == Approx(expected).epsilon(2e-5).margin(2e-6));  // Keras computes 1 - 0.999^t in float
    }
  }
}

template <class Optimizer>
void check_cases(const std::map<std::string, Optimizer>& optimizers) {
  const Trace t = Update<Optimizer>::trace(), plain = Update<Optimizer, true>::trace();
  CHECK(plain.weights.size() < t.weights.size());
  int plain_ones = 0;
  for (const auto& [name, optimizer] : optimizers) {
    check_optimizer(golden::load("optimizers", name), t, &optimizer);
    if (!optimizer.plain()) continue;
    check_optimizer(golden::load("optimizers", name), plain, &optimizer);
    ++plain_ones;
  }
  CHECK(plain_ones > 0);
  CHECK(plain_ones < static_cast<int>(optimizers.size()));
}

}  // namespace

TEST_CASE("SGD agrees with Keras", "[optimizers][sgd]") {
  check_cases<SGD>({
    {"SGD{}", {}},
    {"SGD{.learning_rate = 0.5}", {.learning_rate = 0.5f}},
    {"SGD{.learning_rate = 0.1, .momentum = 0.9}", {.learning_rate = 0.1f, .momentum = 0.9f}},
    {"SGD{.learning_rate = 0.1, .momentum = 0.9, .nesterov = true}", {.learning_rate = 0.1f, .momentum = 0.9f, .nesterov = true}},
  });
}

TEST_CASE("RMSprop agrees with Keras", "[optimizers][rmsprop]") {
  check_cases<RMSprop>({
    {"RMSprop{}", {}},
    {"RMSprop{.learning_rate = 0.01, .rho = 0.5}", {.learning_rate = 0.01f, .rho = 0.5f}},
    {"RMSprop{.learning_rate = 0.01, .momentum = 0.9}", {.learning_rate = 0.01f, .momentum = 0.9f}},
    {"RMSprop{.learning_rate = 0.01, .centered = true}", {.learning_rate = 0.01f, .centered = true}},
    {"RMSprop{.learning_rate = 0.01, .momentum = 0.5, .centered = true}", {.learning_rate = 0.01f, .momentum = 0.5f, .centered = true}},
    {"RMSprop{.epsilon = 0.01}", {.epsilon = 0.01f}},
  });
}

TEST_CASE("Adam agrees with Keras", "[optimizers][adam]") {
  check_cases<Adam>({
    {"Adam{}", {}},
    {"Adam{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9}", {.learning_rate = 0.1f, .beta_1 = 0.5f, .beta_2 = 0.9f}},
    {"Adam{.learning_rate = 0.1, .epsilon = 0.01}", {.learning_rate = 0.1f, .epsilon = 0.01f}},
    {"Adam{.learning_rate = 0.1, .amsgrad = true}", {.learning_rate = 0.1f, .amsgrad = true}},
  });
}
