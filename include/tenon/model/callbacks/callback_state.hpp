// What a callback remembers, kept and brought back.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <vector>

namespace tenon {

/// One list of a callback's variables serves both directions: each is written into the file of a backup, or read from it.
/// Integers, bools, double, std::optional<double>, std::string, std::vector<float> and std::vector<double>.
///
///     void remember(tn::CallbackState& state) { state("wait", wait), state("best", best); }
class CallbackState {
 public:
  CallbackState() = default;
  CallbackState(const CallbackState&) = delete;
  CallbackState& operator=(const CallbackState&) = delete;
  virtual ~CallbackState() = default;

  template <std::integral T>
  void operator()(const std::string& name, T& value) {
    auto number = static_cast<long long>(value);
    integer(name, number);
    value = static_cast<T>(number);
  }
  void operator()(const std::string& name, std::optional<double>& value) {
    std::vector<double> values(value ? 1 : 0, value.value_or(0));
    doubles(name, values);
    value = values.empty() ? std::nullopt : std::optional(values[0]);
  }
  void operator()(const std::string& name, double& value) {
    std::optional<double> number = value;
    (*this)(name, number);
    value = number.value_or(0);
  }
  void operator()(const std::string& name, std::string& value) { text(name, value); }
  void operator()(const std::string& name, std::vector<float>& values) { floats(name, values); }
  void operator()(const std::string& name, std::vector<double>& values) { doubles(name, values); }

  /// True if variables are read, not written.
  virtual bool restores() const = 0;

 private:
  virtual void integer(const std::string& name, long long& value) = 0;
  virtual void text(const std::string& name, std::string& value) = 0;
  virtual void floats(const std::string& name, std::vector<float>& values) = 0;
  virtual void doubles(const std::string& name, std::vector<double>& values) = 0;
};

}  // namespace tenon
