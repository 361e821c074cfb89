#include <tenon/layers/dense.hpp>

#include <tenon/activations/elu.hpp>
#include <tenon/activations/gelu.hpp>
#include <tenon/activations/leaky_relu.hpp>
#include <tenon/activations/linear.hpp>
#include <tenon/activations/relu.hpp>
#include <tenon/activations/selu.hpp>
#include <tenon/activations/sigmoid.hpp>
#include <tenon/activations/silu.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/activations/softplus.hpp>
#include <tenon/activations/tanh.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("Dense agrees with Keras", "[layers][dense]") {
  support::check_golden("layers/dense", {
    layer_named<Dense<4>>("Dense<4>"),
    layer_named<Dense<4, NoBias>>("Dense<4, NoBias>"),
    layer_named<Dense<1>>("Dense<1>"),
    layer_named<Dense<3>>("Dense<3>"),
    layer_named<Dense<33>>("Dense<33>"),
    layer_named<Dense<2, Tanh>>("Dense<2, Tanh>"),
    layer_named<Dense<5, Linear>>("Dense<5, Linear>"),
    layer_named<Dense<5, ReLU>>("Dense<5, ReLU>"),
    layer_named<Dense<5, Sigmoid>>("Dense<5, Sigmoid>"),
    layer_named<Dense<5, Tanh>>("Dense<5, Tanh>"),
    layer_named<Dense<5, Softmax>>("Dense<5, Softmax>"),
    layer_named<Dense<5, ELU>>("Dense<5, ELU>"),
    layer_named<Dense<5, SELU>>("Dense<5, SELU>"),
    layer_named<Dense<5, GELU>>("Dense<5, GELU>"),
    layer_named<Dense<5, SiLU>>("Dense<5, SiLU>"),
    layer_named<Dense<5, LeakyReLUWith<0.2>>>("Dense<5, LeakyReLUWith<0.2>>"),
    layer_named<Dense<5, Softplus>>("Dense<5, Softplus>"),
  });
}

TEST_CASE("Dense has a kernel and a bias, and refuses a scalar per sample", "[layers][dense]") {
  support::Sketch g;
  static constexpr Dense<7> dense{};
  const Symbol x = g.argument(shape(dynamic, 2, 3)), y = dense(x);
  CHECK(y.shape() == shape(dynamic, 2, 7));
  REQUIRE(g.trace.weights.size() == 2);
  CHECK(std::string(g.trace.weights[0].name) == "kernel");
  CHECK(g.trace.weights[0].shape == shape(3, 7));
  CHECK(g.trace.weights[1].shape == shape(7));
  dense(g.argument(shape(dynamic, 5, 3)));
  CHECK(g.trace.weights.size() == 2);  // called again, it has the same weights
  CHECK(g.trace.mistake.problem == Problem::none);
  dense(g.argument(shape(dynamic, 4)));
  CHECK(g.trace.mistake.problem == Problem::weight_redefined);

  support::Sketch h;
  dense(h.argument(shape(dynamic)));
  CHECK(h.trace.mistake.problem == Problem::rank_too_small);
}
