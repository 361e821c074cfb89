// expect-error: slot_has_the_shape_of_the_parameter<tenon::AsOptimizer, Descent, tenon::Got<1> ?>
// What an optimizer keeps, it keeps for each parameter.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>> {};
struct Descent {
  static constexpr auto update(auto w, auto g) {
#ifdef TENON_EXPECT_COMPILE_ERROR
    const auto steps = w.state("steps", tn::shape(1), tn::Zeros{});
#else
    const auto steps = tn::slot(w, "steps");
#endif
    return w - 0.1 * g / tn::assign(steps, steps + 1);
  }
};

void use() {
  auto model = tn::compile<Net, tn::Reference>(Descent{}, tn::MeanSquaredError{});
  model.summary();
}
