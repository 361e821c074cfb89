// expect-error: input_has_at_most_five_extents<tenon::Input<2, 2, 2, 2, 2, 2>
// With the batch there are at most six axes.
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<2, 2, 2, 2, 2, 2>, tn::Flatten> {};
#else
struct Net : tn::Sequential<tn::Input<2, 2, 2, 2, 2>, tn::Flatten> {};
#endif
static_assert(tn::parameter_count<Net> == 0);
