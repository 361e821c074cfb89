// expect-error: tenon::detail::AnInitializer ?>::text
// A penalty in the place of an initializer.
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/regularizers/l1_l2.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dense<4, tn::KernelInitializer<tn::L2<0.5>>>
#else
    tn::Input<8>, tn::Dense<4, tn::KernelInitializer<tn::HeNormal>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
