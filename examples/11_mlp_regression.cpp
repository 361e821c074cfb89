// Regression with two hidden layers of 64: two outputs of a smooth function of three inputs, a thousand epochs.
#include <tenon/tenon.hpp>

#include <xtensor/xmath.hpp>
#include <xtensor/xrandom.hpp>
#include <xtensor/xview.hpp>

#include <cstdio>

namespace tn = tenon;

struct Mlp : tn::Sequential<tn::Input<3>, tn::Dense<64, tn::ReLU>, tn::Dense<64, tn::ReLU>, tn::Dense<2>> {};

int main() {
  const xt::xtensor<float, 2> x = xt::random::rand<float>({256, 3}, -1.f, 1.f);
  xt::xtensor<float, 2> y = xt::zeros<float>({256, 2});
  xt::view(y, xt::all(), 0) = xt::sin(3 * xt::view(x, xt::all(), 0)) * xt::view(x, xt::all(), 1);
  xt::view(y, xt::all(), 1) = xt::square(xt::view(x, xt::all(), 2));

  const auto [train, test] = tn::train_test_split(x, y, {.test_size = 0.2, .seed = 1});
  auto model = tn::compile<Mlp>(tn::RMSprop{}, tn::MeanSquaredError{}, tn::MeanAbsoluteError{});
  const auto history = model.fit(train.x, train.y, {.epochs = 1000, .validation_split = 0.2, .verbose = 0, .seed = 1});
  std::printf("after %zu epochs: validation error %.4f\n", history.epochs(), history["val_mean_absolute_error"].back());

  const auto [loss, mae] = model.evaluate(test.x, test.y, {.verbose = 0});
  std::printf("mean absolute error on the test set: %.4f\n", mae);
  return mae < 0.1 ? 0 : 1;
}
