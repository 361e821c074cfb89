// Adafactor.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// Adam without momentum, and with what it keeps of a matrix reduced to its rows and columns (Shazeer and Stern 2018). With
/// h = g² + epsilon_1, b = 1 - t^beta_2_decay and a = max(epsilon_2, rms(w)) · min(learning_rate, 1 / √t), where rms is the root of the mean of squares:
/// of a variable with two or more axes  r ← b · r + (1 - b) · mean(h, last axis);  c ← b · c + (1 - b) · mean(h, last axis but one);
/// v = r / mean(r, last axis) · c; of one with fewer  v ← b · v + (1 - b) · h; then with u = g / √v
/// w ← w - a · u / max(1, rms(u) / clip_threshold). Follows keras.optimizers.Adafactor; as there, relative_step changes nothing,
/// since the rate is no larger than 1 / √t in any case.
///
///     auto model = tn::compile<Net>(tn::Adafactor{.learning_rate = 0.01f}, tn::SparseCategoricalCrossentropy{});
struct Adafactor {
  LearningRate learning_rate = 0.001f;
  float beta_2_decay = -0.8f;
  float epsilon_1 = 1e-30f;
  float epsilon_2 = 1e-3f;
  float clip_threshold = 1.f;
  bool relative_step = true;

  static constexpr bool needs_shape = true;
  static constexpr auto update(auto w, auto g) {
    const auto t = iteration(w), rate = minimum(parameter<&Adafactor::learning_rate>(w), 1 / sqrt(t));
    const auto alpha = maximum(parameter<&Adafactor::epsilon_2>(w), rms(w)) * rate;
    const auto decay = 1 - pow(t, parameter<&Adafactor::beta_2_decay>(w)), h = square(g) + parameter<&Adafactor::epsilon_1>(w);
    const auto moved = [&](const char* name, auto value) {
      const auto s = w.state(name, value.shape(), Zeros{});
      return assign(s, decay * s + (1 - decay) * value);
    };
    const auto velocity = [&] {
      if (2 > w.shape().rank) return moved("velocity", h);  // `rank <` would be std::rank, where namespace std is used
      const auto r = moved("row", mean(h, axis<-1>)), c = moved("column", mean(h, axis<-2>));
      return expand_dims(r / mean(r, axis<-1>, keep_dims), axis<-1>) * expand_dims(c, axis<-2>);
    }();
    const auto u = g / sqrt(velocity);
    return w - alpha * (u / maximum(1, rms(u) / parameter<&Adafactor::clip_threshold>(w)));
  }

 private:
  static constexpr auto rms(auto x) { return sqrt(mean(square(x))); }
};

}  // namespace tenon
