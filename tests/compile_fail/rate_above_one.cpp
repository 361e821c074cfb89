// expect-error: value_is_in_range<tenon::LayerIndex<1>, tenon::Dropout<(tenon::)?Real.1\.50*(e\+0+)?.>, tenon::Because<.?& ?tenon::Reason<tenon::AtLeast<0>, tenon::Below<1> ?>::text
// Dropout of more than everything.
#include <tenon/layers/dropout.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dropout<1.5>
#else
    tn::Input<8>, tn::Dropout<0.5>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
