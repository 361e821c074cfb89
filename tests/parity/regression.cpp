#include "parity.hpp"

using namespace parity;

namespace {

struct Line : tn::Sequential<tn::Input<1>, tn::Dense<1>> {};
struct Mlp : tn::Sequential<tn::Input<2>, tn::Dense<64, tn::ReLU>, tn::Dense<64, tn::ReLU>, tn::Dense<2>> {};

struct Numbers {
  xt::xtensor<float, 2> x, y;
};

}  // namespace

TEST_CASE("Linear regression learns as in Keras, step by step", "[parity]") {
  check("linear_regression", tn::compile<Line>(tn::SGD{.learning_rate = 0.5f}, tn::MeanSquaredError{}), [](std::size_t) {
    Numbers n{xt::xtensor<float, 2>::from_shape({100, 1}), xt::xtensor<float, 2>::from_shape({100, 1})};
    for (std::size_t i = 0; i < 100; ++i) n.x(i, 0) = formula::line_x(static_cast<std::uint32_t>(i)), n.y(i, 0) = formula::line_y(n.x(i, 0));
    return n;
  });
}

TEST_CASE("64-64-2 learns as in Keras, step by step", "[parity]") {
  check("mlp_64_64_2", tn::compile<Mlp>(tn::RMSprop{}, tn::MeanSquaredError{}), [](std::size_t step) {
    Numbers n{xt::xtensor<float, 2>::from_shape({32, 2}), xt::xtensor<float, 2>::from_shape({32, 2})};
    for (std::size_t i = 0; i < 32; ++i) {
      const auto k = static_cast<std::uint32_t>(step * 32 + i);
      const float a = n.x(i, 0) = formula::square(k, 0), b = n.x(i, 1) = formula::square(k, 1);
      n.y(i, 0) = formula::plane(a, b), n.y(i, 1) = formula::saddle(a, b);
    }
    return n;
  });
}
