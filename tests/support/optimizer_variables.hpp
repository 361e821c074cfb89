// Takes the steps of an optimizer on variables of several shapes, as training does, on the reference backend; compares them with Keras's.
#pragma once

#include <tenon/backend/reference.hpp>
#include <tenon/model/updater.hpp>

#include "golden.hpp"

namespace support {

/// Their shapes, each once, as ShapesOf<Net> would give them.
struct ListOfShapes {
  tenon::detail::VariableKind items[5] = {{tenon::shape(3, 4)}, {tenon::shape(4)}, {tenon::shape(2, 2, 3)}, {tenon::shape(5, 2)}, {tenon::shape(1)}};
  int count = 5;
};
struct Shapes {
  static constexpr ListOfShapes list{};
};

/// The variables of tests/golden/optimizer_variables.json, with padding between them.
struct Variables {
  std::vector<tenon::Parameter> parameters;
  long extent = 0;

  Variables() {
    for (const int k : {0, 1, 2, 3, 4, 0}) {
      parameters.push_back({.name = "w", .shape = Shapes::list.items[k].shape, .offset = extent});
      extent += (parameters.back().size() + tenon::parameter_alignment - 1) / tenon::parameter_alignment * tenon::parameter_alignment;
    }
  }
};

/// `optimizer` is what the C++ text `name` says.
template <class Optimizer>
void check_optimizer_on_variables(const std::string& name, Optimizer optimizer, double tolerance = 2e-5) {
  using namespace tenon;
  INFO(name);
  const golden::Case given = golden::load("optimizer_variables", "AdamW{}"), expected = golden::load("optimizer_variables", name);
  const std::vector<double> steps = given.values.at("steps");
  const Variables v;
  std::vector<float> weights(static_cast<std::size_t>(v.extent)), gradients(weights.size());
  for (std::size_t i = 0; i < v.parameters.size(); ++i) std::copy(given.weights[i].data.begin(), given.weights[i].data.end(), weights.begin() + v.parameters[i].offset);

  HostDevice device;
  using ItsShapes = std::conditional_t<needs_shape<Optimizer>, Shapes, detail::AnyShapes>;
  detail::UpdaterOf<Reference, Optimizer, ItsShapes> updater(device, optimizer, weights.data(), gradients.data(), v.parameters, v.extent);
  const auto check = [&](const std::vector<golden::Tensor>& wanted, const float* values, std::size_t row) {
    for (std::size_t i = 0; i < v.parameters.size(); ++i)
      for (long k = 0; k < v.parameters[i].size(); ++k) {
        INFO("variable " << i << ", number " << k);
        CHECK(values[v.parameters[i].offset + k] == Approx(wanted.at(i).data.at(row * static_cast<std::size_t>(v.parameters[i].size()) + static_cast<std::size_t>(k))).epsilon(tolerance).margin(tolerance / 10));
      }
  };
  std::size_t compared = 0;
  for (long step = 1; step <= 12; ++step) {
    for (std::size_t i = 0; i < v.parameters.size(); ++i)
      std::copy_n(given.inputs[i].data.begin() + (step - 1) * v.parameters[i].size(), v.parameters[i].size(), gradients.begin() + v.parameters[i].offset);
    updater.step(step, {});
    INFO("step " << step);
    if (static_cast<double>(step) == steps.at(compared)) check(expected.outputs, weights.data(), compared), ++compared;
  }
  CHECK(compared == steps.size());
  if (!expected.weights_after.empty()) {
    REQUIRE(updater.averages() != nullptr);
    check(expected.weights_after, updater.averages(), 0);
  } else {
    CHECK(updater.averages() == nullptr);
  }
}

}  // namespace support
