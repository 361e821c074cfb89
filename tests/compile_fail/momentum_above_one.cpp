// expect-error: tenon::Because<.?& ?tenon::Reason<tenon::Momentum<(tenon::)?Real.2\.0*(e\+0+)?. ?>, tenon::AtLeast<0>, tenon::AtMost<1> ?>::text
// A moving average that runs away.
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::BatchNormalizationWith<tn::Momentum<2.0>>
#else
    tn::Input<8>, tn::BatchNormalizationWith<tn::Momentum<0.9>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
