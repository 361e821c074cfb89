// expect-error: there_is_one_value_per_sample<tenon::AsLossOfOutput<1>, OverTheBatch, tenon::Got<> ?>
// The loss of the second output reduces the batch as well.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/losses.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/metrics/metrics.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct OverTheBatch {
  constexpr auto call(auto y_true, auto y_pred) const {
#ifdef TENON_EXPECT_COMPILE_ERROR
    return mean(square(y_pred - y_true));
#else
    return mean(square(y_pred - y_true), tn::axis<-1>);
#endif
  }
};
struct Body {
  tn::Dense<4> a, b;
  constexpr auto call(auto x) const { return tn::outputs(a(x), b(x)); }
};
struct Net : tn::Graph<Body, tn::Input<8>> {};

void use() {
  auto model = tn::compile<Net>(tn::SGD{}, tn::losses(tn::MeanSquaredError{}, OverTheBatch{}));
  model.summary();
}
