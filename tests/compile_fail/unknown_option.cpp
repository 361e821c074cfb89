// expect-error: layer_has_this_option<tenon::LayerIndex<1>, tenon::Dense<4, tenon::Same>, tenon::Because<.?& ?tenon::Reason<tenon::Same, tenon::Takes<tenon::OptionOf::activation, tenon::OptionOf::bias, tenon::OptionOf::kernel_initializer, tenon::OptionOf::bias_initializer, tenon::OptionOf::kernel_regularizer, tenon::OptionOf::bias_regularizer> ? ?>::text
// Dense has no padding.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dense<4, tn::Same>
#else
    tn::Input<8>, tn::Dense<4, tn::NoBias>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
