// expect-error: tenon::Because<.?& ?tenon::Reason<tenon::LeakyReLUWith<(tenon::)?Real.-5\.0*e-0*1. ?>, tenon::AtLeast<0> ?>::text
// Keras has no LeakyReLU with a negative slope.
#include <tenon/activations/leaky_relu.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dense<4, tn::LeakyReLUWith<-0.5>>
#else
    tn::Input<8>, tn::Dense<4, tn::LeakyReLUWith<0.5>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
