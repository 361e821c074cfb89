// Numbers, texts and arrays by name, in one file.
#pragma once

#include <charconv>
#include <concepts>

#include <tenon/model/checkpoint.hpp>

namespace tenon::detail {

/// Collects what is to be kept, and writes it at once: a safetensors file with the weights of a model among it, as load_weights reads them.
class StateWriter {
 public:
  StateWriter(const Description& d, std::vector<float> weights) : description_(d), weights_(std::move(weights)), texts_(model_texts(d)) {}

  void text(const std::string& name, const std::string& value) { texts_[name] = value; }
  void integer(const std::string& name, std::integral auto value) { text(name, std::to_string(value)); }
  void floats(const std::string& name, std::vector<float> values) { items_.push_back({name, std::move(values), {}}); }
  void doubles(const std::string& name, std::vector<double> values) { items_.push_back({name, {}, std::move(values)}); }

  /// Throws std::runtime_error as write_safetensors does: the file is then as before.
  void write(const std::filesystem::path& path) const {
    std::vector<NamedTensor> tensors = weight_tensors(description_, weights_.data());
    for (const Item& item : items_) {
      const bool floats = !item.floats.empty();
      tensors.push_back({std::string(state_prefix) + item.name, {floats ? item.floats.size() : item.doubles.size()}, floats ? item.floats.data() : nullptr, floats ? nullptr : item.doubles.data()});
    }
    write_safetensors(path, tensors, texts_);
  }

 private:
  struct Item {
    std::string name;
    std::vector<float> floats;
    std::vector<double> doubles;
  };
  const Description& description_;
  std::vector<float> weights_;
  std::map<std::string, std::string> texts_;
  std::vector<Item> items_;
};

/// Such a file. Whatever is asked for and is not there, or not as it should be, throws std::runtime_error that starts with the path.
class StateReader {
 public:
  explicit StateReader(const std::filesystem::path& path) : file_(path) {
    if (!file_.metadata().contains("iterations")) fail("holds weights, and no state of training");
  }
  const SafetensorsFile& file() const { return file_; }

  bool contains(const std::string& text) const { return file_.metadata().contains(text); }
  std::string text(const std::string& name) const {
    const auto found = file_.metadata().find(name);
    if (found == file_.metadata().end()) fail("holds no '" + name + "'");
    return found->second;
  }
  template <std::integral T>
  void integer(const std::string& name, T& value) const {
    const std::string digits = text(name);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) fail("'" + name + "' is '" + digits + "', expected an integer");
  }
  std::vector<float> floats(const std::string& name) const { return file_.tensor(std::string(state_prefix) + name).values; }
  std::vector<double> doubles(const std::string& name) const { return file_.doubles(std::string(state_prefix) + name); }
  /// The names of arrays that begin so, without that, in the order in which they were written.
  std::vector<std::string> names(const std::string& begin) const {
    std::vector<std::string> found;
    const std::string all = std::string(state_prefix) + begin;
    for (const SafetensorsEntry& entry : file_.entries())
      if (entry.name.starts_with(all)) found.push_back(entry.name.substr(all.size()));
    return found;
  }
  [[noreturn]] void fail(const std::string& why) const { throw std::runtime_error(file_.path() + ": " + why); }

 private:
  SafetensorsFile file_;
};

}  // namespace tenon::detail
