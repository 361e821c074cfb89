// expect-error: weight_is_asked_for_in_one_way<tenon::LayerIndex<1>, Scaled>
// Two weights have two names: under one, the initializer of the second would be ignored.
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
constexpr const char* offset = "scale";
#else
constexpr const char* offset = "offset";
#endif
struct Scaled : tn::Layer<Scaled> {
  constexpr auto call(auto x) const { return x * x.weight("scale", tn::shape(4), tn::Ones{}) + x.weight(offset, tn::shape(4), tn::Zeros{}); }
};
struct Net : tn::Sequential<tn::Input<4>, Scaled> {};
static_assert(tn::parameter_count<Net> == 8);
