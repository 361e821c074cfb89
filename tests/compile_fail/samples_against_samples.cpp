// expect-error: there_is_one_axis_for_the_batch<tenon::AsLoss, AbsoluteError, tenon::Got<1>, tenon::Wanted<>
// One number per sample against a column: broadcasting would compare every prediction with every label.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct AbsoluteError {
  static constexpr tn::Target target(const tn::Shape&) { return {tn::shape(tn::dynamic)}; }
  static constexpr auto call(auto y_true, auto y_pred) {
#ifdef TENON_EXPECT_COMPILE_ERROR
    return tn::mean(abs(y_pred - y_true), tn::axis<-1>);
#else
    return tn::mean(abs(y_pred - tn::expand_dims(y_true, tn::axis<-1>)), tn::axis<-1>);
#endif
  }
};
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<1>> {};

void use() {
  auto model = tn::compile<Net>(tn::SGD{}, AbsoluteError{});
  model.summary();
}
