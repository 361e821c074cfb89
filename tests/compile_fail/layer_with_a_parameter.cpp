// expect-error: number_is_of_the_object_that_is_traced<tenon::LayerIndex<1>, Threshold
// A layer has its numbers as template arguments.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Threshold {
  float at = 0.5f;
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return x > tn::parameter<&Threshold::at>(x); }
#else
  constexpr auto call(auto x) const { return x > at; }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Threshold> {};
static_assert(tn::parameter_count<Net> == 0);
