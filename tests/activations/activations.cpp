#include <tenon/activations/celu.hpp>
#include <tenon/activations/elu.hpp>
#include <tenon/activations/exponential.hpp>
#include <tenon/activations/gelu.hpp>
#include <tenon/activations/glu.hpp>
#include <tenon/activations/hard_shrink.hpp>
#include <tenon/activations/hard_sigmoid.hpp>
#include <tenon/activations/hard_silu.hpp>
#include <tenon/activations/hard_tanh.hpp>
#include <tenon/activations/leaky_relu.hpp>
#include <tenon/activations/linear.hpp>
#include <tenon/activations/log_sigmoid.hpp>
#include <tenon/activations/log_softmax.hpp>
#include <tenon/activations/mish.hpp>
#include <tenon/activations/relu.hpp>
#include <tenon/activations/relu6.hpp>
#include <tenon/activations/selu.hpp>
#include <tenon/activations/sigmoid.hpp>
#include <tenon/activations/silu.hpp>
#include <tenon/activations/soft_shrink.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/activations/softplus.hpp>
#include <tenon/activations/softsign.hpp>
#include <tenon/activations/sparse_plus.hpp>
#include <tenon/activations/sparse_sigmoid.hpp>
#include <tenon/activations/sparsemax.hpp>
#include <tenon/activations/squareplus.hpp>
#include <tenon/activations/tanh.hpp>
#include <tenon/activations/tanh_shrink.hpp>
#include <tenon/activations/threshold.hpp>
#include <tenon/layers/activation.hpp>

#include "../support/golden_layer.hpp"
#include "../support/gradient_check.hpp"

using namespace tenon;
using support::layer_named;

static_assert(std::is_same_v<Swish, SiLU> && std::is_same_v<HardSwish, HardSiLU>);

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
    layer_named<Activation<CELU>>("Activation<CELU>"),
    layer_named<Activation<CELUWith<0.5>>>("Activation<CELUWith<0.5>>"),
    layer_named<Activation<CELUWith<3>>>("Activation<CELUWith<3>>"),
    layer_named<Activation<Exponential>>("Activation<Exponential>"),
    layer_named<Activation<ApproximateGELU>>("Activation<ApproximateGELU>"),
    layer_named<Activation<HardShrink>>("Activation<HardShrink>"),
    layer_named<Activation<HardShrinkWith<2>>>("Activation<HardShrinkWith<2>>"),
    layer_named<Activation<SoftShrink>>("Activation<SoftShrink>"),
    layer_named<Activation<SoftShrinkWith<2>>>("Activation<SoftShrinkWith<2>>"),
    layer_named<Activation<TanhShrink>>("Activation<TanhShrink>"),
    layer_named<Activation<HardSigmoid>>("Activation<HardSigmoid>"),
    layer_named<Activation<HardSiLU>>("Activation<HardSiLU>"),
    layer_named<Activation<HardTanh>>("Activation<HardTanh>"),
    layer_named<Activation<LogSigmoid>>("Activation<LogSigmoid>"),
    layer_named<Activation<Mish>>("Activation<Mish>"),
    layer_named<Activation<ReLU6>>("Activation<ReLU6>"),
    layer_named<Activation<Softsign>>("Activation<Softsign>"),
    layer_named<Activation<SparsePlus>>("Activation<SparsePlus>"),
    layer_named<Activation<SparseSigmoid>>("Activation<SparseSigmoid>"),
    layer_named<Activation<Squareplus>>("Activation<Squareplus>"),
    layer_named<Activation<SquareplusWith<0.5>>>("Activation<SquareplusWith<0.5>>"),
    layer_named<Activation<Threshold<0.5, -2>>>("Activation<Threshold<0.5, -2>>"),
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
  check("CELU", of(CELUWith<0.7>{}));
  check("Exponential", of(Exponential{}));
  check("ApproximateGELU", of(ApproximateGELU{}));
  check("LogSigmoid", of(LogSigmoid{}));
  check("LogSoftmax", of(LogSoftmax{}));
  check("Mish", of(Mish{}));
  check("Softsign", of(Softsign{}));
  check("Squareplus", of(Squareplus{}));
  check("TanhShrink", of(TanhShrink{}));
}
TEST_CASE("SELU has a slope of 1.0507 at zero, as on TensorFlow", "[activations]") {
  support::Sketch g;
  const Symbol x = g.argument(shape(1)), y = selu(x);
  CHECK(g.run({y, gradient(y, x)}, {{0}}) == std::vector<support::Values>{{0}, {1.0507009873554805}});
}

TEST_CASE("activations of floats keep their digits where their formulas would cancel or overflow", "[activations]") {  // values from mpmath
  support::Sketch g;
  const Symbol x = g.argument(shape(1));
  const std::vector<Symbol> at = {squareplus(x), log_sigmoid(x), mish(x), celu(x), sparsemax(concatenate(axis<0>, x, x - 0.5))};
  const auto run = [&](float value) { return support::run<float>(g.with_results(at), {{value}}); };
  const auto low = run(-3e4f), high = run(3e18f), tiny = run(-1e-6f);
  CHECK(low[0][0] == Approx(3.3333333e-5).epsilon(1e-6));
  CHECK(low[1][0] == -3e4f);
  CHECK(low[4][0] == Approx(0.75));
  CHECK(high[0][0] == Approx(3e18));
  CHECK(high[2][0] == Approx(3e18));
  CHECK(run(-20)[2][0] == Approx(-4.1223072e-8).epsilon(1e-6));
  CHECK(tiny[3][0] == Approx(-9.999995e-7).epsilon(1e-6));
}

TEST_CASE("GELU is not cut to zero far below zero", "[activations]") {  // x times the normal distribution, from its tables
  support::Sketch g;
  const Symbol x = g.argument(shape(1)), y = gelu(x);
  const auto values = g.run({y, gradient(y, x)}, {{-6}});
  CHECK(std::abs(values[0][0] / -5.9195258702261886e-9 - 1) < 1e-12);
  CHECK(std::abs(values[1][0] / -3.5468709453902017e-8 - 1) < 1e-9);
}
