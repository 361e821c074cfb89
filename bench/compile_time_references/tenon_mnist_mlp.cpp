// Tenon, headers only: 512 and 512 with dropout, 10; one step of Adam.
#include <tenon/tenon.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
    tn::Input<784>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<10, tn::Softmax>> {};

int main() {
  const xt::xtensor<float, 2> x = xt::ones<float>({128, 784});
  const xt::xtensor<int, 1> y = xt::zeros<int>({128});
  auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{});
  model.fit(x, y, {.batch_size = 128, .epochs = 1});
  return model.predict(x).shape(1) == 10 ? 0 : 1;
}
