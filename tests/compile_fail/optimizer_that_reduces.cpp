// expect-error: update_keeps_the_shape<tenon::AsOptimizer, Mean, tenon::Got<>, tenon::Wanted<>, tenon::DependsOnTheBatch
// An optimizer returns a value for each parameter, not one for all of them.
#include <tenon/backend/reference.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>> {};
struct Mean {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto update(auto w, auto g) { return mean(w - 0.1 * g); }
#else
  static constexpr auto update(auto w, auto g) { return w - 0.1 * (g - mean(g)); }
#endif
};

void use() {
  auto model = tn::compile<Net, tn::Reference>(Mean{}, tn::MeanSquaredError{});
  model.summary();
}
