// The same network on a GPU: the backend is a template argument. Compiled as CUDA, and run where there is a GPU.
#include <tenon/cuda.hpp>

#include <cstdio>

namespace tn = tenon;

struct MnistCnn : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dropout<0.25>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) try {
  const bool full = argc > 1;  // a folder with the four IDX files (plain or .gz); without one, the sample of 5,000 digits
  const auto [train, test] = tn::datasets::load_mnist(full ? argv[1] : "");

  auto model = tn::compile<MnistCnn, tn::Cuda>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  model.fit(train.x, train.y, {.batch_size = 32, .epochs = full ? 1 : 4});  // the samples go to the GPU once, and batches are gathered there
  const auto [loss, accuracy] = model.evaluate(test.x, test.y);
  std::printf("accuracy %.4f, loss %.4f\n", accuracy, loss);

  model.save("mnist_cnn.safetensors");                             // and on the CPU again
  auto on_cpu = tn::load<MnistCnn>("mnist_cnn.safetensors");
  const auto same = xt::amax(xt::abs(on_cpu.predict(test.x) - model.predict(test.x)))() < 1e-3f;
  return accuracy > 0.9 && same ? 0 : 1;
} catch (const tn::CudaError& error) {  // no GPU, for example
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
