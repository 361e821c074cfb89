// expect-error: shapes_can_be_concatenated<tenon::LayerIndex<0>, tenon::Inside<Two, .?& ?tenon::TypeOf<tenon::ConcatenateWith<> ?>::layer.?>, tenon::Got<8, 3>, tenon::Wanted<9, 3>
// Images of different sizes cannot stand beside each other.
#include <tenon/layers/input.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/graph.hpp>

namespace tn = tenon;

struct Two {
  tn::Concatenate join;
  constexpr auto call(auto a, auto b) const { return join(a, b); }
};
#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Graph<Two, tn::Input<8, 3>, tn::Input<9, 3>> {};
#else
struct Net : tn::Graph<Two, tn::Input<9, 5>, tn::Input<9, 3>> {};
#endif
static_assert(tn::parameter_count<Net> >= 0);
