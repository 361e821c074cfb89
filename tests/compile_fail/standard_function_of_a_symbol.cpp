// expect-error: no matching function for call to .*abs
// What `call` gets are symbols: the functions of the standard library take numbers.
#include <cmath>

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Magnitude {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return std::abs(x); }
#else
  static constexpr auto call(auto x) { return tn::abs(x); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Magnitude> {};
static_assert(tn::parameter_count<Net> == 0);
