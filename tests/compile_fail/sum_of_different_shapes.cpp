// expect-error: shapes_can_be_broadcast<tenon::LayerIndex<2>, Block, tenon::Got<8, 8, 16>, tenon::Wanted<8, 8, 32>
// A residual block that changes the number of channels cannot add its input.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
constexpr int channels = 32;
#else
constexpr int channels = 16;
#endif
struct Block {
  tn::Conv2D<channels, tn::Kernel<3, 3>, tn::Same> conv;
  constexpr auto call(auto x) const { return x + conv(x); }
};
struct Net : tn::Sequential<tn::Input<8, 8, 3>, tn::Conv2D<16, tn::Kernel<3, 3>, tn::Same>, Block> {};
static_assert(tn::parameter_count<Net> >= 0);
