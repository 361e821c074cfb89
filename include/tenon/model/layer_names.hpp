// The names of layers and weights.
#pragma once

#include <algorithm>
#include <vector>

#include <tenon/model/description.hpp>

namespace tenon::detail {

/// The path of every layer: "dense", "dense_1", "residual/conv2d". Layers of one name beside each other are numbered in the
/// order of first call. The layer that is the whole model has the empty path.
inline std::vector<std::string> layer_paths(const Description& d) {
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < d.layers.size(); ++i) {
    std::string path;
    if (static_cast<int>(i) != d.root) {
      const int parent = d.layers[i].parent;
      const std::string base = (parent < 0 || parent == d.root ? "" : paths[static_cast<std::size_t>(parent)] + "/") + d.layers[i].name();
      path = base;
      for (int k = 1; std::find(paths.begin(), paths.end(), path) != paths.end(); ++k) path = base + "_" + std::to_string(k);
    }
    paths.push_back(path);
  }
  return paths;
}

/// The name of every weight, in the order of the description: "dense_1/kernel".
inline std::vector<std::string> weight_names(const Description& d) {
  const std::vector<std::string> paths = layer_paths(d);
  std::vector<std::string> names;
  for (const Parameter& p : d.parameters) {
    const std::string path = p.layer < 0 ? "" : paths[static_cast<std::size_t>(p.layer)];
    names.push_back(path.empty() ? p.name : path + "/" + p.name);
  }
  return names;
}

/// The names of several outputs: that of the layer that made it, as in the summary; "output_1" where none did, or where that
/// layer made another output, too.
inline std::vector<std::string> output_names(const Description& d) {
  const std::vector<std::string> paths = layer_paths(d);
  std::vector<std::string> names;
  for (std::size_t k = 0; k < d.output_layers.size(); ++k)
    names.push_back(d.output_layers[k] < 0 ? "output_" + std::to_string(k) : paths[static_cast<std::size_t>(d.output_layers[k])]);
  return names;
}

/// These names, a second one of a name numbered: "accuracy", "accuracy_1".
inline std::vector<std::string> numbered(const std::vector<std::string>& bases) {
  std::vector<std::string> names;
  for (const std::string& base : bases) {
    std::string name = base;
    for (int k = 1; std::find(names.begin(), names.end(), name) != names.end(); ++k) name = base + "_" + std::to_string(k);
    names.push_back(name);
  }
  return names;
}

/// True if the layer is the other one or lies within it.
inline bool lies_within(const Description& d, int layer, int outer) {
  while (layer >= 0 && layer != outer) layer = d.layers[static_cast<std::size_t>(layer)].parent;
  return layer == outer;
}

}  // namespace tenon::detail
