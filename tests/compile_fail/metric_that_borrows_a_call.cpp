// expect-error: number_is_of_the_object_that_is_traced<tenon::AsMetric, Errors>
// Whose threshold? A metric that uses the call of another one derives from it.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Errors {
#else
struct Errors : tn::BinaryAccuracy {
#endif
  static constexpr auto call(auto y_true, auto y_pred) { return 1 - tn::BinaryAccuracy::call(y_true, y_pred); }
};
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<1>> {};

void use() {
  auto model = tn::compile<Net, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{}, Errors{});
  model.summary();
}
