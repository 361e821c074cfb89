// The weights of a model in a file.
#pragma once

#include <filesystem>
#include <map>

#include <tenon/io/safetensors.hpp>
#include <tenon/model/layer_names.hpp>

namespace tenon::detail {

/// The architecture in words: each layer with its output's shape, each weight with its own. The same with every compiler.
inline std::string architecture_text(const Description& d) {
  std::string text;
  for (const TensorSpec& input : d.inputs) text += "input" + shape_text(input.shape) + " ";
  const std::vector<std::string> paths = layer_paths(d), names = weight_names(d);
  for (std::size_t i = 0; i < paths.size(); ++i)
    if (!paths[i].empty()) text += paths[i] + shape_text(d.layers[i].output.sample()) + " ";
  for (const int i : d.keras_order) text += names[static_cast<std::size_t>(i)] + shape_text(d.parameters[static_cast<std::size_t>(i)].shape) + " ";
  if (!text.empty()) text.pop_back();
  return text;
}

/// The layers and weights of such a text, each with its shape.
inline std::vector<std::string> architecture_parts(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(')', at), text.size() - 1) + 1;
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}
/// The first place where two architectures differ, in words: all of them are too long for a message.
inline std::string first_difference(const std::string& theirs, const std::string& ours) {
  const std::vector<std::string> file = architecture_parts(theirs), model = architecture_parts(ours);
  std::size_t i = 0;
  while (i < file.size() && i < model.size() && file[i] == model[i]) ++i;
  const auto part = [i](const std::vector<std::string>& all) { return i < all.size() ? "'" + all[i] + "'" : std::string("nothing more"); };
  return (i > 0 ? "behind '" + file[i - 1] + "' it has " : "it begins with ") + part(file) + ", the model has " + part(model);
}

/// 16 hexadecimal digits that stand for a text (FNV-1a).
inline std::string fingerprint_of(const std::string& text) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

inline std::vector<std::size_t> extents_of(const Shape& shape) {
  std::vector<std::size_t> extents;
  for (int i = 0; i < shape.rank; ++i) extents.push_back(static_cast<std::size_t>(shape.extent[i]));
  return extents;
}

/// The weights as they lie in `weights`, layer by layer as get_weights() gives them.
inline std::vector<NamedTensor> weight_tensors(const Description& d, const float* weights) {
  const std::vector<std::string> names = weight_names(d);
  std::vector<NamedTensor> tensors;
  for (const int k : d.keras_order) {
    const auto i = static_cast<std::size_t>(k);
    tensors.push_back({names[i], extents_of(d.parameters[i].shape), weights + d.parameters[i].offset});
  }
  return tensors;
}
/// What a file says of the model it was made from.
inline std::map<std::string, std::string> model_texts(const Description& d) {
  const std::string architecture = architecture_text(d);
  return {{"format", "tenon"}, {"library", "Tenon"}, {"model", d.name()}, {"architecture", architecture}, {"fingerprint", fingerprint_of(architecture)}};
}
/// What the names of tensors begin with that are no weights: no layer can be called so.
inline constexpr std::string_view state_prefix = "state:";

/// Writes all weights, with a fingerprint of the architecture.
inline void save_weights(const Description& d, const float* weights, const std::filesystem::path& path) {
  write_safetensors(path, weight_tensors(d, weights), model_texts(d));
}

/// All weights in one array, as a model keeps them. Throws std::runtime_error: a tensor that is missing, of another shape or too
/// many, or the file of another architecture. A file without fingerprint (made elsewhere) needs only the tensors; in a file with the
/// state of training that is not looked at.
inline std::vector<float> load_weights(const Description& d, const SafetensorsFile& file) {
  const auto fail = [&](const std::string& why) { throw std::runtime_error(file.path() + ": " + why + "; the file does not belong to the model " + d.name()); };
  const std::vector<std::string> names = weight_names(d);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::vector<std::size_t> wanted = extents_of(d.parameters[i].shape);
    const SafetensorsEntry* found = nullptr;
    for (const SafetensorsEntry& entry : file.entries())
      if (entry.name == names[i]) found = &entry;
    if (found == nullptr) fail("tensor '" + names[i] + "' is missing, expected one of shape " + shape_text(wanted));
    if (found->shape != wanted) fail("tensor '" + names[i] + "' has the shape " + shape_text(found->shape) + ", expected " + shape_text(wanted));
  }
  for (const SafetensorsEntry& entry : file.entries())
    if (!entry.name.starts_with(state_prefix) && std::find(names.begin(), names.end(), entry.name) == names.end())
      fail("tensor '" + entry.name + "' of shape " + shape_text(entry.shape) + " is not in the model");
  const auto fingerprint = file.metadata().find("fingerprint");
  const std::string architecture = architecture_text(d);
  if (fingerprint != file.metadata().end() && fingerprint->second != fingerprint_of(architecture)) {
    const auto theirs = file.metadata().find("architecture");
    fail("its architecture is another one" + (theirs == file.metadata().end() ? "" : ": " + first_difference(theirs->second, architecture)));
  }

  std::vector<float> weights(static_cast<std::size_t>(d.extent));
  for (std::size_t i = 0; i < names.size(); ++i) {
    const LoadedTensor tensor = file.tensor(names[i]);
    std::copy(tensor.values.begin(), tensor.values.end(), weights.data() + d.parameters[i].offset);
  }
  return weights;
}

}  // namespace tenon::detail
