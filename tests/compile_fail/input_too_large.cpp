// expect-error: size_is_small_enough<tenon::LayerIndex<0>, tenon::Input<70000, 70000>, tenon::Got<70000, 70000>
// As a vector, this image would be longer than an extent can say.
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<70000, 70000>, tn::Flatten> {};
#else
struct Net : tn::Sequential<tn::Input<700, 700>, tn::Flatten> {};
#endif
static_assert(tn::parameter_count<Net> == 0);
