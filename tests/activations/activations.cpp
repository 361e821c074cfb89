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
#include <tenon/layers/activation.hpp>

#include "../support/golden_layer.hpp"
#include "../support/gradient_check.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("activations agree with Keras, also where they saturate", "[activations]") {
  support::check_golden("activations", {
    layer_named<Activation<Linear>>("Activation<Linear>"),
    layer_named<Activation<ReLU>>("Activation<ReLU>"),
    layer_named<Activation<Sigmoid>>("Activation<Sigmoid>"),
    layer_named<Activation<Tanh>>("Activation<Tanh>"),
    layer_named<Activation<ELU>>("Activation<ELU>"),
    layer_named<Activation<SELU>>("Activation<SELU>"),
    layer_named<Activation<GELU>>("Activation<GELU>"),
    layer_named<Activation<SiLU>>("Activation<SiLU>"),
    layer_named<Activation<LeakyReLUWith<0.2>>>("Activation<LeakyReLUWith<0.2>>"),
    layer_named<Activation<LeakyReLUWith<0.3>>>("Activation<LeakyReLUWith<0.3>>"),
    layer_named<Activation<Softplus>>("Activation<Softplus>"),
    layer_named<Activation<Softmax>>("Activation<Softmax>"),
    layer_named<LeakyReLU>("LeakyReLU"),
    {"leaky_relu", [](support::Sketch& g, const golden::Case& c) { return std::vector{leaky_relu(g.argument(support::batched_shape(c.inputs[0])))}; }},
  });
}

TEST_CASE("activations pass gradients and gradients of gradients", "[activations]") {
  const auto check = [](const char* name, const support::Function& f) {
    INFO(name);
    support::check_gradients(f, {shape(dynamic, 5)}, {.low = 0.1, .high = 2, .signs = true});
    support::check_second_derivatives(f, {shape(dynamic, 5)}, {.low = 0.1, .high = 2, .signs = true});
  };
  const auto of = [](auto layer) { return [layer](const std::vector<Symbol>& x) { return layer.call(x[0]); }; };
  check("ReLU", of(ReLU{}));
  check("Sigmoid", of(Sigmoid{}));
  check("Tanh", of(Tanh{}));
  check("ELU", of(ELU{}));
  check("SELU", of(SELU{}));
  check("GELU", of(GELU{}));
  check("SiLU", of(SiLU{}));
  check("LeakyReLU", of(LeakyReLU{}));
  check("Softplus", of(Softplus{}));
  check("Softmax", of(Softmax{}));
  check("Linear", of(Linear{}));
}
TEST_CASE("SELU has a slope of 1.0507 at zero, as on TensorFlow", "[activations]") {
  support::Sketch g;
  const Symbol x = g.argument(shape(1)), y = selu(x);
  CHECK(g.run({y, gradient(y, x)}, {{0}}) == std::vector<support::Values>{{0}, {1.0507009873554805}});
}

TEST_CASE("GELU is not cut to zero far below zero", "[activations]") {  // x times the normal distribution, from its tables
  support::Sketch g;
  const Symbol x = g.argument(shape(1)), y = gelu(x);
  const auto values = g.run({y, gradient(y, x)}, {{-6}});
  CHECK(std::abs(values[0][0] / -5.9195258702261886e-9 - 1) < 1e-12);
  CHECK(std::abs(values[1][0] / -3.5468709453902017e-8 - 1) < 1e-9);
}
