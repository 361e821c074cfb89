// What training measured.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon {

namespace detail {
/// The keys of pairs, for messages: "'accuracy', 'loss'".
template <class Pairs>
std::string quoted_keys(const Pairs& pairs) {
  std::string text;
  for (const auto& pair : pairs) text += (text.empty() ? "'" : ", '") + pair.first + "'";
  return text;
}
}  // namespace detail

/// The loss and the metrics of a batch or an epoch by name, in alphabetical order: "accuracy", "loss", "val_accuracy", "val_loss".
class Logs {
 public:
  void set(std::string_view name, double value) {
    const auto at = std::lower_bound(items_.begin(), items_.end(), name, [](const auto& item, std::string_view n) { return item.first < n; });
    if (at != items_.end() && at->first == name) at->second = value;
    else items_.emplace(at, name, value);
  }
  /// The value, or null where there is none of that name.
  const double* find(std::string_view name) const {
    for (const auto& item : items_)
      if (item.first == name) return &item.second;
    return nullptr;
  }
  /// Throws std::invalid_argument with the names that there are.
  double operator[](std::string_view name) const {
    if (const double* value = find(name)) return *value;
    throw std::invalid_argument("logs: '" + std::string(name) + "' is not among " + names());
  }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  std::size_t size() const { return items_.size(); }
  std::string names() const { return detail::quoted_keys(items_); }

 private:
  std::vector<std::pair<std::string, double>> items_;
};

/// What each epoch of a call of fit measured, as keras.callbacks.History.
///
///     const auto history = model.fit(x, y, {.epochs = 3, .validation_split = 0.1});
///     history["val_loss"].back();
class History {
 public:
  /// One value for each epoch. Throws std::invalid_argument with the names that there are.
  const std::vector<double>& operator[](std::string_view name) const {
    for (const auto& item : columns_)
      if (item.first == name) return item.second;
    throw std::invalid_argument("history: '" + std::string(name) + "' is not among " + (columns_.empty() ? "its keys: no epoch was run" : detail::quoted_keys(columns_)));
  }
  bool contains(std::string_view name) const {
    return std::any_of(columns_.begin(), columns_.end(), [&](const auto& item) { return item.first == name; });
  }
  std::vector<std::string> keys() const {
    std::vector<std::string> names;
    for (const auto& item : columns_) names.push_back(item.first);
    return names;
  }
  std::size_t epochs() const { return epoch_.size(); }
  /// The number of each epoch, from 0 (or from initial_epoch).
  const std::vector<int>& epoch() const { return epoch_; }
  /// The seed of shuffling and dropout: the one given to fit, or else the one that was drawn. Give it to repeat the run.
  std::uint64_t seed() const { return seed_; }

  void set_seed(std::uint64_t seed) { seed_ = seed; }
  void append(int epoch, const Logs& logs) {
    epoch_.push_back(epoch);
    for (const auto& [name, value] : logs) column(name).push_back(value);
  }
  /// What callbacks have added to the logs of the last epoch.
  void complete(const Logs& logs) {
    for (const auto& [name, value] : logs)
      if (std::vector<double>& values = column(name); values.size() < epochs()) values.push_back(value);
  }
  /// The columns of another history, as `operator[]` gives them.
  void set(const std::string& name, std::vector<double> values) { column(name) = std::move(values); }
  void set_epochs(std::vector<int> epochs) { epoch_ = std::move(epochs); }

 private:
  std::vector<double>& column(const std::string& name) {
    for (auto& item : columns_)
      if (item.first == name) return item.second;
    return columns_.emplace_back(name, std::vector<double>{}).second;
  }
  std::vector<std::pair<std::string, std::vector<double>>> columns_;
  std::vector<int> epoch_;
  std::uint64_t seed_ = 0;
};

}  // namespace tenon
