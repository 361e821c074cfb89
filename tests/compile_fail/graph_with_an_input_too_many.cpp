// expect-error: body_can_be_called_with_the_inputs<Net, Two, tenon::Input<8>, tenon::Input<8>, tenon::Input<8> ?>
// The body of a Graph has one parameter for each input.
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
struct Net : tn::Graph<Two, tn::Input<8>, tn::Input<8>, tn::Input<8>> {};
#else
struct Net : tn::Graph<Two, tn::Input<8>, tn::Input<8>> {};
#endif
static_assert(tn::parameter_count<Net> >= 0);
