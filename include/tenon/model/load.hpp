// A trained model from its file.
#pragma once

#include <tenon/model/check_compile.hpp>
#include <tenon/model/predictor.hpp>

namespace tenon {

/// The model that was saved in this file, for prediction only: no optimizer, no gradients.
/// Throws std::runtime_error that names file, tensor, found and wanted shape where the file belongs to another architecture,
/// or is no safetensors file.
///
///     auto model = tn::load<Net>("net.safetensors");
///     const auto probabilities = model.predict(x);
template <class Net, class Backend = DefaultBackend>
auto load(const std::filesystem::path& path) {
  if constexpr (detail::check_backend<Net, Backend>()) {
    Predictor<Net, Backend> model;
    model.load_weights(path);
    return model;
  } else {
    return detail::Refused<1>{};
  }
}

}  // namespace tenon
