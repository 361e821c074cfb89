// expect-error: operation_has_a_derivative<tenon::AsLoss, tenon::MeanSquaredError> ?
// An operation that is not differentiated: today only one that has no kernels, either.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return tn::detail::unary(tn::Op::call, x); }
#else
  static constexpr auto call(auto x) { return tn::detail::unary(tn::Op::exp, x); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>, Part> {};

void use() {
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{});
  model.summary();
}
