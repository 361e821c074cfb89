// expect-error: size_is_small_enough<tenon::LayerIndex<0>, tenon::Inside<Joined, .?& ?tenon::TypeOf<tenon::ConcatenateWith
// Each of two tensors is small enough, and both together are not.
#include <tenon/layers/input.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/graph.hpp>

namespace tn = tenon;

struct Joined {
  constexpr auto call(auto x) const { return tn::sum(tn::Concatenate{}(x, x), tn::axis<-1>); }
};
#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Graph<Joined, tn::Input<2000000000>> {};
#else
struct Net : tn::Graph<Joined, tn::Input<2000>> {};
#endif
static_assert(tn::parameter_count<Net> == 0);
