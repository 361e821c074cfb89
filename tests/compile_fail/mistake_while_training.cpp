// expect-error: shapes_can_be_broadcast<tenon::LayerIndex<2>, Part, tenon::Got<4>, tenon::Wanted<3> ?>
// What a layer computes only while training is checked, too.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Part {
  static constexpr auto call(auto x) {
#ifdef TENON_EXPECT_COMPILE_ERROR
    return x.training() ? x + tn::random_uniform(x, tn::shape(3)) : x;
#else
    return x.training() ? x + tn::random_uniform(x, tn::shape(4)) : x;
#endif
  }
};
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>, Part> {};

void use() {
  auto model = tn::compile<Net>(tn::SGD{}, tn::MeanSquaredError{});
  model.summary();
}
