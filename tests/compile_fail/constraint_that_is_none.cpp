// expect-error: tenon::detail::AConstraint ?>::text
// A constraint is a function of the weight.
#include <tenon/constraints/constraints.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4, tn::KernelConstraint<int>>> {};
#else
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4, tn::KernelConstraint<tn::NonNeg>>> {};
#endif
static_assert(tn::parameter_count<Net> >= 0);
