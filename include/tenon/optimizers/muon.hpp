// Muon.
#pragma once

#include <tenon/graph/matmul.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// Of a matrix: w ← w - weight_decay · learning_rate · w;  m ← momentum · m + g;  x = g + momentum · m with nesterov, else m;
/// x ← x / (‖x‖ + 1e-7), then ns_steps times x ← muon_a · x + (muon_b · A + muon_c · A · A) · x with A = x · xᵀ: the five steps of Newton and
/// Schulz that bring its singular values near 1 (Jordan et al. 2024); w ← w - learning_rate · rms_rate · √max(rows, columns) · x
/// (Liu et al. 2025; without the last two factors where rms_rate is 0, Keras's None). ns_steps is 5: it is part of the program.
/// Of any other variable, and of the embeddings of a layer: AdamW's step with adam_weight_decay, adam_beta_1, adam_beta_2, epsilon and
/// learning_rate · adam_lr_ratio. Follows keras.optimizers.Muon but for exclude_layers.
///
///     auto model = tn::compile<Net>(tn::Muon{.learning_rate = 0.02f}, tn::SparseCategoricalCrossentropy{});
struct Muon {
  LearningRate learning_rate = 0.001f;
  float adam_beta_1 = 0.9f;
  float adam_beta_2 = 0.999f;
  float adam_weight_decay = 0.004f;
  float epsilon = 1e-7f;
  float weight_decay = 0.004f;
  float muon_a = 3.4445f;
  float muon_b = -4.775f;
  float muon_c = 2.0315f;
  float adam_lr_ratio = 1.f;
  float momentum = 0.95f;
  bool nesterov = true;
  float rms_rate = 0.2f;

  static constexpr bool needs_shape = true;
  static constexpr auto update(auto w, auto g) {
    const auto rate = parameter<&Muon::learning_rate>(w);
    return w.shape().rank == 2 && !is_embeddings(w) ? of_matrix(w, g, rate) : of_others(w, g, rate);
  }

 private:
  static constexpr auto of_matrix(auto w, auto g, auto rate) {
    const auto m = slot(w, "momentum"), momentum = parameter<&Muon::momentum>(w), next = assign(m, m + (g + m * (momentum - 1)));
    const auto x = orthogonal(select(parameter<&Muon::nesterov>(w), g + momentum * next, next));
    const Shape shape = w.shape();
    const auto rms = parameter<&Muon::rms_rate>(w), larger = sqrt(constant(w, shape[0] > shape[1] ? shape[0] : shape[1]));
    return w - w * parameter<&Muon::weight_decay>(w) * rate - rate * select(rms == 0, 1, larger * rms) * x;
  }
  /// Nearly U · Vᵀ of the singular value decomposition U · S · Vᵀ of x.
  static constexpr auto orthogonal(auto x) {
    const bool tall = x.shape()[0] > x.shape()[1];
    const auto a = parameter<&Muon::muon_a>(x), b = parameter<&Muon::muon_b>(x), c = parameter<&Muon::muon_c>(x);
    auto y = tall ? transpose(x) : x;
    y = y / (sqrt(sum(square(y))) + 1e-7);
    for (int step = 0; step < 5; ++step) {
      const auto products = matmul(y, transpose(y));
      y = a * y + matmul(b * products + matmul(c * products, products), y);
    }
    return tall ? transpose(y) : y;
  }
  static constexpr auto of_others(auto w, auto g, auto rate) {
    const auto b1 = parameter<&Muon::adam_beta_1>(w), b2 = parameter<&Muon::adam_beta_2>(w), t = iteration(w);
    const auto alpha = rate * parameter<&Muon::adam_lr_ratio>(w) * sqrt(1 - pow(b2, t)) / (1 - pow(b1, t));
    const auto m = slot(w, "momentum"), v = slot(w, "velocity");
    const auto next = assign(m, m + (g - m) * (1 - b1)), velocity = assign(v, v + (square(g) - v) * (1 - b2));
    return w - w * parameter<&Muon::adam_weight_decay>(w) * rate - alpha * next / (sqrt(velocity) + parameter<&Muon::epsilon>(w));
  }
};

}  // namespace tenon
