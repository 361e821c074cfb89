// What a callback remembers, kept and brought back.
#pragma once

#include <optional>

#include <tenon/model/state_file.hpp>

namespace tenon {

/// One list of a callback's variables serves both directions: each is written into the file of a backup, or read from it.
/// Integers, bools, double, std::optional<double>, std::string, std::vector<float> and std::vector<double>.
///
///     void remember(tn::CallbackState& state) { state("wait", wait), state("best", best); }
class CallbackState {
 public:
  CallbackState(detail::StateWriter& to, std::string prefix) : to_(&to), prefix_(std::move(prefix)) {}
  CallbackState(const detail::StateReader& from, std::string prefix) : from_(&from), prefix_(std::move(prefix)) {}
  CallbackState(const CallbackState&) = delete;
  CallbackState& operator=(const CallbackState&) = delete;

  template <std::integral T>
  void operator()(const std::string& name, T& value) {
    if (to_ != nullptr) return to_->integer(prefix_ + name, value);
    if constexpr (std::same_as<T, bool>) {
      int number = 0;
      from_->integer(prefix_ + name, number);
      value = number != 0;
    } else {
      from_->integer(prefix_ + name, value);
    }
  }
  void operator()(const std::string& name, std::optional<double>& value) {
    std::vector<double> values(value ? 1 : 0, value.value_or(0));
    (*this)(name, values);
    value = values.empty() ? std::nullopt : std::optional(values[0]);
  }
  void operator()(const std::string& name, double& value) {
    std::optional<double> number = value;
    (*this)(name, number);
    if (!number) from_->fail("'" + prefix_ + name + "' has no value");
    value = *number;
  }
  void operator()(const std::string& name, std::string& value) {
    if (to_ != nullptr) to_->text(prefix_ + name, value);
    else value = from_->text(prefix_ + name);
  }
  void operator()(const std::string& name, std::vector<float>& values) {
    if (to_ != nullptr) to_->floats(prefix_ + name, values);
    else values = from_->floats(prefix_ + name);
  }
  void operator()(const std::string& name, std::vector<double>& values) {
    if (to_ != nullptr) to_->doubles(prefix_ + name, values);
    else values = from_->doubles(prefix_ + name);
  }
  /// True if variables are read, not written.
  bool restores() const { return from_ != nullptr; }

 private:
  detail::StateWriter* to_ = nullptr;
  const detail::StateReader* from_ = nullptr;
  std::string prefix_;
};

}  // namespace tenon
