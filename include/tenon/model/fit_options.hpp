// How to train, to evaluate and to predict.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <tenon/model/callbacks/callback.hpp>
#include <tenon/model/tensor_ref.hpp>

namespace tenon {

/// Samples that are measured at the end of each epoch: {x, y} or {x, y, sample_weight}. Of several outputs: {x, tn::targets(a, b)}.
struct ValidationData {
  Tensors x = {};
  Tensors y = {};
  TensorRef sample_weight = {};
};

/// The arguments of fit, with Keras's names and defaults. Those that are given stand in the order of this list: C++ asks for it.
///
///     model.fit(x, y, {.batch_size = 128, .epochs = 3, .validation_split = 0.1, .seed = 7});
struct FitOptions {
  int batch_size = 32;
  int epochs = 1;
  bool shuffle = true;                           ///< anew before each epoch
  ValidationData validation_data = {};
  double validation_split = 0;                   ///< the last part of the samples is measured instead of trained on
  std::vector<AnyCallback> callbacks = {};
  int verbose = 1;                               ///< 0: silent; 1: a bar on a terminal, else a line per epoch; 2: a line per epoch
  std::optional<std::uint64_t> seed = {};        ///< of shuffling and dropout; equal seeds give equal runs, none gives a new one each time
  std::map<int, double> class_weight = {};       ///< class → weight of its samples in the loss; 1 for those left out. For models with one output
  TensorRef sample_weight = {};                  ///< one weight per sample, in the loss (in that of every output)
  int initial_epoch = 0;
};

/// The arguments of evaluate, with Keras's names and defaults.
struct EvaluateOptions {
  int batch_size = 32;
  TensorRef sample_weight = {};
  int verbose = 1;
};

/// The arguments of predict, with Keras's names and defaults.
struct PredictOptions {
  int batch_size = 32;
};

}  // namespace tenon
