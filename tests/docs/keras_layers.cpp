// Layers of Keras that the library does not have yet, as docs/from_keras.md writes them: a copy of each stands there.
#include <tenon/tenon.hpp>

#include <array>
#include <cmath>

#include "../support/catch.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;

namespace {

/// One step, from x: (B, In) and the state h: (B, Units) to the next state. Keras's weights, in its order: z, r, candidate.
template <int Units>
struct GRUCell : tn::Layer<GRUCell<Units>> {
  static constexpr auto call(auto x, auto h) {
    const auto kernel = x.weight("kernel", tn::shape(x.shape().back(), 3 * Units), tn::GlorotUniform{});
    const auto recurrent = x.weight("recurrent_kernel", tn::shape(Units, 3 * Units), tn::Orthogonal<>{});
    const auto bias = x.weight("bias", tn::shape(2, 3 * Units), tn::Zeros{});
    const auto a = matmul(x, kernel) + tn::slice(bias, tn::axis<0>, 0, 1), b = matmul(h, recurrent) + tn::slice(bias, tn::axis<0>, 1, 2);
    const auto part = [](auto gates, int k) { return tn::split<3>(gates, tn::axis<-1>, k); };
    const auto z = sigmoid(part(a, 0) + part(b, 0)), r = sigmoid(part(a, 1) + part(b, 1));
    return z * h + (1 - z) * tanh(part(a, 2) + r * part(b, 2));
  }
};

constexpr int units = 4;

struct WindowBody {  // trains on windows: x (B, 5, 2)
  GRUCell<units> cell;
  tn::Dense<1> head;

  constexpr auto call(auto x) const {
    auto h = tn::broadcast_to(tn::constant(x, 0), tn::shape(tn::dynamic, units));
    for (int t = 0; t < 5; ++t) h = cell(tn::reshape(tn::slice(x, tn::axis<1>, t, t + 1), tn::shape(tn::dynamic, 2)), h);
    return head(h);
  }
};
struct Window : tn::Graph<WindowBody, tn::Input<5, 2>> {};

struct StepBody {  // the same layers, one step at a time: the state goes in and comes out
  GRUCell<units> cell;
  tn::Dense<1> head;

  constexpr auto call(auto x, auto h) const {
    const auto next = cell(x, h);
    return tn::outputs(head(next), next);
  }
};
struct Step : tn::Graph<StepBody, tn::Input<2>, tn::Input<units>> {};

template <std::size_t Rank>
xt::xtensor<float, Rank> random(std::array<std::size_t, Rank> shape, std::uint64_t seed) {
  xt::xtensor<float, Rank> x(shape);
  tn::Random random(seed);
  for (float& value : x) value = static_cast<float>(2 * random.uniform() - 1);
  return x;
}

}  // namespace

TEST_CASE("A window of docs/from_keras.md is what its steps are, one after the other", "[docs]") {
  const auto x = random<3>({16, 5, 2}, 1);
  const auto y = random<2>({16, 1}, 2);
  auto window = tn::compile<Window>(tn::Adam{}, tn::MeanSquaredError{});
  window.fit(x, y, {.batch_size = 8, .epochs = 2, .verbose = 0});

  auto step = tn::compile<Step>(tn::SGD{}, tn::losses(tn::MeanSquaredError{}, tn::MeanSquaredError{}));
  step.set_weights(window.get_weights());
  tn::Inference<Step> live{step};
  std::array<float, units> state{}, next;
  std::array<float, 1> out;
  for (std::size_t t = 0; t < 5; ++t) {
    const std::array<float, 2> frame{x(0, t, 0), x(0, t, 1)};
    live(frame, state, out, next);
    state = next;  // the new state has a frame of its own
  }

  CHECK(out[0] == Approx(window.predict(x)(0, 0)).epsilon(1e-5));

  // The same by Keras's formula (GRUCell, reset_after), in double.
  const auto w = window.get_weights();
  const auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
  std::array<double, units> h{};
  for (std::size_t t = 0; t < 5; ++t) {
    std::array<double, 3 * units> a, b;
    for (std::size_t j = 0; j < 3 * units; ++j) {
      a[j] = w[2](0, j), b[j] = w[2](1, j);
      for (std::size_t i = 0; i < 2; ++i) a[j] += static_cast<double>(x(0, t, i)) * w[0](i, j);
      for (std::size_t i = 0; i < units; ++i) b[j] += h[i] * w[1](i, j);
    }
    for (std::size_t u = 0; u < units; ++u) {
      const double z = sigmoid(a[u] + b[u]), r = sigmoid(a[units + u] + b[units + u]);
      h[u] = z * h[u] + (1 - z) * std::tanh(a[2 * units + u] + r * b[2 * units + u]);
    }
  }
  double wanted = w[4](0);
  for (std::size_t u = 0; u < units; ++u) wanted += h[u] * w[3](u, 0);
  CHECK(out[0] == Approx(wanted).epsilon(1e-5));
}

TEST_CASE("A file that was made elsewhere is loaded by names", "[docs]") {
  struct Net : tn::Sequential<tn::Input<2>, tn::Dense<3>> {};
  const support::TemporaryFolder folder;
  const std::string file = folder.path() / "from_python.safetensors";
  const float kernel[] = {1, 2, 3, 4, 5, 6}, bias[] = {0, 0, 9};
  tn::write_safetensors(file, std::vector<tn::NamedTensor>{{"dense/kernel", {2, 3}, kernel}, {"dense/bias", {3}, bias}});
  auto model = tn::load<Net>(file);
  CHECK(model.predict(xt::xtensor<float, 2>{{1, 10}})(0, 2) == 3 + 60 + 9);
}
