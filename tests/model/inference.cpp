#include <tenon/tenon.hpp>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace {

struct Wide : tn::Sequential<tn::Input<37>, tn::Dense<150, tn::Tanh>, tn::Dense<33, tn::ReLU>, tn::Dense<1>> {};
struct Narrow : tn::Sequential<tn::Input<4>, tn::Dense<4, tn::Sigmoid>, tn::Dense<8, tn::Tanh>, tn::Dense<8, tn::ReLU>, tn::Dense<2>, tn::Dense<1>> {};
struct Picture : tn::Sequential<tn::Input<9, 8, 2>, tn::Conv2D<5, tn::Kernel<3, 3>, tn::Same, tn::ReLU>, tn::MaxPooling2D<2, 2>, tn::BatchNormalization,
                                tn::Conv2D<17, tn::Kernel<2, 2>>, tn::GlobalAveragePooling2D, tn::Dense<4, tn::Softmax>> {};
struct Body {
  tn::Dense<6, tn::ReLU> shared;
  tn::Dense<2> head;
  constexpr auto call(auto a, auto b) const { return tn::outputs(head(shared(a) * shared(b)), shared(a) + 1); }
};
struct Pair : tn::Graph<Body, tn::Input<3>, tn::Input<3>> {};

template <class Net>
void check_one_output() {
  tn::Predictor<Net, tn::Reference> reference;
  reference.initialize(3);
  tn::Inference<Net> inference{reference};
  constexpr long in = tn::input_shape<Net>.elements(), out = tn::output_shape<Net>.elements();
  tn::Random random(5);
  for (int sample = 0; sample < 3; ++sample) {
    std::array<float, in> x{};
    std::array<float, out> y{};
    for (float& v : x) v = static_cast<float>(random() >> 8) * 0x1p-23f - 1;
    inference(x, y);
    std::vector<std::size_t> shape{1};
    for (int i = 0; i < tn::input_shape<Net>.rank; ++i) shape.push_back(static_cast<std::size_t>(tn::input_shape<Net>.extent[i]));
    const xt::xarray<float> samples = xt::adapt(std::vector<float>(x.begin(), x.end()), shape);
    const auto expected = reference.predict(samples);
    for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(expected.data()[i]).epsilon(1e-4).margin(1e-5));
  }
}

}  // namespace

TEST_CASE("Inference computes what a prediction of one sample is", "[model][inference]") {
  check_one_output<Wide>();
  check_one_output<Narrow>();
  check_one_output<Picture>();
}

TEST_CASE("Inference takes several inputs and outputs", "[model][inference]") {
  tn::Predictor<Pair, tn::Reference> reference;
  tn::Inference<Pair> inference{reference};
  const std::array<float, 3> a{1, -2, 0.5f}, b{0.25f, 3, -1};
  std::array<float, 2> y{};
  std::array<float, 6> z{};
  inference(a, b, y, z);
  const auto [head, side] = reference.predict(tn::inputs(xt::xtensor<float, 2>{{1, -2, 0.5f}}, xt::xtensor<float, 2>{{0.25f, 3, -1}}));
  for (std::size_t i = 0; i < 2; ++i) CHECK(y[i] == Approx(head(0, i)));
  for (std::size_t i = 0; i < 6; ++i) CHECK(z[i] == Approx(side(0, i)));
}
