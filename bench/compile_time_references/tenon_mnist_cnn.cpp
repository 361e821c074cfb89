// Tenon, headers only: convolutions 32 and 64, each with a pool, 128, 10; one step of Adam.
#include <tenon/tenon.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

int main() {
  const xt::xtensor<float, 4> x = xt::ones<float>({32, 28, 28, 1});
  const xt::xtensor<int, 1> y = xt::zeros<int>({32});
  auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{});
  model.fit(x, y, {.batch_size = 32, .epochs = 1});
  return model.predict(x).shape(1) == 10 ? 0 : 1;
}
