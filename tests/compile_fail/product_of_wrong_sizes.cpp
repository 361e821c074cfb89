// expect-error: inner_sizes_of_matmul_are_equal<tenon::LayerIndex<1>, Project, tenon::Got<8>, tenon::Wanted<9, 4>
// A layer of one's own multiplies by a matrix with a row too many.
#include <tenon/graph/matmul.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Project {
  static constexpr auto call(auto x) {
#ifdef TENON_EXPECT_COMPILE_ERROR
    const int rows = x.shape().back() + 1;
#else
    const int rows = x.shape().back();
#endif
    return tn::matmul(x, x.weight("kernel", tn::shape(rows, 4), tn::Zeros{}));
  }
};
struct Net : tn::Sequential<tn::Input<8>, Project> {};
static_assert(tn::parameter_count<Net> >= 0);
