// expect-error: is_a_loss<tenon::Losses<tenon::MeanSquaredError, tenon::SGD> ?>
// The second of the losses is none.
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

struct Body {
  tn::Dense<4> a, b;
  constexpr auto call(auto x) const { return tn::outputs(a(x), b(x)); }
};
struct Net : tn::Graph<Body, tn::Input<8>> {};

void use() {
#ifdef TENON_EXPECT_COMPILE_ERROR
  auto model = tn::compile<Net>(tn::SGD{}, tn::losses(tn::MeanSquaredError{}, tn::SGD{}));
#else
  auto model = tn::compile<Net>(tn::SGD{}, tn::losses(tn::MeanSquaredError{}, tn::MeanSquaredError{}));
#endif
  model.summary();
}
