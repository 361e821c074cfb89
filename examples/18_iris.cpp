// Which iris is it? Four measurements, three species, 150 flowers: the smallest classifier that is of use.
#include <tenon/tenon.hpp>

#include <array>
#include <cstdio>

namespace tn = tenon;

struct Iris : tn::Sequential<tn::Input<4>, tn::Dense<16, tn::Tanh>, tn::Dense<3, tn::Softmax>> {};

int main() {
  const auto flowers = tn::datasets::load_csv(tn::datasets::sample_file("iris/iris.csv"), {.target = "species", .categorical = "species"});
  const auto [train, test] = tn::train_test_split(flowers.x, flowers.labels(), {.test_size = 0.2, .seed = 1});
  const tn::StandardScaler scaler{train.x};

  auto model = tn::compile<Iris>(tn::Adam{.learning_rate = 0.01f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  model.fit(scaler.transform(train.x), train.y, {.batch_size = 16, .epochs = 60, .verbose = 0, .seed = 1});
  const auto [loss, accuracy] = model.evaluate(scaler.transform(test.x), test.y, {.verbose = 0});
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);

  tn::Inference<Iris> predict{model};
  const std::array<float, 4> flower{5.1f, 3.5f, 1.4f, 0.2f};
  std::array<float, 3> probability{};
  predict(scaler.transform(flower), probability);
  const auto& species = flowers.categories.at("species");
  for (std::size_t i = 0; i < 3; ++i) std::printf("%s: %.3f\n", species[i].c_str(), probability[i]);
  return accuracy > 0.9 && probability[0] > 0.9f ? 0 : 1;
}
