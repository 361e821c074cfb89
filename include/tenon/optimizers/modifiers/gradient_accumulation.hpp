// One update for several steps.
#pragma once

#include <tenon/optimizers/with.hpp>

namespace tenon {

/// The gradients of gradient_accumulation_steps steps are added up, and the last of these steps updates by their mean; the others leave weights
/// and optimizer as they are. The number of the step that an optimizer sees counts updates; a schedule counts all steps, and a moving
/// average of the weights goes on in all of them. Keras's gradient_accumulation_steps of every optimizer.
/// Refused: less than 1 step (std::invalid_argument).
///
///     tn::with(tn::Adam{}, tn::GradientAccumulation{8})
struct GradientAccumulation {
  int gradient_accumulation_steps = 2;
};

}  // namespace tenon
