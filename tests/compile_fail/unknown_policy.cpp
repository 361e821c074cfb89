// expect-error: is_a_numeric_policy<Half>
// A policy that does not say how it casts.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Half {};
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>> {};

void use() {
#ifdef TENON_EXPECT_COMPILE_ERROR
  auto model = tn::compile<Net, tn::CpuWith<Half>>(tn::SGD{}, tn::MeanSquaredError{});
#else
  auto model = tn::compile<Net, tn::CpuWith<tn::Float32>>(tn::SGD{}, tn::MeanSquaredError{});
#endif
  model.summary();
}
