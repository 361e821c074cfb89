// expect-error: image_is_at_least_as_large_as_the_kernel<(tenon::)?LayerIndex<0>, tenon::Inside<Body, .?& ?tenon::TypeOf<tenon::Conv2D<8, tenon::Kernel<7, 7> ?> ?>::layer.?>, tenon::Got<5, 5, 4>
// In the body of a Graph, the message names the layer that was called there.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Body {
  tn::Conv2D<4, tn::Kernel<3, 3>> first;
#ifdef TENON_EXPECT_COMPILE_ERROR
  tn::Conv2D<8, tn::Kernel<7, 7>> second;
#else
  tn::Conv2D<8, tn::Kernel<5, 5>> second;
#endif
  constexpr auto call(auto x) const { return second(first(x)); }
};
struct Net : tn::Graph<Body, tn::Input<7, 7, 1>> {};
static_assert(tn::output_shape<Net> == tn::shape(1, 1, 8));
