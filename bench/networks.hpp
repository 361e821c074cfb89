// The networks that are measured. bench/models.py has them as lists of layers.
#pragma once

#include <tenon/tenon.hpp>

namespace tn = tenon;

struct LinearRegression : tn::Sequential<
    tn::Input<1>,
    tn::Dense<1>> {};

struct SoftmaxRegression : tn::Sequential<
    tn::Input<784>,
    tn::Dense<10, tn::Softmax>> {};

struct SimpleNet : tn::Sequential<
    tn::Input<784>,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

struct Mlp_512 : tn::Sequential<
    tn::Input<784>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<10, tn::Softmax>> {};

struct Mlp_64_64_2 : tn::Sequential<
    tn::Input<3>,
    tn::Dense<64, tn::ReLU>,
    tn::Dense<64, tn::ReLU>,
    tn::Dense<2>> {};

struct Mlp_64_64_10 : tn::Sequential<
    tn::Input<16>,
    tn::Dense<64, tn::ReLU>,
    tn::Dense<64, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

struct Cnn_32 : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

struct Cnn_32_64 : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};
