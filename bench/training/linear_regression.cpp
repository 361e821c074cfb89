// Linear regression, 1-1: SGD on all hundred points at once.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  const Work work{.model = "linear_regression", .batch = 100, .steps = 1000, .training_bytes = tn::training_bytes<LinearRegression, 100, tn::SGD, tn::MeanSquaredError>};
  const auto x = random_tensor<2>({work.samples(), 1});
  const auto y = random_tensor<2>({work.samples(), 1});
  return measure(work, tn::compile<LinearRegression>(tn::SGD{.learning_rate = 0.5f}, tn::MeanSquaredError{}), x, y, argc, argv);
}
