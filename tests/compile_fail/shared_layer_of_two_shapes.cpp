// expect-error: weight_is_asked_for_in_one_way<tenon::LayerIndex<0>, tenon::Inside<Two, .?& ?tenon::TypeOf<tenon::Dense<4> ?>::layer.?>, tenon::Got<16, 4>, tenon::Wanted<8, 4>
// A shared layer has one kernel, which fits inputs of one size.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/graph.hpp>

namespace tn = tenon;

struct Two {
  tn::Dense<4> tower;
  constexpr auto call(auto a, auto b) const { return tower(a) + tower(b); }
};
#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Graph<Two, tn::Input<8>, tn::Input<16>> {};
#else
struct Net : tn::Graph<Two, tn::Input<8>, tn::Input<8>> {};
#endif
static_assert(tn::parameter_count<Net> >= 0);
