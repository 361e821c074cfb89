// expect-error: labels_fit_the_loss<tenon::AsMetric, tenon::SparseCategoricalAccuracy,
// The labels of this loss have a column for each class; the metric wants integers.
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
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{}, tn::SparseCategoricalAccuracy{});
#else
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{}, tn::CategoricalAccuracy{});
#endif
  model.summary();
}
