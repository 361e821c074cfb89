// What training needs to go on: how it is kept, and how it is brought back.
#pragma once

#include <tenon/model/state_file.hpp>
#include <tenon/model/trainable_model.hpp>

namespace tenon {

inline detail::StateWriter TrainableModel::state() const {
  const Description& d = description();
  detail::StateWriter state(d, weights());
  state.integer("iterations", iterations_);
  state.integer("seed", seed_);
  state.integer("noise_seed", noise_.seed);
  state.integer("noise_step", noise_.step);
  state.text("optimizer", setup_.optimizer);
  if (has_a_number_as_learning_rate()) state.floats("learning_rate", {learning_rate()});
  if (updater_)
    for (const detail::Updater::Slot& slot : updater_->slots()) {
      std::vector<float> values(static_cast<std::size_t>(slot.count));
      device_->download(values.data(), slot.data, values.size() * sizeof(float));
      state.floats(std::string("optimizer/") + slot.name, std::move(values));
    }
  return state;
}

/// Reads everything before it changes anything.
inline void TrainableModel::set_state(const detail::StateReader& state) {
  if (const std::string optimizer = state.text("optimizer"); optimizer != setup_.optimizer)
    state.fail("was written with the optimizer " + optimizer + ", the model has " + setup_.optimizer);
  const std::vector<float> weights = detail::load_weights(description(), state.file());
  const std::vector<std::string> names = state.names("optimizer/");
  const std::vector<const char*> known = updater_->slot_names();
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string has;
    for (const char* k : known) has += std::string(has.empty() ? "'" : ", '") + k + "'";
    state.fail("has '" + name + "' of the optimizer, the model " + (has.empty() ? "nothing" : has));
  }
  std::vector<detail::Updater::Slot> slots;  // in the order of the names
  std::vector<std::vector<float>> values;
  for (const std::string& name : names)
    for (const detail::Updater::Slot& slot : updater_->slots(names))
      if (name == slot.name) slots.push_back(slot);
  for (std::size_t i = 0; i < names.size(); ++i) {
    values.push_back(state.floats("optimizer/" + names[i]));
    if (static_cast<long>(values[i].size()) != slots[i].count)
      state.fail("has " + std::to_string(values[i].size()) + " numbers '" + names[i] + "' of the optimizer, expected " + std::to_string(slots[i].count));
  }
  std::vector<float> rate;
  if (has_a_number_as_learning_rate()) rate = state.floats("learning_rate");
  if (has_a_number_as_learning_rate() && rate.size() != 1) state.fail("has " + std::to_string(rate.size()) + " learning rates, expected 1");
  long iterations = 0;
  std::uint64_t seed = 0;
  Noise noise;
  state.integer("iterations", iterations);
  state.integer("seed", seed);
  state.integer("noise_seed", noise.seed);
  state.integer("noise_step", noise.step);

  set_all_weights(weights);
  updater_->reset();  // what the file does not have was nothing
  for (std::size_t i = 0; i < values.size(); ++i) device_->upload(slots[i].data, values[i].data(), values[i].size() * sizeof(float));
  if (!rate.empty()) set_learning_rate(rate[0]);
  if (setup_.learning_rate_or_schedule != nullptr) setup_.learning_rate_or_schedule->go_to(iterations);
  iterations_ = iterations;
  seed_ = seed;
  noise_ = noise;
}

inline void TrainableModel::save_state(const std::filesystem::path& path) const { state().write(path); }

}  // namespace tenon
