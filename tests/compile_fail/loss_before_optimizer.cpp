// expect-error: is_an_optimizer<tenon::MeanSquaredError>
// The optimizer comes before the loss.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>> {};

void use() {
#ifdef TENON_EXPECT_COMPILE_ERROR
  auto model = tn::compile<Net>(tn::MeanSquaredError{}, tn::SGD{});
#else
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{});
#endif
  model.summary();
}
