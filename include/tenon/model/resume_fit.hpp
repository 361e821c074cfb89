// A call of fit in a file, and how another one goes on with it.
#pragma once

#include <tenon/model/callbacks/callback_state.hpp>
#include <tenon/model/fit.hpp>
#include <tenon/model/training_state.hpp>

namespace tenon::detail {

class KeptState final : public CallbackState {
 public:
  KeptState(StateWriter& to, std::string prefix) : to_(to), prefix_(std::move(prefix)) {}
  bool restores() const override { return false; }

 private:
  void integer(const std::string& name, long long& value) override { to_.integer(prefix_ + name, value); }
  void text(const std::string& name, std::string& value) override { to_.text(prefix_ + name, value); }
  void floats(const std::string& name, std::vector<float>& values) override { to_.floats(prefix_ + name, values); }
  void doubles(const std::string& name, std::vector<double>& values) override { to_.doubles(prefix_ + name, values); }

  StateWriter& to_;
  std::string prefix_;
};

class RestoredState final : public CallbackState {
 public:
  RestoredState(const StateReader& from, std::string prefix) : from_(from), prefix_(std::move(prefix)) {}
  bool restores() const override { return true; }

 private:
  void integer(const std::string& name, long long& value) override { from_.integer(prefix_ + name, value); }
  void text(const std::string& name, std::string& value) override { value = from_.text(prefix_ + name); }
  void floats(const std::string& name, std::vector<float>& values) override { values = from_.floats(prefix_ + name); }
  void doubles(const std::string& name, std::vector<double>& values) override { values = from_.doubles(prefix_ + name); }

  const StateReader& from_;
  std::string prefix_;
};

/// f(name, callback) for each callback that remembers something.
inline void for_each_memory(const std::vector<AnyCallback>& callbacks, const auto& f) {
  int count = 0;
  for (const AnyCallback& c : callbacks)
    if (!c.memory().empty()) f("callback/" + std::to_string(count++), c);
}
/// Their types: "EarlyStopping, CSVLogger".
inline std::string memories(const std::vector<AnyCallback>& callbacks) {
  std::string types;
  for_each_memory(callbacks, [&](const std::string&, const AnyCallback& c) { types += (types.empty() ? "" : ", ") + c.memory(); });
  return types.empty() ? "none" : types;
}

inline void TrainingRun::save(const std::filesystem::path& path) const {
  StateWriter state = model_.state();
  state.integer("epoch", epoch_);
  state.integer("batch", batch_);
  state.integer("batch_size", options_.batch_size);
  state.integer("samples", train_.count);
  state.integer("stop_training", int{model_.stop_training});
  const std::span<const double> sums = totals_->sums();
  state.integer("summed_samples", totals_->samples());
  state.doubles("sums", {sums.begin(), sums.end()});
  const History& history = model_.history_;
  state.doubles("epochs", {history.epoch().begin(), history.epoch().end()});
  for (const std::string& key : history.keys()) state.doubles("history/" + key, history[key]);
  state.text("callbacks", memories(options_.callbacks));
  for_each_memory(options_.callbacks, [&](const std::string& name, const AnyCallback& c) {
    KeptState kept(state, name + "/");
    c.remember(kept);
  });
  state.write(path);
}

inline void TrainingRun::resume(const std::filesystem::path& path) {
  const StateReader state(path);
  if (!state.contains("epoch")) state.fail("holds the state of a model, and not of a call of fit");
  const auto check = [&](const std::string& what, const std::string& ours) {
    if (const std::string theirs = state.text(what); theirs != ours) state.fail("was written by a call of fit with " + what + " " + theirs + ", this one has " + ours);
  };
  int epoch = 0, batch = 0, stopped = 0;
  state.integer("epoch", epoch);
  state.integer("batch", batch);
  state.integer("stop_training", stopped);
  check("callbacks", memories(options_.callbacks));
  if (options_.seed) check("seed", std::to_string(*options_.seed));
  if (batch > 0) {
    check("batch_size", std::to_string(options_.batch_size));
    check("samples", std::to_string(train_.count));
  }
  const std::vector<double> sums = state.doubles("sums");
  long samples = 0;
  state.integer("summed_samples", samples);
  if (sums.size() != model_.setup_.numbers())
    state.fail("has " + std::to_string(sums.size()) + " measured values, the model " + std::to_string(model_.setup_.numbers()));
  History history;
  for (const std::string& key : state.names("history/")) history.set(key, state.doubles("history/" + key));
  const std::vector<double> epochs = state.doubles("epochs");
  history.set_epochs({epochs.begin(), epochs.end()});

  model_.set_state(state);
  history.set_seed(model_.seed_);
  model_.history_ = history;
  model_.stop_training = stopped != 0;
  epoch_ = epoch, batch_ = batch;
  if (batch > 0) totals_->resume(sums, samples);
  for_each_memory(options_.callbacks, [&](const std::string& name, const AnyCallback& c) {
    RestoredState restored(state, name + "/");
    c.remember(restored);
  });
}

}  // namespace tenon::detail
