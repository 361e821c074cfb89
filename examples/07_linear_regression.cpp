// Linear regression: a line is found by gradient descent, a thousand steps on a hundred points.
#include <tenon/tenon.hpp>

#include <xtensor/xrandom.hpp>

#include <cmath>
#include <cstdio>

namespace tn = tenon;

struct Line : tn::Sequential<tn::Input<1>, tn::Dense<1>> {};  // y = w x + b

int main() {
  const xt::xtensor<float, 2> x = xt::random::rand<float>({100, 1});
  const xt::xtensor<float, 2> y = 0.1f * x + 0.3f;

  auto model = tn::compile<Line>(tn::SGD{.learning_rate = 0.5f}, tn::MeanSquaredError{});
  for (int step = 0; step <= 1000; ++step) {
    model.train_on_batch(x, y);
    if (step % 200 == 0) std::printf("step %4d: w = %.5f, b = %.5f\n", step, model.get_weights()[0](0, 0), model.get_weights()[1](0));
  }
  const auto weights = model.get_weights();
  return std::fabs(weights[0](0, 0) - 0.1f) < 1e-3f && std::fabs(weights[1](0) - 0.3f) < 1e-3f ? 0 : 1;
}
