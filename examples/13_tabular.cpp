// A table from end to end: a CSV file is read and scaled, the best epoch of the training is kept in a file, and another
// program (here: the second half) loads it and predicts one row at a time. The cars are those of UCI's Auto MPG.
#include <tenon/tenon.hpp>

#include <array>
#include <cmath>
#include <cstdio>

namespace tn = tenon;

// cylinders, displacement, horsepower, weight, acceleration, model_year, origin=Europe, origin=Japan, origin=USA → mpg
struct Mileage : tn::Sequential<tn::Input<9>, tn::Dense<64, tn::ReLU>, tn::Dense<64, tn::ReLU>, tn::Dense<1>> {};

int main() {
  const auto cars = tn::datasets::load_csv(tn::datasets::sample_file("auto_mpg/auto_mpg.csv"), {.target = "mpg", .one_hot = "origin"});
  const auto [train, test] = tn::train_test_split(cars.x, cars.y, {.test_size = 0.2, .seed = 1});
  const tn::StandardScaler scaler{train.x};

  auto model = tn::compile<Mileage>(tn::Adam{}, tn::MeanSquaredError{}, tn::MeanAbsoluteError{});
  const auto history = model.fit(scaler.transform(train.x), train.y, {
      .epochs = 300,
      .validation_split = 0.2,
      .callbacks = {tn::EarlyStopping{.patience = 20},
                    tn::ModelCheckpoint{.filepath = "mileage.safetensors", .save_best_only = true}},
      .verbose = 0,
      .seed = 1});
  scaler.save("mileage_scaler.safetensors");
  std::printf("%zu epochs\n", history.epochs());

  model.load_weights("mileage.safetensors");  // the best epoch, not the last one
  const auto [loss, error] = model.evaluate(scaler.transform(test.x), test.y, {.verbose = 0});
  std::printf("on the test set, predictions are off by %.1f miles per gallon\n", error);

  // In another program: the scaler and the weights from their files, one car after the other, without the heap.
  const auto loaded_scaler = tn::Scaler::load("mileage_scaler.safetensors");
  tn::Inference<Mileage> predict{"mileage.safetensors"};
  const std::array<float, 9> car{4, 97, 46, 1835, 20.5f, 70, 1, 0, 0};  // a Volkswagen of 1970: 26 miles per gallon
  std::array<float, 1> mpg{};
  predict(loaded_scaler.transform(car), mpg);
  std::printf("one car: %.1f miles per gallon\n", mpg[0]);
  return error < 3 && std::abs(mpg[0] - 26) < 5 ? 0 : 1;
}
