// Written by tests/golden/random_networks.py. What Keras computes for NetK stands in netK.json beside this file.
#pragma once

#include <tenon/tenon.hpp>

namespace golden_networks {

namespace tn = tenon;

struct Net0 : tn::Sequential<
    tn::Input<5, 6, 2>,
    tn::AveragePooling2D<2, 2, tn::Same>,
    tn::AveragePooling2D<2, 2, tn::Same>,
    tn::BatchNormalization,
    tn::GlobalMaxPooling2D,
    tn::Dense<3, tn::Softmax>> {};

struct Net1Body {
  tn::Conv2D<3, tn::Kernel<1, 1>, tn::Same> m0;
  tn::Conv2D<3, tn::Kernel<3, 2>, tn::Same, tn::NoBias> m1;
  tn::Concatenate m2;
  tn::Concatenate m3;
  tn::Activation<tn::GELU> m4;
  tn::GlobalMaxPooling2D m5;
  tn::GlobalMaxPooling2D m6;
  tn::GlobalMaxPooling2D m7;
  tn::Dense<3, tn::Softmax> m8;
  constexpr auto call(auto a, auto b) const {
    const auto h0 = tn::gelu(b);
    const auto h1 = m0(b);
    const auto h2 = m1(h1);
    const auto h3 = m2(h2, h1);
    const auto h4 = tn::tanh(h3);
    const auto h5 = m3(h0, b);
    const auto h6 = m4(h5);
    const auto h7 = m5(a);
    const auto h8 = m6(h4);
    const auto h9 = m7(h6);
    const auto h10 = tn::concatenate(h7, h8);
    const auto h11 = tn::concatenate(h9, h10);
    const auto h12 = m8(h11);
    return h12;
  }
};
struct Net1 : tn::Graph<Net1Body, tn::Input<6, 7, 4>, tn::Input<8, 5, 3>> {};

struct Net2 : tn::Sequential<
    tn::Input<7, 7, 2>,
    tn::Activation<tn::SiLU>,
    tn::BatchNormalization,
    tn::AveragePooling2D<2, 2, tn::Same>,
    tn::GlobalAveragePooling2D,
    tn::Dense<2, tn::Tanh>> {};

struct Net3Block {
  tn::Conv2D<2, tn::Kernel<2, 2>, tn::Same, tn::GELU> first;
  tn::Conv2D<2, tn::Kernel<1, 2>, tn::Same, tn::Groups<2>, tn::Softplus> second;
  constexpr auto call(auto x) const { return tn::relu(x * second(first(x))); }
};
struct Net3 : tn::Sequential<
    tn::Input<5, 6, 2>,
    tn::Conv2D<2, tn::Kernel<3, 2>, tn::NoBias, tn::ReLU>,
    Net3Block,
    tn::AveragePooling2D<2, 2, tn::Strides<1, 1>>,
    tn::GlobalAveragePooling2D,
    tn::Dense<2, tn::Tanh>> {};

struct Net4Body {
  tn::Dense<13, tn::NoBias> m0;
  tn::Dense<8> m1;
  tn::Concatenate m2;
  tn::Dense<3, tn::Softmax> m3;
  constexpr auto call(auto a) const {
    const auto h0 = m0(a);
    const auto h1 = m0(a);
    const auto h2 = m1(h1);
    const auto h3 = m2(h2, h0);
    const auto h4 = m3(h3);
    return h4;
  }
};
struct Net4 : tn::Graph<Net4Body, tn::Input<7>> {};

struct Net5 : tn::Sequential<
    tn::Input<12>,
    tn::Reshape<6, 2>,
    tn::BatchNormalizationWith<tn::Momentum<0.9>>,
    tn::Dense<3, tn::Softmax>> {};

struct Net6 : tn::Sequential<
    tn::Input<6, 7, 4>,
    tn::AveragePooling2D<2, 2>,
    tn::Activation<tn::Linear>,
    tn::Conv2D<3, tn::Kernel<1, 1>>,
    tn::Activation<tn::ReLU>,
    tn::Activation<tn::GELU>,
    tn::GlobalMaxPooling2D,
    tn::Dense<1, tn::Sigmoid>> {};

struct Net7Body {
  tn::Dense<8> m0;
  tn::Dense<3, tn::Softmax> m1;
  tn::Dense<3, tn::Softmax> m2;
  constexpr auto call(auto a) const {
    const auto h0 = m0(a);
    const auto h1 = tn::concatenate(h0, a);
    const auto h2 = tn::concatenate(h0, h1);
    const auto h3 = tn::tanh(h2);
    const auto h4 = m1(h3);
    const auto h5 = m2(h3);
    return tn::outputs(h4, h5);
  }
};
struct Net7 : tn::Graph<Net7Body, tn::Input<7>> {};

struct Net8 : tn::Sequential<
    tn::Input<8, 5, 3>,
    tn::MaxPooling2D<3, 3, tn::Strides<2, 2>, tn::Same>,
    tn::BatchNormalization,
    tn::Conv2D<6, tn::Kernel<3, 3>, tn::Same>,
    tn::GlobalAveragePooling2D,
    tn::Dense<3, tn::Softmax>> {};

struct Net9 : tn::Sequential<
    tn::Input<7>,
    tn::Dense<3, tn::NoBias, tn::LeakyReLUWith<0.2>>,
    tn::Dense<5, tn::NoBias>,
    tn::Dense<13>,
    tn::Dense<2, tn::Tanh>> {};

struct Net10Body {
  tn::Dense<3, tn::NoBias, tn::Linear> m0;
  tn::Dense<3> m1;
  tn::Dense<2, tn::Tanh> m2;
  constexpr auto call(auto a, auto b) const {
    const auto h0 = tn::concatenate(b, a);
    const auto h1 = tn::tanh(h0);
    const auto h2 = m0(h0);
    const auto h3 = tn::concatenate(h2, h1);
    const auto h4 = m1(h3);
    const auto h5 = m2(h4);
    return h5;
  }
};
struct Net10 : tn::Graph<Net10Body, tn::Input<7>, tn::Input<12>> {};

struct Net11 : tn::Sequential<
    tn::Input<5, 6, 2>,
    tn::Conv2D<2, tn::Kernel<3, 1>, tn::Strides<2, 1>, tn::Groups<2>, tn::NoBias, tn::Sigmoid>,
    tn::Conv2D<6, tn::Kernel<3, 1>, tn::Same>,
    tn::Flatten,
    tn::Dense<4>> {};

struct Net12 : tn::Sequential<
    tn::Input<8, 5, 3>,
    tn::AveragePooling2D<2, 2, tn::Strides<1, 1>>,
    tn::AveragePooling2D<3, 3, tn::Strides<2, 2>, tn::Same>,
    tn::BatchNormalization,
    tn::Flatten,
    tn::Dense<3, tn::Softmax>> {};

struct Net13Body {
  tn::MaxPooling2D<3, 3, tn::Strides<2, 2>, tn::Same> m0;
  tn::Conv2D<1, tn::Kernel<3, 2>, tn::Same> m1;
  tn::Conv2D<1, tn::Kernel<2, 2>, tn::Same, tn::DilationRate<2, 2>> m2;
  tn::GlobalMaxPooling2D m3;
  tn::Flatten m4;
  tn::Dense<4> m5;
  tn::Dense<2, tn::Tanh> m6;
  constexpr auto call(auto a) const {
    const auto h0 = m0(a);
    const auto h1 = m1(a);
    const auto h2 = m2(h0);
    const auto h3 = m1(h1);
    const auto h4 = m3(h2);
    const auto h5 = m4(h3);
    const auto h6 = tn::concatenate(h4, h5);
    const auto h7 = m5(h6);
    const auto h8 = m6(h6);
    return tn::outputs(h7, h8);
  }
};
struct Net13 : tn::Graph<Net13Body, tn::Input<9, 8, 1>> {};

/// Calls f with each network as template argument and the name of its golden file.
void for_each(auto f) {
  f.template operator()<Net0>("random/net0");
  f.template operator()<Net1>("random/net1");
  f.template operator()<Net2>("random/net2");
  f.template operator()<Net3>("random/net3");
  f.template operator()<Net4>("random/net4");
  f.template operator()<Net5>("random/net5");
  f.template operator()<Net6>("random/net6");
  f.template operator()<Net7>("random/net7");
  f.template operator()<Net8>("random/net8");
  f.template operator()<Net9>("random/net9");
  f.template operator()<Net10>("random/net10");
  f.template operator()<Net11>("random/net11");
  f.template operator()<Net12>("random/net12");
  f.template operator()<Net13>("random/net13");
}

}  // namespace golden_networks
