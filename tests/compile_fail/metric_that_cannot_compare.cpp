// expect-error: labels_fit_the_loss<tenon::AsMetric, tenon::CategoricalAccuracy, tenon::Got<>, tenon::Wanted<4> ?>
// Integer labels have no largest column; SparseCategoricalAccuracy (or Accuracy) is what counts them.
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
  auto model = tn::compile<Net>(tn::SGD{}, tn::SparseCategoricalCrossentropy{.from_logits = true}, tn::CategoricalAccuracy{});
#else
  auto model = tn::compile<Net>(tn::SGD{}, tn::SparseCategoricalCrossentropy{.from_logits = true}, tn::Accuracy{});
#endif
  model.summary();
}
