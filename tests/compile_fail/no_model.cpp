// expect-error: is_a_model<Net>
// A bare struct is not a model.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net {
  tn::Dense<4> dense;
};
#else
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>> {};
#endif
static_assert(tn::parameter_count<Net> >= 0);
