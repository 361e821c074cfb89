// Two outputs from one trunk: which digit it is, and how much of the paper is ink. One loss for each, with weights.
#include <tenon/tenon.hpp>

#include <cstdio>

#include <xtensor/xmath.hpp>

namespace tn = tenon;

struct Digit : tn::Dense<10, tn::Softmax> {};  // a type of its own names an output: "digit_loss"
struct Ink : tn::Dense<1> {};

struct Heads {
  tn::Dense<64, tn::ReLU> trunk;
  Digit digit;
  Ink ink;
  constexpr auto call(auto x) const {
    const auto h = trunk(x);
    return tn::outputs(tn::apply(digit, h), tn::apply(ink, h));
  }
};
struct DigitAndInk : tn::Graph<Heads, tn::Input<784>> {};

xt::xtensor<float, 1> percent_of_ink(const xt::xtensor<float, 2>& images) { return 100 * xt::mean(images, {1}); }

int main(int argc, char** argv) {
  const auto [train, test] = tn::datasets::load_mnist(argc > 1 ? argv[1] : "", tn::flat);  // a folder of the full MNIST, or the sample
  const auto train_ink = percent_of_ink(train.x), test_ink = percent_of_ink(test.x);

  auto model = tn::compile<DigitAndInk>(tn::Adam{}, tn::losses(tn::SparseCategoricalCrossentropy{}, tn::MeanSquaredError{}).weights(1, 0.01),
                                        tn::metrics(tn::Accuracy{}), tn::metrics(tn::MeanAbsoluteError{}));
  model.summary();
  model.fit(train.x, tn::targets(train.y, train_ink), {.epochs = 8, .validation_data = {test.x, tn::targets(test.y, test_ink)}, .seed = 1});

  const auto [loss, digit_loss, ink_loss, accuracy, error] = model.evaluate(test.x, tn::targets(test.y, test_ink), {.verbose = 0});
  std::printf("loss %.4f = %.4f + 0.01 * %.4f; accuracy %.4f; ink is wrong by %.2f points of %.1f %%\n", loss, digit_loss, ink_loss, accuracy, error,
              static_cast<double>(xt::mean(test_ink)()));

  const auto [digits, ink] = model.predict(test.x);
  for (std::size_t i = 0; i < 5; ++i) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < 10; ++k)
      if (digits(i, k) > digits(i, best)) best = k;
    std::printf("a %d with %.1f %% ink: %zu (%.0f %%) with %.1f %% ink\n", test.y(i), static_cast<double>(test_ink(i)), best, 100. * static_cast<double>(digits(i, best)),
                static_cast<double>(ink(i, 0)));
  }
  return accuracy > 0.9 && error < 1 ? 0 : 1;
}
