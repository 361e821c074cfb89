// Optimizers whose update adds up over a variable, or needs its shape.
#include <tenon/optimizers/adafactor.hpp>
#include <tenon/optimizers/adamw.hpp>
#include <tenon/optimizers/lamb.hpp>
#include <tenon/optimizers/muon.hpp>

#include "../support/optimizer_variables.hpp"

using namespace tenon;
using support::check_optimizer_on_variables;

TEST_CASE("Lamb agrees with Keras", "[optimizers][lamb]") {
  check_optimizer_on_variables("Lamb{}", Lamb{});
  check_optimizer_on_variables("Lamb{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01}", Lamb{.learning_rate = 0.1f, .beta_1 = 0.5f, .beta_2 = 0.9f, .epsilon = 0.01f});
}

TEST_CASE("Adafactor agrees with Keras", "[optimizers][adafactor]") {
  check_optimizer_on_variables("Adafactor{}", Adafactor{});
  check_optimizer_on_variables("Adafactor{.relative_step = false}", Adafactor{.relative_step = false});
  check_optimizer_on_variables("Adafactor{.learning_rate = 0.5, .beta_2_decay = -0.5, .epsilon_1 = 1e-3, .epsilon_2 = 0.1, .clip_threshold = 0.5}",
                               Adafactor{.learning_rate = 0.5f, .beta_2_decay = -0.5f, .epsilon_1 = 1e-3f, .epsilon_2 = 0.1f, .clip_threshold = 0.5f});
}

TEST_CASE("Muon agrees with Keras", "[optimizers][muon]") {
  check_optimizer_on_variables("Muon{}", Muon{});
  check_optimizer_on_variables(
      "Muon{.learning_rate = 0.1, .adam_beta_1 = 0.5, .adam_beta_2 = 0.9, .adam_weight_decay = 0.1, .epsilon = 0.01, .weight_decay = 0.2, .adam_lr_ratio = 0.5, .momentum = 0.5}",
      Muon{.learning_rate = 0.1f, .adam_beta_1 = 0.5f, .adam_beta_2 = 0.9f, .adam_weight_decay = 0.1f, .epsilon = 0.01f, .weight_decay = 0.2f, .adam_lr_ratio = 0.5f, .momentum = 0.5f});
  check_optimizer_on_variables("Muon{.learning_rate = 0.1, .nesterov = false, .rms_rate = 0}", Muon{.learning_rate = 0.1f, .nesterov = false, .rms_rate = 0.f}, 1e-4);
  check_optimizer_on_variables("Muon{.learning_rate = 0.1, .muon_a = 3, .muon_b = -4, .muon_c = 2}", Muon{.learning_rate = 0.1f, .muon_a = 3.f, .muon_b = -4.f, .muon_c = 2.f}, 1e-3);  // steps that enlarge the rounding of floats
}

TEST_CASE("Adafactor keeps rows and columns of a matrix, and no more", "[optimizers][adafactor]") {
  const support::Variables v;
  std::vector<float> w(static_cast<std::size_t>(v.extent)), g(w.size(), 1.f);
  HostDevice device;
  Adafactor optimizer;
  detail::UpdaterOf<Reference, Adafactor, support::Shapes> updater(device, optimizer, w.data(), g.data(), v.parameters, v.extent);
  updater.step(1, {});
  const auto slots = updater.slots({});
  REQUIRE(slots.size() == 3);  // (3, 4), (4), (2, 2, 3), (5, 2), (1), (3, 4): each begins at a multiple of 16
  CHECK(std::string(slots[0].name) == "row");
  CHECK(slots[0].count == 4 * 16);  // (3), (2, 2), (5), (3)
  CHECK(std::string(slots[1].name) == "column");
  CHECK(slots[1].count == 4 * 16);  // (4), (2, 3), (2), (4)
  CHECK(std::string(slots[2].name) == "velocity");
  CHECK(slots[2].count == 2 * 16);  // (4), (1)
}

namespace {
struct OneTable {
  struct List {
    detail::VariableKind items[1];
    int count;
  };
  static constexpr List list{{{shape(3, 4), true}}, 1};
};
}  // namespace

TEST_CASE("Muon leaves embeddings to AdamW", "[optimizers][muon]") {
  const Parameter table{.name = "embeddings", .shape = shape(3, 4)};
  std::vector<float> w(16), v(16), g(16);
  for (std::size_t i = 0; i < 12; ++i) w[i] = v[i] = static_cast<float>(i) - 5, g[i] = static_cast<float>(i % 5) - 2;
  HostDevice device;
  Muon muon;
  AdamW adamw;
  detail::UpdaterOf<Reference, Muon, OneTable> updater(device, muon, w.data(), g.data(), {&table, 1}, 16);
  detail::UpdaterOf<Reference, AdamW> expected(device, adamw, v.data(), g.data(), {&table, 1}, 16);
  for (long step = 1; step <= 3; ++step) updater.step(step, {}), expected.step(step, {});
  for (std::size_t i = 0; i < 12; ++i) CHECK(w[i] == Approx(v[i]));
}
