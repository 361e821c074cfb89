// Dropout, RMSprop, validation data, callbacks and a history.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct MnistMlp : tn::Sequential<
    tn::Input<784>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  const bool full = argc > 1;  // a folder of the full MNIST; without one, the sample of 5,000 digits
  const auto mnist = tn::datasets::load_mnist(full ? argv[1] : "", tn::flat);  // x: (N, 784)
  const auto& [train, test] = mnist;

  auto model = tn::compile<MnistMlp>(tn::RMSprop{.learning_rate = 1e-3f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  const auto history = model.fit(train.x, train.y, {
      .batch_size = 128,
      .epochs = full ? 3 : 8,
      .validation_data = {test.x, test.y},
      .callbacks = {tn::EarlyStopping{.monitor = "val_loss", .patience = 2}, tn::CSVLogger{"mnist_mlp.csv"}},
      .seed = 7});

  for (std::size_t epoch = 0; epoch < history.epochs(); ++epoch)
    std::printf("%zu loss %.4f val_accuracy %.4f\n", epoch, history["loss"][epoch], history["val_accuracy"][epoch]);
  return history["val_accuracy"].back() > (full ? 0.97 : 0.92) ? 0 : 1;
}
