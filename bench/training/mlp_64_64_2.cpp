// Regression, 3-64-64-2: RMSprop, batches of 32.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  const Work work{.model = "mlp_64_64_2", .batch = 32, .steps = 1000, .training_bytes = tn::training_bytes<Mlp_64_64_2, 32, tn::RMSprop, tn::MeanSquaredError>};
  const auto x = random_tensor<2>({work.samples(), 3});
  const auto y = random_tensor<2>({work.samples(), 2});
  return measure(work, tn::compile<Mlp_64_64_2>(tn::RMSprop{}, tn::MeanSquaredError{}, tn::MeanAbsoluteError{}), x, y, argc, argv);
}
