// expect-error: there_is_one_value_per_sample<tenon::AsLoss, Total, tenon::Got<> ?>
// A loss has a value for each sample; their mean is taken by the library.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

struct Total {
  static constexpr auto call(auto y_true, auto y_pred) { return tn::sum(square(y_pred - y_true)); }
};
struct Each {
  static constexpr auto call(auto y_true, auto y_pred) { return tn::sum(square(y_pred - y_true), tn::axis<-1>); }
};
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<4>> {};

void use() {
#ifdef TENON_EXPECT_COMPILE_ERROR
  auto model = tn::compile<Net>(tn::SGD{}, Total{});
#else
  auto model = tn::compile<Net>(tn::SGD{}, Each{});
#endif
  model.summary();
}
