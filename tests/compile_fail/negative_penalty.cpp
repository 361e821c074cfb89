// expect-error: tenon::Because<.?& ?tenon::Reason<tenon::L2<(tenon::)?Real.-5\.0*e-0*1. ?>, tenon::AtLeast<0> ?>::text
// A penalty that rewards large weights.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/regularizers/l1_l2.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dense<4, tn::KernelRegularizer<tn::L2<-0.5>>>
#else
    tn::Input<8>, tn::Dense<4, tn::KernelRegularizer<tn::L2<0.5>>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
