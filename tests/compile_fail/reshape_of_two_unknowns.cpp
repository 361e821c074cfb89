// expect-error: value_is_in_range<tenon::LayerIndex<1>, tenon::Reshape<-1, -1>, tenon::Because<.?& ?tenon::Reason<tenon::AtLeast<1>, tenon::detail::OrOnce<-1> ?>::text
// Only one extent can be inferred.
#include <tenon/layers/input.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Reshape<-1, -1>
#else
    tn::Input<8>, tn::Reshape<-1, 2>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
