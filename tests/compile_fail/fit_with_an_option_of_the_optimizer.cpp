// expect-error: cannot convert .*initializer list.* to .*FitOptions|field designator .*learning_rate.* does not refer to any field
// fit has no learning rate: it is the optimizer's.
#include <tenon/model/fit_options.hpp>

namespace tn = tenon;

struct Model {
  void fit(const tn::FitOptions& options);
};

void train(Model& model) {
#ifdef TENON_EXPECT_COMPILE_ERROR
  model.fit({.learning_rate = 0.1f});
#else
  model.fit({.batch_size = 16});
#endif
}
