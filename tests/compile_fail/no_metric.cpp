// expect-error: is_a_metric<.*int ?>
// A number is not a metric.
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
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{}, tn::MeanSquaredError{}, 3);
#else
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{});
#endif
  model.summary();
}
