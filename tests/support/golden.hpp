// Golden files: values computed by Keras 3. tests/golden/README.md says what they hold and how they are made.
#pragma once

#include <cmath>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

namespace golden {

struct Tensor {
  std::vector<std::size_t> shape;
  std::vector<float> data;
  /// Where Keras gives nothing: the gradient of a label or of a moving average.
  bool empty() const { return data.empty(); }
};

struct Case {
  std::string name, layer;  // layer: the C++ type (or value, for losses and optimizers) that was computed
  std::vector<Tensor> inputs, weights, outputs;
  std::vector<Tensor> cotangents, input_gradients, weight_gradients;  // gradients of sum(output * cotangent)
  std::vector<Tensor> weights_after;                                  // after a call in training
  bool training = false;
  std::map<std::string, std::vector<double>> values;  // all other numbers of the case: "losses", "fan_in", …
};

inline std::string folder() {
#ifdef TENON_GOLDEN_DIR
  return TENON_GOLDEN_DIR;
#else
  const std::string here = __FILE__;  // …/tests/support/golden.hpp
  const auto cut = here.rfind("support/");
  return (cut == std::string::npos ? "" : here.substr(0, cut)) + "golden";
#endif
}

inline std::vector<Tensor> tensors(const nlohmann::json& entry) {
  std::vector<Tensor> result;
  for (const auto& t : entry) {
    auto& tensor = result.emplace_back();
    if (t.is_null()) continue;
    t.at("shape").get_to(tensor.shape);
    t.at("data").get_to(tensor.data);
  }
  return result;
}

inline Case read_case(const nlohmann::json& entry) {
  Case c;
  const std::map<std::string, std::vector<Tensor>*> lists = {
      {"inputs", &c.inputs}, {"weights", &c.weights}, {"weights_after", &c.weights_after}, {"outputs", &c.outputs},
      {"cotangents", &c.cotangents}, {"input_gradients", &c.input_gradients}, {"weight_gradients", &c.weight_gradients}};
  for (const auto& [key, value] : entry.items())
    if (const auto list = lists.find(key); list != lists.end()) *list->second = tensors(value);
    else if (key == "name") c.name = value;
    else if (key == "layer") c.layer = value;
    else if (key == "training") c.training = value;
    else if (value.is_number()) c.values[key] = {value.get<double>()};
    else if (value.is_array()) c.values[key] = value.get<std::vector<double>>();
  return c;
}

/// All cases of a file: load("layers/dense").
inline std::vector<Case> load(const std::string& file) {
  const auto path = folder() + "/" + file + ".json";
  std::ifstream stream(path);
  if (!stream) throw std::runtime_error("golden::load: cannot open " + path);
  const auto json = nlohmann::json::parse(stream);
  std::vector<Case> cases;
  for (const auto& entry : json.at("cases")) cases.push_back(read_case(entry));
  return cases;
}

/// One case of a file: load("layers/dense", "with bias").
inline Case load(const std::string& file, const std::string& name) {
  for (const auto& c : load(file))
    if (c.name == name) return c;
  throw std::runtime_error("golden::load: " + file + " has no case \"" + name + "\"");
}

/// The first place where actual is not within atol + rtol * |expected|, in words; nothing when there is none.
inline std::string difference(const auto& actual, const Tensor& expected, double rtol, double atol) {
  std::ostringstream text;
  if (std::size(actual) != expected.data.size()) {
    text << std::size(actual) << " values instead of " << expected.data.size();
    return text.str();
  }
  const auto* value = std::data(actual);
  for (std::size_t i = 0; i < expected.data.size(); ++i) {
    const double got = value[i], want = expected.data[i];
    if (std::abs(got - want) <= atol + rtol * std::abs(want)) continue;  // false for a NaN
    text << "index " << i << " of (";
    for (std::size_t axis = 0; axis < expected.shape.size(); ++axis) text << (axis ? ", " : "") << expected.shape[axis];
    text << "): " << got << " instead of " << want;
    break;
  }
  return text.str();
}

inline void check_close(const auto& actual, const Tensor& expected, double rtol = 1e-5, double atol = 1e-6) {
  CHECK(difference(actual, expected, rtol, atol) == "");
}

}  // namespace golden
