// expect-error: derives from tn::Layer, .* and as tn::apply
// A layer of one's own is called as a member where it derives from Layer, and by tn::apply in any case.
#include <tenon/activations/softplus.hpp>
#include <tenon/activations/tanh.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Mish {
  static constexpr auto call(auto x) { return x * tn::tanh(tn::softplus(x)); }
};
struct Derived : tn::Layer<Derived> {
  static constexpr auto call(auto x) { return Mish::call(x); }
};
struct Body {
  tn::Dense<4> dense;
  Mish mish;
  Derived derived;
  constexpr auto call(auto x) const {
#ifdef TENON_EXPECT_COMPILE_ERROR
    return mish(derived(dense(x)));
#else
    return tn::apply(mish, derived(dense(x)));
#endif
  }
};
struct Net : tn::Graph<Body, tn::Input<8>> {};
static_assert(tn::parameter_count<Net> == 36);
