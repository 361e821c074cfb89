// Models are traced in constant expressions also where a sanitizer looks on: g++ then takes fewer expressions for constants.
// (The build gives this file -fsanitize=address,undefined.)
#include <tenon/activations/relu.hpp>
#include <tenon/backend/reference.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/check_compile.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Shared {
  tn::Dense<4> dense;  // its kernel and bias are found again, and have the initializers that they had
  constexpr auto call(auto x) const { return dense(x) + dense(2 * x); }
};
static_assert(tn::parameter_count<tn::Sequential<tn::Input<8>, Shared>> == 9 * 4);
struct Trunk : tn::Sequential<tn::Dense<4, tn::ReLU>, tn::BatchNormalization> {};
struct Net : tn::Sequential<tn::Input<8>, Trunk, tn::Dense<1>> {};
static_assert(tn::parameter_count<Net> == 9 * 4 + 4 * 4 + 5);
static_assert(tn::detail::check_compile<Net, tn::Reference, tn::SGD, tn::MeanSquaredError, tn::BinaryAccuracy>());
static_assert(tn::Traced<tn::Training<Net, 0, tn::MeanSquaredError, tn::BinaryAccuracy>>::sizes.hyperparameters == 2);  // the threshold, and what the loss is divided by
