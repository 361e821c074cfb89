// expect-error: model_has_one_output<Net>
// A model with two outputs has no one loss.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Body {
  tn::Dense<4> a, b;
#ifdef TENON_EXPECT_COMPILE_ERROR
  constexpr auto call(auto x) const { return tn::outputs(a(x), b(x)); }
#else
  constexpr auto call(auto x) const { return a(x) + b(x); }
#endif
};
struct Net : tn::Graph<Body, tn::Input<8>> {};

void use() {
#ifdef TENON_EXPECT_COMPILE_ERROR
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{});
#else
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{});
#endif
  model.summary();
}
