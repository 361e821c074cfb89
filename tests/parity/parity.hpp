// The first 20 steps of a tutorial model against Keras: the same weights, the same data in the same order, no dropout.
#pragma once

#include <tenon/tenon.hpp>

#include "../support/catch.hpp"
#include "../support/formula_data.hpp"
#include "../support/golden.hpp"

namespace parity {

namespace tn = tenon;

/// Gives every kernel the values of its formula, every bias zeros.
template <class Model>
void set_formula_weights(Model& model) {
  auto weights = model.get_weights();
  std::uint32_t kernels = 0;
  for (auto& w : weights) {
    std::fill(w.begin(), w.end(), 0.f);
    if (w.dimension() < 2) continue;
    const auto shape = w.shape();
    std::size_t window = 1;
    for (std::size_t i = 0; i + 2 < shape.size(); ++i) window *= shape[i];
    const auto in = static_cast<int>(window * shape[shape.size() - 2]), out = static_cast<int>(window * shape.back());
    const auto values = formula::kernel(kernels++, w.size(), in, out);
    std::copy(values.begin(), values.end(), w.begin());
  }
  model.set_weights(weights);
}

struct Digits {
  xt::xarray<float> x;
  xt::xtensor<int, 1> y;
};
/// The samples of one step, as images if `image`.
inline Digits digits(std::size_t step, std::size_t batch, bool image) {
  Digits d;
  d.x = image ? xt::xarray<float>::from_shape({batch, 28, 28, 1}) : xt::xarray<float>::from_shape({batch, 784});
  d.y = xt::xtensor<int, 1>::from_shape({batch});
  for (std::size_t i = 0; i < batch; ++i) {
    const auto n = static_cast<std::uint32_t>(step * batch + i);
    for (std::uint32_t j = 0; j < 784; ++j) d.x.data()[i * 784 + j] = formula::pixel(n, j, 784);
    d.y(i) = formula::label(n);
  }
  return d;
}

/// Trains 20 steps on what `data(step)` gives and compares each loss with Keras's: to 1e-4 of it, as promised.
template <class Model, class Data>
void check(const std::string& name, Model model, Data data) {
  const golden::Case expected = golden::load("parity/" + name, name);
  const auto& losses = expected.values.at("losses_in_double");
  set_formula_weights(model);
  REQUIRE(losses.size() == 20);
  for (std::size_t step = 0; step < losses.size(); ++step) {
    const auto batch = data(step);
    const double loss = model.train_on_batch(batch.x, batch.y)[0];
    INFO(name << ", step " << step);
    CHECK(loss == Approx(losses[step]).epsilon(1e-4));
  }
  const auto sums = expected.values.at("weights_after_abs_sums");
  const auto weights = model.get_weights();
  for (std::size_t k = 0; k < sums.size(); ++k) {
    double sum = 0;
    for (const float w : weights[k]) sum += std::fabs(static_cast<double>(w));
    INFO(name << ", weight " << k);
    CHECK(sum == Approx(sums[k]).epsilon(1e-3).margin(1e-5));
  }
}

}  // namespace parity
