// A user's program: it fails where the headers, what they include, or the data that travels with them is not found.
#include <tenon/tenon.hpp>

#include <array>

namespace tn = tenon;

float second_file(float x);

struct Net : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::Tanh>, tn::Dense<1>> {};

int main() {
  const auto mnist = tn::datasets::load_mnist("");
  if (mnist.train.x.shape(0) < 1000) return 1;

  tn::Inference<Net> net{tn::seed(1)};
  std::array<float, 2> in{0.5f, -1.5f};
  std::array<float, 1> out{};
  net(in, out);
  return out[0] == second_file(out[0]) ? 0 : 2;
}
