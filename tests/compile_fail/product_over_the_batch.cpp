// expect-error: inner_sizes_of_matmul_are_equal<tenon::LayerIndex<1>, Similarity, tenon::Got<8>, tenon::Wanted<8>, tenon::DependsOnTheBatch
// The rows of a batch of vectors are the samples.
#include <tenon/graph/matmul.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Similarity {
  static constexpr auto call(auto x) {
#ifdef TENON_EXPECT_COMPILE_ERROR
    return tn::matmul(x, x);
#else
    return tn::matmul(tn::expand_dims(x, tn::axis<1>), tn::expand_dims(x, tn::axis<2>));
#endif
  }
};
struct Net : tn::Sequential<tn::Input<8>, Similarity> {};
static_assert(tn::output_shape<Net> == tn::shape(1, 1));
