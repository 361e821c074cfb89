// From which of three cultivars is a wine? Thirteen quantities of a chemical analysis, 178 wines, and a penalty on large weights, for
// there are more weights than wines.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct Wine : tn::Sequential<
    tn::Input<13>,
    tn::Dense<16, tn::ReLU, tn::KernelRegularizer<tn::L2<1e-3>>>,
    tn::Dense<16, tn::ReLU, tn::KernelRegularizer<tn::L2<1e-3>>>,
    tn::Dense<3, tn::Softmax>> {};

int main() {
  const auto wines = tn::datasets::load_csv(tn::datasets::sample_file("wine/wine.csv"), {.target = "cultivar"});
  const auto [train, test] = tn::train_test_split(wines.x, wines.labels(), {.test_size = 0.25, .seed = 2});
  const tn::StandardScaler scaler{train.x};

  auto model = tn::compile<Wine>(tn::Adam{.learning_rate = 0.005f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  const auto history = model.fit(scaler.transform(train.x), train.y, {.batch_size = 16, .epochs = 40, .verbose = 0, .seed = 1});
  const auto [loss, accuracy] = model.evaluate(scaler.transform(test.x), test.y, {.verbose = 0});
  std::printf("training loss %.4f → %.4f\n", history["loss"].front(), history["loss"].back());
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);
  return accuracy > 0.9 ? 0 : 1;
}
