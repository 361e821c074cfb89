"""Writes the golden files of layers, activations, losses, metrics, optimizers, schedules, initializers, regularizers, constraints, fit and models with two outputs.

    pip install -r requirements.txt && python generate.py [file, such as layers/dense …]

Deterministic: a second run writes the same bytes. Keras runs on JAX; layers, optimizers and regularizers in double (so that the
stored float is the nearest one), losses, metrics and activations in float, because their limits are those of float.
"""
import re
import sys

from golden import draws, distinct, keras, keras_layer, normal, np, run, tensor, weight_values, write

keras.config.set_floatx("float64")


# -- layers -------------------------------------------------------------------------------------------------------------------

def layer_case(name, layer, *shapes, training=False, values=normal, batch=2):
    random = draws(layer + name)
    inputs = [keras.Input(s) for s in shapes]
    made = keras_layer(layer)
    model = keras.Model(inputs, made(inputs[0] if len(inputs) == 1 else inputs))
    for w, v in zip(made.weights, weight_values(random, made)):
        w.assign(v)
    x = [values(random, (batch, *s)) for s in shapes]
    case = run(model, made.weights, x, lambda ys: [normal(random, y) for y in ys], training)
    return {"name": name, "layer": layer, **case}


def layer_cases(cases, **options):
    for layer, *shapes in cases:
        for shape in shapes:
            yield layer_case(f"{layer} of {'x'.join(map(str, shape))}", layer, shape, **options)


def dense():
    yield layer_case("with bias", "Dense<4>", (3,))
    yield layer_case("without bias", "Dense<4, NoBias>", (3,), batch=3)
    yield layer_case("one unit", "Dense<1>", (5,), batch=3)
    yield layer_case("one input", "Dense<3>", (1,))
    yield layer_case("wide", "Dense<33>", (17,), batch=3)
    yield layer_case("rank 3", "Dense<4>", (5, 3))
    yield layer_case("rank 4", "Dense<2, Tanh>", (2, 3, 4))
    for a in ("Linear", "ReLU", "Sigmoid", "Tanh", "Softmax", "ELU", "SELU", "GELU", "SiLU", "LeakyReLUWith<0.2>", "Softplus"):
        yield layer_case(a, f"Dense<5, {a}>", (4,), batch=3)


def conv():
    for name, layer, shape in (
            ("3x3", "Conv2D<4, Kernel<3, 3>>", (5, 6, 2)),
            ("3x3 relu", "Conv2D<3, Kernel<3, 3>, ReLU>", (5, 5, 1)),
            ("without bias", "Conv2D<2, Kernel<3, 2>, NoBias>", (4, 5, 3)),
            ("1x1", "Conv2D<5, Kernel<1, 1>>", (3, 4, 3)),
            ("1x1 strided", "Conv2D<2, Kernel<1, 1>, Strides<2, 2>>", (5, 4, 3)),
            ("whole image", "Conv2D<3, Kernel<4, 3>>", (4, 3, 2)),
            ("same", "Conv2D<3, Kernel<3, 3>, Same>", (5, 4, 2)),
            ("same, even kernel", "Conv2D<2, Kernel<2, 2>, Same>", (4, 5, 2)),
            ("same, 4x2 kernel", "Conv2D<2, Kernel<4, 2>, Same, Tanh>", (5, 5, 1)),
            ("same, 5x5 on 3x3", "Conv2D<2, Kernel<5, 5>, Same>", (3, 3, 2)),
            ("same, strides on odd size", "Conv2D<4, Kernel<3, 3>, Strides<2, 2>, Same, ReLU>", (7, 5, 2)),
            ("same, strides on even size", "Conv2D<2, Kernel<3, 3>, Strides<2, 2>, Same>", (6, 8, 1)),
            ("same, unequal strides", "Conv2D<2, Kernel<3, 2>, Strides<2, 3>, Same>", (5, 7, 2)),
            ("same, stride beyond kernel", "Conv2D<2, Kernel<2, 2>, Strides<3, 3>, Same>", (7, 8, 1)),
            ("valid, strides", "Conv2D<3, Kernel<3, 3>, Strides<2, 2>>", (8, 7, 2)),
            ("valid, stride beyond kernel", "Conv2D<2, Kernel<2, 2>, Strides<3, 3>>", (7, 6, 2)),
            ("dilation", "Conv2D<2, Kernel<3, 3>, DilationRate<2, 2>>", (7, 6, 2)),
            ("dilation, same", "Conv2D<2, Kernel<3, 3>, DilationRate<2, 2>, Same>", (5, 6, 1)),
            ("unequal dilation, even kernel, same", "Conv2D<2, Kernel<2, 2>, DilationRate<1, 3>, Same>", (4, 6, 1)),
            ("groups", "Conv2D<4, Kernel<3, 3>, Groups<2>>", (5, 4, 6)),
            ("depthwise", "Conv2D<6, Kernel<2, 2>, Groups<3>, Same>", (3, 4, 3)),
            ("groups, strides, no bias", "Conv2D<4, Kernel<3, 3>, Groups<2>, Strides<2, 2>, Same, NoBias, Sigmoid>", (5, 5, 2)),
            ("softmax over channels", "Conv2D<3, Kernel<2, 2>, Softmax>", (3, 3, 2))):
        yield layer_case(name, layer, shape)
    yield layer_case("wide", "Conv2D<17, Kernel<3, 3>, Same>", (4, 4, 9))
    yield from layer_cases((
        ("Conv1D<3, Kernel<3>>", (7, 2), (3, 1)),
        ("Conv1D<3, Kernel<4>, Same, ReLU>", (6, 2)),
        ("Conv1D<2, Kernel<3>, Strides<2>, Same>", (7, 2), (8, 1)),
        ("Conv1D<2, Kernel<2>, Strides<3>, NoBias>", (8, 3)),
        ("Conv1D<4, Kernel<3>, DilationRate<2>, Groups<2>>", (9, 4)),
        ("Conv1D<2, Kernel<3>, Causal>", (5, 2), (2, 3)),
        ("Conv1D<2, Kernel<2>, Causal, DilationRate<3>>", (7, 2)),
        ("Conv1D<2, Kernel<3>, Causal, Strides<2>>", (7, 2), (6, 1)),
        ("Conv3D<3, Kernel<2, 3, 2>>", (3, 4, 5, 2)),
        ("Conv3D<2, Kernel<3>, Same, Tanh>", (3, 2, 4, 2)),
        ("Conv3D<2, Kernel<3, 2, 1>, Strides<2, 1, 2>, Same>", (5, 3, 4, 1)),
        ("Conv3D<2, Kernel<2>, Strides<2>, NoBias>", (4, 5, 3, 2)),
        ("Conv3D<2, Kernel<2>, DilationRate<2, 1, 3>, Groups<2>>", (3, 3, 5, 2))))
    yield layer_case("one sample", "Conv1D<3, Kernel<3>, Same>", (5, 2), batch=1)


def pooling(kind):
    layer = kind + "2D"
    for name, options, shape in (
            ("2x2", "2, 2", (4, 6, 3)),
            ("2x2 on odd size", "2, 2", (5, 7, 2)),
            ("2x2 on odd size, same", "2, 2, Same", (5, 7, 2)),
            ("3x2", "3, 2", (6, 5, 2)),
            ("3x3, strides 2", "3, 3, Strides<2, 2>", (7, 8, 1)),
            ("3x3, strides 2, same", "3, 3, Strides<2, 2>, Same", (6, 7, 2)),
            ("2x2, strides 1, same", "2, 2, Strides<1, 1>, Same", (3, 4, 2)),
            ("3x3, strides 1, same", "3, 3, Strides<1, 1>, Same", (4, 4, 1)),
            ("4x4 on 3x3, same", "4, 4, Same", (3, 3, 2)),
            ("2x2, strides 3, same", "2, 2, Strides<3, 3>, Same", (7, 5, 1)),
            ("2x3, unequal strides", "2, 3, Strides<1, 2>", (4, 7, 2)),
            ("1x1", "1, 1", (2, 3, 2)),
            ("whole image", "3, 4", (3, 4, 5))):
        yield layer_case(name, f"{layer}<{options}>", shape, values=distinct)
    yield from layer_cases((
        (f"{kind}1D<2>", (7, 3)), (f"{kind}1D<3, Strides<2>, Same>", (6, 2), (7, 1)), (f"{kind}1D<4, Strides<1>, Same>", (3, 2)),
        (f"{kind}3D<2, 2, 2>", (4, 5, 3, 2)), (f"{kind}3D<1, 3, 2, Strides<1, 2, 1>, Same>", (2, 5, 4, 1)),
        (f"{kind}3D<3, 3, 3, Strides<2>>", (5, 3, 6, 1))), values=distinct)


def global_pooling():
    for layer in ("GlobalAveragePooling", "GlobalMaxPooling"):
        yield from layer_cases((
            (f"{layer}2D", (3, 4, 2), (1, 1, 3), (5, 1, 17)),
            (f"{layer}1D", (5, 3)), (f"{layer}3D", (2, 3, 4, 2)),
            (f"{layer}1DWith<KeepDims>", (5, 3)), (f"{layer}2DWith<KeepDims>", (3, 4, 2)), (f"{layer}3DWith<KeepDims>", (2, 3, 4, 2))), values=distinct)


def conv_transpose():
    yield from layer_cases((
        ("Conv2DTranspose<3, Kernel<3, 3>>", (3, 4, 2), (1, 1, 1)),
        ("Conv2DTranspose<2, Kernel<3, 3>, Strides<2, 2>, Same, ReLU>", (3, 4, 2)),
        ("Conv2DTranspose<2, Kernel<2, 4>, Strides<2, 2>, Same>", (4, 3, 2)),
        ("Conv2DTranspose<2, Kernel<3, 2>, Strides<2, 3>>", (3, 2, 1)),
        ("Conv2DTranspose<2, Kernel<2, 2>, Strides<3, 3>>", (3, 2, 2)),
        ("Conv2DTranspose<2, Kernel<2, 1>, Strides<3, 2>, Same>", (2, 3, 2)),
        ("Conv2DTranspose<2, Kernel<5, 4>, Same, NoBias>", (3, 5, 2)),
        ("Conv2DTranspose<2, Kernel<3, 2>, DilationRate<2, 2>>", (3, 4, 1)),
        ("Conv2DTranspose<2, Kernel<3, 2>, DilationRate<1, 3>, Same>", (3, 4, 2)),
        ("Conv2DTranspose<2, Kernel<3, 2>, Strides<2, 2>, OutputPadding<1, 0>>", (3, 3, 2)),
        ("Conv2DTranspose<2, Kernel<4, 3>, Strides<3, 2>, Same, OutputPadding<2, 1>>", (3, 3, 1)),
        ("Conv2DTranspose<2, Kernel<3, 4>, Strides<2, 2>, Same, OutputPadding<0>>", (2, 3, 1)),
        ("Conv1DTranspose<3, Kernel<4>, Strides<2>, Same>", (5, 2)),
        ("Conv1DTranspose<2, Kernel<3>, Tanh>", (4, 3)),
        ("Conv1DTranspose<2, Kernel<2>, Strides<3>, OutputPadding<1>>", (4, 1)),
        ("Conv3DTranspose<2, Kernel<3>, Strides<2>, Same>", (2, 1, 3, 2)),
        ("Conv3DTranspose<1, Kernel<2, 3, 1>, Strides<1, 2, 3>>", (2, 3, 2, 2))))


def depthwise_conv():
    yield from layer_cases((
        ("DepthwiseConv2D<Kernel<3, 3>>", (5, 4, 3)),
        ("DepthwiseConv2D<Kernel<3, 2>, Same, ReLU>", (4, 5, 17)),
        ("DepthwiseConv2D<Kernel<3>, Strides<2>, Same, DepthMultiplier<2>>", (5, 6, 3)),
        ("DepthwiseConv2D<Kernel<2, 2>, DilationRate<2, 2>, DepthMultiplier<3>, NoBias>", (4, 5, 2)),
        ("DepthwiseConv2D<Kernel<3, 3>>", (4, 4, 1)),
        ("DepthwiseConv1D<Kernel<3>>", (6, 3)),
        ("DepthwiseConv1D<Kernel<4>, Same, Strides<2>, DepthMultiplier<2>, Tanh>", (7, 2))))


def separable_conv():
    yield from layer_cases((
        ("SeparableConv2D<4, Kernel<3, 3>>", (5, 4, 3)),
        ("SeparableConv2D<2, Kernel<3, 2>, Same, ReLU>", (4, 5, 5)),
        ("SeparableConv2D<3, Kernel<3>, Strides<2>, Same, DepthMultiplier<2>>", (5, 6, 3)),
        ("SeparableConv2D<3, Kernel<2, 2>, DilationRate<2, 2>, DepthMultiplier<3>, NoBias>", (4, 5, 2)),
        ("SeparableConv1D<4, Kernel<3>>", (6, 3)),
        ("SeparableConv1D<3, Kernel<4>, Same, Strides<2>, DepthMultiplier<2>, Tanh>", (7, 2))))


def cropping_and_padding():
    for layer in ("Cropping", "ZeroPadding"):
        yield from layer_cases((
            (f"{layer}1D<>", (4, 3)), (f"{layer}1D<2>", (5, 2)), (f"{layer}1D<0, 3>", (5, 2)),
            (f"{layer}2D<>", (3, 4, 2)), (f"{layer}2D<1>", (3, 4, 2)), (f"{layer}2D<0, 1>", (3, 4, 2)), (f"{layer}2D<0, 1, 2, 0>", (3, 4, 2)),
            (f"{layer}3D<>", (3, 4, 5, 1)), (f"{layer}3D<1, 0, 2>", (3, 2, 5, 2)), (f"{layer}3D<0, 1, 1, 2, 3, 0>", (2, 4, 4, 1))))


def up_sampling():
    yield from layer_cases((
        ("UpSampling1D<>", (3, 2)), ("UpSampling1D<3>", (4, 1)),
        ("UpSampling2D<>", (2, 3, 2)), ("UpSampling2D<3, 2>", (2, 3, 1)),
        ("UpSampling2D<2, 2, Bilinear>", (3, 4, 2), (1, 2, 3)), ("UpSampling2D<2, 3, Bicubic>", (3, 4, 2)), ("UpSampling2D<2, 2, Lanczos3>", (5, 4, 1)),
        ("UpSampling3D<>", (2, 3, 1, 2)), ("UpSampling3D<1, 3, 2>", (2, 2, 2, 1))))


def resizing():
    yield from layer_cases((
        ("Resizing<5, 7>", (3, 4, 2), (9, 8, 1), (5, 3, 3)), ("Resizing<4, 4, Nearest>", (2, 8, 2), (12, 4, 1), (3, 5, 1), (9, 7, 1)), ("Resizing<5, 3, Bicubic>", (4, 6, 2)),
        ("Resizing<5, 9, Lanczos3>", (8, 7, 1)), ("Resizing<6, 4, Lanczos5>", (5, 8, 1)), ("Resizing<3, 2, Antialias>", (7, 5, 1)), ("Resizing<3, 3, Bicubic, Antialias>", (7, 5, 1)),
        ("Resizing<4, 6, CropToAspectRatio>", (7, 5, 2), (3, 8, 1)), ("Resizing<4, 6, PadToAspectRatio>", (7, 5, 2), (3, 8, 1)),
        ("Resizing<4, 3, PadToAspectRatio, FillValue<0.5>, Nearest>", (4, 9, 1)),
        ("CenterCrop<3, 2>", (6, 5, 2), (3, 2, 1)), ("CenterCrop<4, 6>", (7, 5, 1), (3, 9, 2))))


def adaptive_pooling():
    for layer in ("AdaptiveMaxPooling", "AdaptiveAveragePooling"):
        yield from layer_cases((
            (f"{layer}1D<3>", (7, 2), (6, 2), (2, 1)), (f"{layer}1D<4>", (10, 1), (4, 3)),
            (f"{layer}2D<3, 2>", (5, 7, 2), (6, 4, 1), (6, 5, 3)), (f"{layer}2D<1>", (3, 4, 2)), (f"{layer}3D<2, 3, 1>", (3, 4, 2, 2))), values=distinct)


def shapes():
    yield layer_case("Flatten an image", "Flatten", (2, 3, 2))
    yield layer_case("Flatten a vector", "Flatten", (4,))
    yield layer_case("Reshape", "Reshape<3, 4>", (2, 6))
    yield layer_case("Reshape to a vector", "Reshape<12>", (2, 3, 2))
    yield layer_case("Reshape with an open extent", "Reshape<-1, 2>", (3, 4))
    yield layer_case("Permute", "Permute<2, 1>", (3, 4))
    yield layer_case("Permute three", "Permute<3, 1, 2>", (2, 3, 4))
    yield layer_case("RepeatVector", "RepeatVector<3>", (4,))
    yield layer_case("Identity", "Identity", (2, 3))
    yield layer_case("Rescaling", "Rescaling<0.5>", (3,))
    yield layer_case("Rescaling with an offset", "Rescaling<0.5, -1>", (2, 3))


def merging():
    yield layer_case("Add", "Add", (3, 2), (3, 2))
    yield layer_case("Add three", "Add", (4,), (4,), (4,))
    yield layer_case("Add broadcasts", "Add", (3, 1, 2), (1, 4, 2))
    yield layer_case("Multiply", "Multiply", (3, 2), (3, 2))
    yield layer_case("Multiply three", "Multiply", (5,), (5,), (5,))
    yield layer_case("Multiply broadcasts", "Multiply", (3, 4, 2), (1, 1, 2))
    for layer in ("Subtract", "Average", "Maximum", "Minimum"):
        yield layer_case(layer, layer, (3, 2), (3, 2), values=distinct)
    for layer in ("Average", "Maximum", "Minimum"):
        yield layer_case(f"{layer} of three", layer, (5,), (5,), (5,), values=normal)
    yield layer_case("Average broadcasts", "Average", (3, 4, 2), (1, 1, 2))
    yield layer_case("Dot of vectors", "Dot<1>", (5,), (5,))
    yield layer_case("Dot, cosine", "Dot<-1, -1, Normalize>", (5,), (5,))
    yield layer_case("Dot of sequences", "Dot<2>", (3, 4), (2, 4))
    yield layer_case("Dot along two axes", "Dot<1, 2>", (3, 5), (2, 3))
    yield layer_case("Dot of a sequence and a vector", "Dot<2, 1>", (3, 4), (4,))
    yield layer_case("Dot of a vector and a sequence, cosine", "Dot<1, 2, Normalize>", (4,), (3, 4))
    yield layer_case("Dot of images", "Dot<2, 1>", (2, 3, 4), (3, 2, 2))
    yield layer_case("Concatenate", "Concatenate", (3,), (2,))
    yield layer_case("Concatenate three", "Concatenate", (1,), (4,), (2,))
    yield layer_case("Concatenate channels", "Concatenate", (2, 3, 1), (2, 3, 4))
    yield layer_case("Concatenate along axis 1", "ConcatenateWith<1>", (2, 3), (4, 3))
    yield layer_case("Concatenate along axis 2", "ConcatenateWith<2>", (2, 3, 2), (2, 1, 2))
    yield layer_case("Concatenate along axis -2", "ConcatenateWith<-2>", (2, 3, 2), (2, 2, 2))


def batch_normalization():
    for training in (False, True):
        mode = "training" if training else "inference"
        yield layer_case(f"{mode}, vector", "BatchNormalization", (4,), training=training, batch=5)
        yield layer_case(f"{mode}, image", "BatchNormalization", (3, 4, 2), training=training)
        yield layer_case(f"{mode}, sequence", "BatchNormalization", (5, 3), training=training, batch=3)
        yield layer_case(f"{mode}, options", "BatchNormalizationWith<Momentum<0.9>, Epsilon<1e-2>>", (3, 2), training=training)
        yield layer_case(f"{mode}, no scale", "BatchNormalizationWith<NoScale>", (3,), training=training, batch=4)
        yield layer_case(f"{mode}, no center", "BatchNormalizationWith<NoCenter>", (3,), training=training, batch=4)
        yield layer_case(f"{mode}, channels first", "BatchNormalizationWith<Axis<1>>", (2, 3, 2), training=training, batch=3)
    constant = lambda random, shape: np.full(shape, 2, "float32")
    yield layer_case("training, constant input", "BatchNormalization", (3,), training=True, batch=3, values=constant)
    yield layer_case("training, one sample", "BatchNormalization", (3,), training=True, batch=1)


def activation_layers():
    for name, layer, shape in (
            ("one slope for each element", "PReLU", (3, 4)), ("one slope for each channel", "PReLUWith<SharedAxes<1, 2>>", (3, 4, 2)),
            ("softmax along axis 1", "SoftmaxWith<1>", (3, 4)), ("softmax of images", "SoftmaxWith<1, 2>", (3, 2, 2)),
            ("log-softmax", "Activation<LogSoftmax>", (5,)), ("log-softmax along axis 1", "Activation<LogSoftmaxWith<1>>", (3, 2)),
            ("gated", "Activation<GLU>", (3, 6)), ("gated along axis 1", "Activation<GLUWith<1>>", (4, 3)),
            ("rectifier with a limit", "ReLUWith<0.5>", (8,)), ("rectifier with all options", "ReLUWith<1, 0.2, 0.3>", (12,)),
            ("rectifier with slope and threshold", "ReLUWith<1e300, 0.2, 0.3>", (12,))):
        yield layer_case(name, layer, shape, values=distinct)


def normalization():
    for name, layer, shape in (
            ("vector", "LayerNormalization", (5,)), ("image", "LayerNormalization", (2, 3, 4)),
            ("over an image", "LayerNormalizationWith<Axis<1, 2, 3>>", (2, 3, 4)), ("along axis 1", "LayerNormalizationWith<Axis<1>, Epsilon<0.1>>", (4, 3)),
            ("along axes that are not neighbours", "LayerNormalizationWith<Axis<1, 3>>", (2, 3, 4)),
            ("without scale", "LayerNormalizationWith<NoScale>", (4,)), ("without center", "LayerNormalizationWith<NoCenter>", (4,)),
            ("groups of a vector", "GroupNormalization<2>", (6,)), ("groups of an image", "GroupNormalization<3>", (2, 3, 6)),
            ("instance normalization", "GroupNormalization<-1>", (3, 2, 4)), ("one group", "GroupNormalization<1, NoCenter>", (3, 4)),
            ("groups along axis 1", "GroupNormalization<2, Axis<1>, Epsilon<0.01>>", (4, 3)), ("groups without scale", "GroupNormalization<2, NoScale>", (3, 4)),
            ("root mean square", "RMSNormalization", (5,)), ("root mean square, epsilon", "RMSNormalizationWith<Epsilon<0.1>>", (4, 3)),
            ("root mean square of an image", "RMSNormalizationWith<Axis<1, 2>>", (3, 4)),
            ("unit", "UnitNormalization", (4,)), ("unit images", "UnitNormalizationWith<1, 2>", (3, 4)), ("unit along axis 1", "UnitNormalizationWith<1>", (3, 4))):
        yield layer_case(name, layer, shape)


def einsum_dense():
    for name, layer, shape in (
            ("a matrix", 'EinsumDense<"ab,bc->ac", OutputShape<4>, BiasAxes<"c">>', (3,)),
            ("without bias", 'EinsumDense<"abc,cd->abd", OutputShape<-1, 4>>', (2, 3)),
            ("heads", 'EinsumDense<"abc,cde->abde", OutputShape<-1, 2, 4>, BiasAxes<"de">, Tanh>', (3, 5)),
            ("heads joined", 'EinsumDense<"abcd,cde->abe", OutputShape<-1, 3>, BiasAxes<"e">>', (2, 3, 4)),
            ("along axis 1", 'EinsumDense<"abc,bd->adc", OutputShape<4, -1>, BiasAxes<"d">>', (3, 2)),
            ("two axes summed, in the other order", 'EinsumDense<"abcd,dbe->aec", OutputShape<2, 2>, BiasAxes<"ec">>', (3, 2, 4))):
        yield layer_case(name, layer, shape)


def dropout():
    yield layer_case("inference", "Dropout<0.5>", (3, 2))
    yield layer_case("rate 0 in training", "Dropout<0>", (4,), training=True)


# -- activations --------------------------------------------------------------------------------------------------------------

# A subnormal or a kink's own place is left out where backends differ (gradients of SELU and LeakyReLU at 0).
GRID = [-1e4, -100, -88, -20, -5, -3, -1, -0.5, -1e-3, -1e-6, -1e-30, 0, 1e-30, 1e-6, 1e-3, 0.5, 1, 3, 5, 20, 88, 100, 1e4]


def float_gradient(function, x):
    import jax
    return jax.grad(lambda t: function(t).sum())(x)


def activations():
    for layer in ("Linear", "ReLU", "Sigmoid", "Tanh", "ELU", "SELU", "GELU", "SiLU", "LeakyReLUWith<0.2>", "LeakyReLUWith<0.3>", "Softplus"):
        made = keras_layer(f"Activation<{layer}>", dtype="float32")
        at = [v for v in GRID if v != 0] if layer[:4] in ("SELU", "Leak") else GRID
        x = np.array(at, "float32").reshape(1, -1)
        yield {"name": layer, "layer": f"Activation<{layer}>", "inputs": [tensor(x)], "weights": [], "training": False,
               "outputs": [tensor(made(x))], "cotangents": [tensor(np.ones_like(x))],
               "input_gradients": [tensor(float_gradient(made, x))], "weight_gradients": [], "weights_after": []}
    for name, function in (("LeakyReLU", keras.layers.LeakyReLU(dtype="float32")), ("leaky_relu", keras.activations.leaky_relu)):
        x = np.array([[-10, -1, 1, 10]], "float32")
        yield {"name": f"default slope of {name}", "layer": name, "inputs": [tensor(x)], "weights": [], "training": False,
               "outputs": [tensor(function(x))], "cotangents": [tensor(np.ones_like(x))],
               "input_gradients": [tensor(float_gradient(function, x))], "weight_gradients": [], "weights_after": []}
    wide = np.array([[-1e4, -100, -20, -5.5, -2.5, -1.2, -0.7, -0.3, -1e-3, -1e-6, -1e-30, 1e-30, 1e-6, 1e-3, 0.3, 0.7, 1.2, 2.5, 5.5, 20, 100, 1e4]])
    for layer in ("CELU", "CELUWith<0.5>", "CELUWith<3>", "Exponential", "ApproximateGELU", "HardShrink", "HardShrinkWith<2>", "SoftShrink", "SoftShrinkWith<2>",
                  "TanhShrink", "HardSigmoid", "HardSiLU", "HardTanh", "LogSigmoid", "Mish", "ReLU6", "Softsign", "SparsePlus", "SparseSigmoid",
                  "Squareplus", "SquareplusWith<0.5>", "Threshold<0.5, -2>"):  # in double: the exact values
        made = keras_layer(f"Activation<{layer}>")
        x = wide[:, :-2] if layer == "Exponential" else wide
        yield {"name": layer, "layer": f"Activation<{layer}>", "inputs": [tensor(x)], "weights": [], "training": False,
               "outputs": [tensor(made(x.astype("float32")))], "cotangents": [tensor(np.ones_like(x))],
               "input_gradients": [tensor(float_gradient(made, x.astype("float32").astype("float64")))], "weight_gradients": [], "weights_after": []}
    made = keras_layer("Activation<Softmax>", dtype="float32")
    for name, rows in (("Softmax", [[1, 2, 3], [0, 0, 0], [-1, 0.5, 4]]), ("Softmax at extremes", [[1e4, 0, -1e4], [88, 100, -88], [1e4, 1e4, 0]]),
                       ("Softmax of one", [[3], [-1e4], [0]])):
        x = np.array(rows, "float32")
        r = normal(draws(name), x.shape)
        yield {"name": name, "layer": "Activation<Softmax>", "inputs": [tensor(x)], "weights": [], "training": False,
               "outputs": [tensor(made(x))], "cotangents": [tensor(r)],
               "input_gradients": [tensor(float_gradient(lambda t: made(t) * r, x))], "weight_gradients": [], "weights_after": []}


# -- losses -------------------------------------------------------------------------------------------------------------------

def loss_case(name, layer, loss, y_true, y_pred, sample_weight=None):
    y_true, y_pred = np.array(y_true, "float32"), np.array(y_pred, "float32")
    w = None if sample_weight is None else np.array(sample_weight, "float32")
    # Keras lines the axes of values and weights up at their ends, so one weight per sample has to be written (B, 1, …).
    values = loss.call(y_true, y_pred).shape
    wide = None if w is None else w.reshape(-1, *[1] * (len(values) - 1))
    if w is not None and loss.reduction == "mean_with_sample_weight":
        wide = np.broadcast_to(wide, values)  # the weight of a sample is that of each of its values
    function = lambda p: loss(y_true, p, wide)
    inputs = [tensor(y_true), tensor(y_pred)] + ([] if w is None else [tensor(w)])
    return {"name": name, "layer": layer, "inputs": inputs, "outputs": [tensor(function(y_pred))],
            "input_gradients": [None, tensor(float_gradient(function, y_pred))] + ([] if w is None else [None])}


def losses_of(layer, loss, *kinds):
    """kinds: (name, y_true, y_pred); each with and without sample weights."""
    for name, y_true, y_pred in kinds:
        yield loss_case(name, layer, loss, y_true, y_pred)
        weight = [0.5, 2, 0, 1.25, 3, 1][:len(y_true)]
        yield loss_case(name + ", sample weights", layer, loss, y_true, y_pred, weight)


def regression_losses():
    for name in ("MeanSquaredError", "MeanAbsoluteError"):
        random = draws(name)
        loss = getattr(keras.losses, name)(dtype="float32")
        for case in losses_of(name, loss,
                              ("one output", normal(random, (5, 1)), normal(random, (5, 1))),
                              ("three outputs", normal(random, (4, 3)), normal(random, (4, 3))),
                              ("images", normal(random, (2, 3, 2)), normal(random, (2, 3, 2))),
                              ("large", [[1e4], [-1e4]], [[-1e4], [1e-3]])):
            yield {**case, "name": f"{name}, {case['name']}"}


def categorical_losses():
    random = draws("categorical")
    labels = random.integers(0, 5, 6)
    logits = normal(random, (6, 5), 2)
    p = np.round(np.exp(logits) / np.exp(logits).sum(-1, keepdims=True), 3).astype("float32")
    p = (p / p.sum(-1, keepdims=True)).astype("float32")
    steep = [[50, -50, 0], [-50, 50, 1], [1e4, -1e4, 0], [-1e4, 1e4, 0], [1e4, 1e4, 1e4], [0, 0, 0]]
    sure = [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1], [0.5, 0.5, 0], [0.2, 0.3, 0.5]]
    which = np.array([0, 0, 0, 0, 2, 1])
    pixels = random.integers(0, 3, (2, 2, 2))
    pixel_logits = normal(random, (2, 2, 2, 3))
    for name in ("CategoricalCrossentropy", "SparseCategoricalCrossentropy"):
        hot = (lambda y, n: y) if name.startswith("Sparse") else (lambda y, n: np.eye(n)[y])
        for logical in (False, True):
            loss = getattr(keras.losses, name)(from_logits=logical, dtype="float32")
            layer = name + ("{.from_logits = true}" if logical else "{}")
            kinds = ((("logits", hot(labels, 5), logits), ("extreme logits", hot(which, 3), steep), ("logits per pixel", hot(pixels, 3), pixel_logits))
                     if logical else
                     (("probabilities", hot(labels, 5), p), ("certain probabilities", hot(which, 3), sure),
                      ("probabilities that do not add up to 1", hot(labels, 5), (p * 1.5).astype("float32"))))
            for case in losses_of(layer, loss, *kinds):
                yield {**case, "name": f"{name}, {case['name']}"}
    soft = np.round(random.dirichlet(np.ones(5), 6), 2)
    yield from losses_of("CategoricalCrossentropy{.from_logits = true}", keras.losses.CategoricalCrossentropy(from_logits=True, dtype="float32"),
                         ("CategoricalCrossentropy, soft targets", soft, logits))
    column = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype="float32")
    yield loss_case("SparseCategoricalCrossentropy, labels as a column", "SparseCategoricalCrossentropy{.from_logits = true}", column, labels[:, None], logits)


def binary_losses():
    random = draws("binary")
    y1, y3 = random.integers(0, 2, (6, 1)), random.integers(0, 2, (4, 3))
    for logical in (False, True):
        loss = keras.losses.BinaryCrossentropy(from_logits=logical, dtype="float32")
        layer = "BinaryCrossentropy" + ("{.from_logits = true}" if logical else "{}")
        z1, z3 = normal(random, (6, 1), 2), normal(random, (4, 3), 2)
        squash = lambda z: np.round(1 / (1 + np.exp(-z)), 3)
        kinds = ((("logits", y1, z1), ("three logits", y3, z3), ("extreme logits", [[1], [0], [1], [0], [1], [0]], [[50], [50], [-1e4], [1e4], [1e4], [-1e4]]))
                 if logical else
                 (("probabilities", y1, squash(z1)), ("three probabilities", y3, squash(z3)),
                  ("certain probabilities", [[1], [0], [1], [0], [1], [0]], [[1], [0], [0], [1], [1e-8], [0.5]])))
        yield from losses_of(layer, loss, *kinds)
    yield from losses_of("BinaryCrossentropy{}", keras.losses.BinaryCrossentropy(dtype="float32"), ("soft targets", [[0.3], [0.9]], [[0.4], [0.2]]))


def keras_loss(text):
    """'Huber{.delta = 0.5}', 'TverskyWith<1, 2>{}' or 'SparseCategoricalCrossentropyWith<IgnoreClass<1>>{}' as a Keras loss."""
    name, template, numbers = re.fullmatch(r"(\w+?)(?:With<(.*)>)?\{(.*)\}", text).groups()
    words = {"true": True, "false": False}
    k = {key: words.get(value, value if "Reduction" in value else None) for key, value in re.findall(r"\.(\w+) = ([\w:.]+)", numbers)}
    k = {key: value.split("::")[1] if isinstance(value, str) else float(re.search(rf"\.{key} = ([\d.]+)", numbers)[1]) if value is None else value
         for key, value in k.items()}
    whole = [int(n) for n in re.findall(r"-?\d+", template or "")]
    if whole:
        k["ignore_class" if "Ignore" in template else "axis"] = whole[0] if "Ignore" in template or name == "CosineSimilarity" else tuple(whole)
    return getattr(keras.losses, name)(dtype="float32", **k)


def all_losses():
    """Losses with their numbers; each with and without sample weights."""
    random = draws("all losses")
    a, b = normal(random, (4, 3)), normal(random, (4, 3))
    images = normal(random, (2, 3, 2)), normal(random, (2, 3, 2))
    far = [[1e4], [-1e4], [0]], [[-1e4], [1e-3], [0]]
    positive = np.abs(a) + 0.1, np.abs(b) + 0.1
    yes = random.integers(0, 2, (5, 2))
    p = np.round(random.uniform(0.05, 0.95, (5, 2)), 2)
    z = normal(random, (5, 2), 2)
    sure = [[1], [0], [1], [0]], [[1], [0], [0], [1]]
    which = random.integers(0, 3, 5)
    hot = np.eye(3)[which]
    scores = normal(random, (5, 3), 2)
    q = np.round(random.dirichlet(np.ones(3), 5), 3)
    soft = np.round(random.dirichlet(np.ones(3), 5), 2)
    masks = random.integers(0, 2, (3, 2, 4)), np.round(random.uniform(0.05, 0.95, (3, 2, 4)), 2)
    pixels, pixel_scores = random.integers(0, 3, (2, 2, 2)), normal(random, (2, 2, 2, 3))
    none = np.zeros((3, 2))
    plain = (("three outputs", a, b), ("images", *images))
    kinds = {
        ("MeanAbsolutePercentageError{}",): (*plain, ("labels that are zero", [[0], [2]], [[1e-3], [3]])),
        ("MeanSquaredLogarithmicError{}",): (("three outputs", *positive), ("negative numbers", -positive[0], positive[1])),
        ("Huber{}", "Huber{.delta = 0.25}"): (*plain, ("large", *far)),
        ("LogCosh{}",): (*plain, ("large", *far)),
        ("Hinge{}", "SquaredHinge{}"): (("yes and no", yes, z), ("signs", 2 * yes - 1, z), ("all no", 0 * yes, z)),
        ("CategoricalHinge{}",): (("one-hot", hot, scores), ("soft targets", soft, scores)),
        ("KLDivergence{}",): (("distributions", soft, q), ("certain probabilities", [[1, 0], [0, 1]], [[0, 0.75], [0, 0.75]])),
        ("Poisson{}",): (("counts", np.floor(3 * positive[0]), positive[1]), ("no counts", [[0], [2]], [[0], [1e-6]])),
        ("CosineSimilarity{}", "CosineSimilarityWith<1>{}"): (("images", *images), ),
        ("CosineSimilarity{.reduction = Reduction::sum}",): (("three outputs", a, b), ("zeros", none, a[:3, :2])),
        ("BinaryCrossentropy{.label_smoothing = 0.1}",): (("probabilities", yes, p), ("certain probabilities", *sure)),
        ("BinaryCrossentropy{.from_logits = true, .label_smoothing = 0.1}",): (("logits", yes, z), ("extreme logits", [[1], [0], [1]], [[-100], [100], [100]])),
        ("BinaryFocalCrossentropy{}", "BinaryFocalCrossentropy{.apply_class_balancing = true}",
         "BinaryFocalCrossentropy{.apply_class_balancing = true, .alpha = 0.6, .gamma = 3, .label_smoothing = 0.2}"): (("probabilities", yes, p), ("certain probabilities", *sure)),
        ("BinaryFocalCrossentropy{.gamma = 1.5, .from_logits = true}",): (("logits", yes, z), ),
        ("CategoricalCrossentropy{.label_smoothing = 0.2}", "CategoricalFocalCrossentropy{}",
         "CategoricalFocalCrossentropy{.alpha = 0.5, .gamma = 1.5, .label_smoothing = 0.2}"): (("probabilities", hot, q), ("certain probabilities", hot, np.eye(3)[[0, 1, 2, 0, 1]])),
        ("CategoricalCrossentropy{.from_logits = true, .label_smoothing = 0.2}",): (("logits", hot, scores), ("extreme logits", hot, 1e2 * np.sign(scores))),
        ("CategoricalFocalCrossentropy{.from_logits = true}",): (("logits", hot, scores), ),
        ("CategoricalGeneralizedCrossEntropy{}", "CategoricalGeneralizedCrossEntropy{.q = 0.8}"): (("probabilities", which, q + 0.01), ),
        ("SparseCategoricalCrossentropyWith<IgnoreClass<1>>{}",): (("probabilities", which, q + 0.01), ("nothing that counts", 0 * which + 1, q + 0.01)),
        tuple(f"SparseCategoricalCrossentropyWith<IgnoreClass<255>>{{.from_logits = true, .reduction = Reduction::{r}}}"
              for r in ("mean", "sum", "mean_with_sample_weight")): (("logits per pixel", np.where(pixels == 1, 255, pixels), pixel_scores), ),
        ("Dice{}", "Tversky{}", "Tversky{.alpha = 0.3, .beta = 0.7}", "DiceWith<1, 2>{}", "TverskyWith<1>{.alpha = 0.2}"): (("masks", *masks), ("empty masks", 0 * masks[0], masks[1])),
        tuple(f"{loss}{{.reduction = Reduction::{r}}}" for loss in ("MeanSquaredError", "MeanAbsoluteError", "DiceWith<2>")
              for r in ("sum", "mean", "mean_with_sample_weight")): (("images", *masks), ),
    }
    for layers, given in kinds.items():
        for layer in layers:
            for case in losses_of(layer, keras_loss(layer), *given):
                yield {**case, "name": f"{layer}, {case['name']}"}


# -- metrics ------------------------------------------------------------------------------------------------------------------

def metrics():
    random = draws("metrics")
    labels, scores = random.integers(0, 4, 7), normal(random, (7, 4))
    yes, p = random.integers(0, 2, (7, 1)), np.round(random.uniform(size=(7, 1)), 2)
    several, ps = random.integers(0, 2, (7, 3)), np.round(random.uniform(size=(7, 3)), 2)
    p[0], ps[1, 2] = 0.5, 0.5  # not above the threshold
    hot = np.eye(4)[labels]
    tie, which = np.array([[1, 1], [2, 2], [0, 0]]), np.array([0, 1, 0])
    a, b = normal(random, (7, 3)), normal(random, (7, 3))
    kinds = (("BinaryAccuracy", yes, p), ("BinaryAccuracy of three", several, ps), ("CategoricalAccuracy", hot, scores),
             ("SparseCategoricalAccuracy", labels, scores), ("SparseCategoricalAccuracy with labels as a column", labels[:, None], scores),
             ("SparseCategoricalAccuracy with ties", which, tie), ("MeanSquaredError", a, b), ("MeanAbsoluteError", a, b),
             ("Accuracy of one sigmoid", yes, p), ("Accuracy of labels", labels, scores), ("Accuracy of one-hot labels", hot, scores))
    for name, y_true, y_pred in kinds:
        layer = name.split()[0]
        y_true, y_pred = np.asarray(y_true, "float32"), np.asarray(y_pred, "float32")
        for weight in (None, np.array([0.5, 2, 0, 1.25, 3, 1, 0.25], "float32")[:len(y_true)]):
            for batches in (1, 3):  # the last batch is smaller
                if layer == "Accuracy":  # compile's choice: by shape, never by the loss
                    from keras.src.trainers.compile_utils import get_metric
                    metric = get_metric("accuracy", y_true, y_pred)
                else:
                    metric = getattr(keras.metrics, layer)(dtype="float32")
                size = -(-len(y_true) // batches)
                for at in range(0, len(y_true), size):
                    part = slice(at, at + size)
                    metric.update_state(y_true[part], y_pred[part], None if weight is None else weight[part])
                inputs = [tensor(y_true), tensor(y_pred)] + ([] if weight is None else [tensor(weight)])
                yield {"name": name + ("" if weight is None else ", sample weights") + ("" if batches == 1 else ", three batches"),
                       "layer": layer, "metric": type(metric).__name__, "inputs": inputs, "batch_size": size,
                       "outputs": [tensor(metric.result())]}


def keras_metric(text, y_true, y_pred):
    """'Precision{.thresholds = 0.7}', 'AUCWith<50, true>{}' or 'IoU<3, 0, 2>{}' as a Keras metric for such labels and outputs."""
    name, template, numbers = re.fullmatch(r"(\w+?)(?:With)?(?:<(.*)>)?\{(.*)\}", text).groups()
    def value(v):
        return {"true": True, "false": False}[v] if v in ("true", "false") else v.split("::")[1] if "::" in v else float(v) if "." in v else int(v)
    k = {key: value(v) for key, v in re.findall(r"\.(\w+) = ([-\w:.]+)", numbers)}
    given = [value(v) for v in re.split(r",\s*", template)] if template else []
    if name in ("Precision", "Recall") and given:
        k["top_k"] = given[0]
    elif name == "AUC" or "At" in name:
        k.update(zip(("num_thresholds", "multi_label"), given))
    elif name == "BinaryIoU" and given:
        k["target_class_ids"] = given
    elif "IoU" in name and given:
        k["num_classes"] = given[0]
        if len(given) > 1:
            k["target_class_ids"] = given[1:]
        if name in ("IoU", "MeanIoU"):
            k.update(sparse_y_pred=y_pred.shape[-1] != given[0], sparse_y_true=y_true.shape != y_pred.shape or y_pred.shape[-1] != given[0])
    if name in ("FBetaScore", "F1Score"):
        k = {"average": "macro", **k}
    if k.get("class_id", 0) == -1:
        del k["class_id"]
    return getattr(keras.metrics, name)(**k)


def all_metrics():
    """Metrics with their numbers, of all samples at once and in batches of four."""
    random = draws("all metrics")
    yes, p = random.integers(0, 2, (11, 1)), np.round(random.uniform(size=(11, 1)), 2)
    p[:4, 0] = 0, 1, 0.5, 0.25
    several, ps = random.integers(0, 2, (10, 3)), np.round(random.uniform(size=(10, 3)), 2)
    ps[:3] = [[0, 1, 0.5], [0.5, 0.5, 0.5], [0, 0, 0]]
    ones, zeros = np.ones((6, 1)), np.zeros((6, 1))
    half = np.full((6, 1), 0.5)
    labels, scores = random.integers(0, 3, 9), normal(random, (9, 3))  # class 3 never occurs
    scores = np.concatenate([scores, -5 * np.ones((9, 1))], 1)
    scores[:3] = [[1, 1, 1, 1], [2, 3, 3, 1], [0, 0, -1, 0]]
    hot = np.eye(4)[labels]
    pixels, pixel_scores = random.integers(0, 3, (5, 2, 3)), normal(random, (5, 2, 3, 3))
    a, b = normal(random, (9, 3)), normal(random, (9, 3))
    images = normal(random, (5, 2, 3)), normal(random, (5, 2, 3))
    binary = (("one output", yes, p), ("three outputs", several, ps), ("all positive", ones, p[:6]), ("all negative", zeros, p[:6]), ("equal outputs", yes[:6], half),
              ("outputs 0", yes[:6], zeros), ("outputs 1", yes[:6], ones))
    three = (("three outputs", several, ps), )
    classes = (("scores", labels, scores), ("scores per pixel", pixels, pixel_scores))
    kinds = {
        ("Precision{}", "Recall{}", "Precision{.thresholds = 0.25}", "Recall{.thresholds = 0}", "TruePositives{}", "TrueNegatives{}", "FalsePositives{.thresholds = 0.25}",
         "FalseNegatives{}", "AUC{}", "AUC{.curve = Curve::PR}", "AUCWith<50>{.curve = Curve::PRGAIN}", "AUC{.summation_method = SummationMethod::majoring}",
         "AUCWith<50>{.curve = Curve::PR, .summation_method = SummationMethod::minoring}", "SensitivityAtSpecificity{.specificity = 0.4}",
         "SpecificityAtSensitivityWith<50>{.sensitivity = 0.5}", "PrecisionAtRecall{.recall = 0.5}", "RecallAtPrecision{.precision = 0.6}", "BinaryIoU{}",
         "BinaryIoUWith<1>{.threshold = 0.25}"): binary,
        ("PrecisionWith<1>{}", "PrecisionWith<2>{.thresholds = 0.5, .class_id = 1}", "RecallWith<2>{}", "Recall{.thresholds = 0.5, .class_id = 2}", "Precision{.class_id = 0}",
         "AUCWith<50, true>{}", "AUCWith<50, true>{.curve = Curve::PR}", "SensitivityAtSpecificity{.specificity = 0.6, .class_id = 1}", "F1Score{}",
         "F1Score{.average = ClassAverage::weighted}", "FBetaScore{.average = ClassAverage::micro, .beta = 2.0}", "FBetaScore{.beta = 0.5, .threshold = 0.4}"): three,
        ("AUC{.from_logits = true}", ): (("scores", several, 3 * normal(random, (10, 3))), ("extreme scores", [[1], [0], [1]], [[100], [-100], [-100]])),
        ("SparseTopKCategoricalAccuracy{.k = 2}", "SparseTopKCategoricalAccuracy{}", "SparseTopKCategoricalAccuracy{.k = 1}"): classes,
        ("TopKCategoricalAccuracy{.k = 2}", ): (("scores", hot, scores), ("scores per pixel", np.eye(3)[pixels], pixel_scores)),
        ("IoU<4, 0, 2>{}", "MeanIoU<4>{}", "MeanIoU<4>{.ignore_class = 1}"): (("labels and scores", labels, scores), ("one-hot labels", hot, scores)),
        ("OneHotIoU<4, 1>{}", "OneHotMeanIoU<4>{}"): (("one-hot labels", hot, scores), ),
        ("MeanIoU<3>{}", "IoU<3, 1>{.ignore_class = 0}"): (("pixels", pixels, pixel_scores), ("class numbers", np.array([[0, 1], [2, 2], [1, 5], [0, 0], [2, 2]]), np.array([[0, 2], [2, 1], [1, 1], [-1, 0], [3, 2]]))),
        ("R2Score{.class_aggregation = ClassAggregation::variance_weighted_average}", ): (("three outputs", a, b), ),
        ("R2Score{}", "R2Score{.num_regressors = 2}"):
            (("three outputs", a, b), ("labels without variance", np.ones((5, 1)), [[0], [1], [2], [1], [0.5]])),
        ("PearsonCorrelation{}", "RootMeanSquaredError{}", "LogCoshError{}", "CosineSimilarity{}", "Hinge{}", "MeanAbsolutePercentageError{}"):
            (("three outputs", a, b), ("images", *images)),
        ("ConcordanceCorrelation{}", ): (("three outputs", a, b), ("equal", a, a), ("outputs that do not vary", a, 0 * a)),
        ("BinaryCrossentropy{.from_logits = true, .label_smoothing = 0.1}", ): (("logits", several, 2 * normal(random, (10, 3))), ),
        ("KLDivergence{}", ): (("probabilities", several, ps), ),
    }
    for layers, given in kinds.items():
        for layer in layers:
            for name, y_true, y_pred in given:
                y_true, y_pred = np.asarray(y_true, "float32"), np.asarray(y_pred, "float32")
                for size in (len(y_true), 4):
                    metric = keras_metric(layer, y_true, y_pred)
                    for at in range(0, len(y_true), size):
                        metric.update_state(y_true[at:at + size], y_pred[at:at + size])
                    yield {"name": f"{layer}, {name}" + (", batches of 4" if size == 4 else ""), "layer": layer, "inputs": [tensor(y_true), tensor(y_pred)],
                           "batch_size": size, "outputs": [tensor(metric.result())]}


# -- optimizers ---------------------------------------------------------------------------------------------------------------

def optimizers():
    random = draws("optimizers")
    start = normal(random, (6,))
    gradients = normal(random, (10, 6))
    gradients[:, 4], gradients[::2, 5], gradients[1, 0] = 0, 0, 1e3  # never, now and then, and a jump
    gradients[:, 3] = 1e-6
    for layer, made in (
            ("SGD{}", lambda o: o.SGD()),
            ("SGD{.learning_rate = 0.5}", lambda o: o.SGD(0.5)),
            ("SGD{.learning_rate = 0.1, .momentum = 0.9}", lambda o: o.SGD(0.1, 0.9)),
            ("SGD{.learning_rate = 0.1, .momentum = 0.9, .nesterov = true}", lambda o: o.SGD(0.1, 0.9, True)),
            ("RMSprop{}", lambda o: o.RMSprop()),
            ("RMSprop{.learning_rate = 0.01, .rho = 0.5}", lambda o: o.RMSprop(0.01, rho=0.5)),
            ("RMSprop{.learning_rate = 0.01, .momentum = 0.9}", lambda o: o.RMSprop(0.01, momentum=0.9)),
            ("RMSprop{.learning_rate = 0.01, .centered = true}", lambda o: o.RMSprop(0.01, centered=True)),
            ("RMSprop{.learning_rate = 0.01, .momentum = 0.5, .centered = true}", lambda o: o.RMSprop(0.01, momentum=0.5, centered=True)),
            ("RMSprop{.epsilon = 0.01}", lambda o: o.RMSprop(epsilon=0.01)),
            ("Adam{}", lambda o: o.Adam()),
            ("Adam{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9}", lambda o: o.Adam(0.1, 0.5, 0.9)),
            ("Adam{.learning_rate = 0.1, .epsilon = 0.01}", lambda o: o.Adam(0.1, epsilon=0.01)),
            ("Adam{.learning_rate = 0.1, .amsgrad = true}", lambda o: o.Adam(0.1, amsgrad=True))):
        optimizer = made(keras.optimizers)
        w = keras.Variable(start.astype("float64"))
        steps = []
        for g in gradients:
            optimizer.apply_gradients([(keras.ops.convert_to_tensor(g.astype("float64")), w)])
            steps.append(np.array(w))
        yield {"name": layer, "layer": layer, "weights": [tensor(start)], "inputs": [tensor(gradients)], "outputs": [tensor(steps)]}


COMPARED_STEPS = (1, 2, 3, 4, 5, 8, 12)


def variables_case(name, optimizer, with_inputs=False, steps=12):
    """Steps on variables of several shapes: gradients that are small and large, never or now and then zero; the same for all optimizers."""
    random = draws("optimizer_variables")
    shapes = ((3, 4), (4,), (2, 2, 3), (5, 2), (1,), (3, 4))
    variables = [keras.Variable(normal(random, shape).astype("float64")) for shape in shapes]
    start = [tensor(v) for v in variables]
    gradients = [normal(random, (steps, *shape)) for shape in shapes]
    gradients[0][3] *= 100
    gradients[1][:, 1], gradients[2][::2], gradients[5][1] = 0, 0, 0
    gradients[3] *= 1e-3
    after = [[] for _ in variables]
    for k in range(steps):
        optimizer.apply_gradients([(keras.ops.convert_to_tensor(g[k].astype("float64")), v) for g, v in zip(gradients, variables)])
        if k + 1 in COMPARED_STEPS:
            for values, v in zip(after, variables):
                values.append(np.array(v.numpy()))
    case = {"name": name, "layer": name, "outputs": [tensor(np.array(v)) for v in after]}
    if with_inputs:
        case.update({"weights": start, "inputs": [tensor(g) for g in gradients], "steps": [float(k) for k in COMPARED_STEPS]})
    if optimizer.use_ema:
        optimizer.finalize_variable_values(variables)
        case["weights_after"] = [tensor(v) for v in variables]
    return case


def optimizer_variables():
    o = keras.optimizers
    cosine = o.schedules.CosineDecay(0.5, 8, alpha=0.1)
    for name, optimizer in (
            ("AdamW{}", o.AdamW()),
            ("AdamW{.learning_rate = 0.1, .weight_decay = 0.1}", o.AdamW(0.1, 0.1)),
            ("AdamW{.learning_rate = 0.1, .weight_decay = 0.05, .amsgrad = true}", o.AdamW(0.1, 0.05, amsgrad=True)),
            ("Adadelta{}", o.Adadelta()),
            ("Adadelta{.learning_rate = 1, .rho = 0.5, .epsilon = 0.01}", o.Adadelta(1.0, 0.5, 0.01)),
            ("Adagrad{}", o.Adagrad()),
            ("Adagrad{.learning_rate = 0.1, .initial_accumulator_value = 0.5, .epsilon = 0.01}", o.Adagrad(0.1, 0.5, 0.01)),
            ("Adamax{}", o.Adamax()),
            ("Adamax{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01}", o.Adamax(0.1, 0.5, 0.9, 0.01)),
            ("Nadam{}", o.Nadam()),
            ("Nadam{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01}", o.Nadam(0.1, 0.5, 0.9, 0.01)),
            ("Ftrl{}", o.Ftrl()),
            ("Ftrl{.learning_rate = 0.1, .l1_regularization_strength = 0.1, .l2_regularization_strength = 0.2}",
             o.Ftrl(0.1, l1_regularization_strength=0.1, l2_regularization_strength=0.2)),
            ("Ftrl{.learning_rate = 0.1, .learning_rate_power = -0.3, .initial_accumulator_value = 0.5, .l2_shrinkage_regularization_strength = 0.1, .beta = 0.5}",
             o.Ftrl(0.1, -0.3, 0.5, l2_shrinkage_regularization_strength=0.1, beta=0.5)),
            ("Lion{}", o.Lion()),
            ("Lion{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9}", o.Lion(0.1, 0.5, 0.9)),
            ("ScheduleFreeAdamW{}", o.ScheduleFreeAdamW()),
            ("ScheduleFreeAdamW{.learning_rate = 0.1, .beta_1 = 0.8, .beta_2 = 0.9, .epsilon = 0.01, .warmup_steps = 5}",
             o.ScheduleFreeAdamW(0.1, 0.8, 0.9, 0.01, 5)),
            ("Lamb{}", o.Lamb()),
            ("Lamb{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01}", o.Lamb(0.1, 0.5, 0.9, 0.01)),
            ("Adafactor{}", o.Adafactor()),
            ("Adafactor{.learning_rate = 0.5, .beta_2_decay = -0.5, .epsilon_1 = 1e-3, .epsilon_2 = 0.1, .clip_threshold = 0.5}",
             o.Adafactor(0.5, -0.5, 1e-3, 0.1, 0.5)),
            ("Adafactor{.relative_step = false}", o.Adafactor(relative_step=False)),
            ("Muon{}", o.Muon()),
            ("Muon{.learning_rate = 0.1, .adam_beta_1 = 0.5, .adam_beta_2 = 0.9, .adam_weight_decay = 0.1, .epsilon = 0.01, .weight_decay = 0.2, .adam_lr_ratio = 0.5, .momentum = 0.5}",
             o.Muon(0.1, 0.5, 0.9, 0.1, 0.01, 0.2, adam_lr_ratio=0.5, momentum=0.5)),
            ("Muon{.learning_rate = 0.1, .nesterov = false, .rms_rate = 0}", o.Muon(0.1, nesterov=False, rms_rate=None)),
            ("Muon{.learning_rate = 0.1, .muon_a = 3, .muon_b = -4, .muon_c = 2}", o.Muon(0.1, muon_a=3.0, muon_b=-4.0, muon_c=2.0)),
            ("with(SGD{.learning_rate = 0.1}, ClipValue{0.5})", o.SGD(0.1, clipvalue=0.5)),
            ("with(SGD{.learning_rate = 0.1}, ClipNorm{1})", o.SGD(0.1, clipnorm=1.0)),
            ("with(Adam{.learning_rate = 0.1}, GlobalClipNorm{2})", o.Adam(0.1, global_clipnorm=2.0)),
            ("with(SGD{.learning_rate = 0.1}, GlobalClipNorm{2})", o.SGD(0.1, global_clipnorm=2.0)),
            ("with(SGD{.learning_rate = 0.1, .momentum = 0.9}, WeightDecay{0.1})", o.SGD(0.1, 0.9, weight_decay=0.1)),
            ("with(Lamb{.learning_rate = 0.1}, ClipNorm{1}, WeightDecay{0.1})", o.Lamb(0.1, clipnorm=1.0, weight_decay=0.1)),
            ("with(SGD{.learning_rate = 0.1}, ExponentialMovingAverage{.ema_momentum = 0.8})", o.SGD(0.1, use_ema=True, ema_momentum=0.8)),
            ("with(Adam{.learning_rate = 0.1}, ExponentialMovingAverage{.ema_momentum = 0.5, .ema_overwrite_frequency = 3})",
             o.Adam(0.1, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=3)),
            ("with(Adam{.learning_rate = 0.1}, GradientAccumulation{3})", o.Adam(0.1, gradient_accumulation_steps=3)),
            ("with(SGD{.learning_rate = CosineDecay{…}}, GradientAccumulation{5}, ClipNorm{1}, WeightDecay{0.1}, ExponentialMovingAverage{0.5})",
             o.SGD(cosine, gradient_accumulation_steps=5, clipnorm=1.0, weight_decay=0.1, use_ema=True, ema_momentum=0.5)),
            ("with(Adam{.learning_rate = 0.1}, ExponentialMovingAverage{0.5, 2}, GlobalClipNorm{1}, GradientAccumulation{2})",
             o.Adam(0.1, gradient_accumulation_steps=2, global_clipnorm=1.0, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=2)),
            ("with(Muon{.learning_rate = 0.1}, ClipNorm{1}, GradientAccumulation{2}, ExponentialMovingAverage{0.5})",
             o.Muon(0.1, clipnorm=1.0, gradient_accumulation_steps=2, use_ema=True, ema_momentum=0.5)),
            ("with(Muon{.learning_rate = 0.1}, GlobalClipNorm{1})", o.Muon(0.1, global_clipnorm=1.0)),
            ("Adagrad{.learning_rate = CosineDecay{…}}", o.Adagrad(cosine))):
        yield variables_case(name, optimizer, name == "AdamW{}")


def schedules():
    s = keras.optimizers.schedules
    steps = [*range(60), 99, 100, 101, 149, 150, 151, 1000, 12345]
    for name, schedule in (
            ("ExponentialDecay{0.1, 7, 0.9}", s.ExponentialDecay(0.1, 7, 0.9)),
            ("ExponentialDecay{0.1, 7, 0.9, true}", s.ExponentialDecay(0.1, 7, 0.9, True)),
            ("InverseTimeDecay{0.1, 7, 0.5}", s.InverseTimeDecay(0.1, 7, 0.5)),
            ("InverseTimeDecay{0.1, 7, 0.5, true}", s.InverseTimeDecay(0.1, 7, 0.5, True)),
            ("PolynomialDecay{0.1, 50}", s.PolynomialDecay(0.1, 50)),
            ("PolynomialDecay{0.1, 50, 0.01, 0.5}", s.PolynomialDecay(0.1, 50, 0.01, 0.5)),
            ("PolynomialDecay{0.1, 20, 0.01, 2, true}", s.PolynomialDecay(0.1, 20, 0.01, 2.0, True)),
            ("CosineDecay{0.1, 50}", s.CosineDecay(0.1, 50)),
            ("CosineDecay{0.1, 50, 0.2}", s.CosineDecay(0.1, 50, 0.2)),
            ("CosineDecay{0.01, 50, 0.1, 0.2, 10}", s.CosineDecay(0.01, 50, 0.1, warmup_target=0.2, warmup_steps=10)),
            ("CosineDecayRestarts{0.1, 11}", s.CosineDecayRestarts(0.1, 11)),
            ("CosineDecayRestarts{0.1, 11, 1.5, 0.8, 0.1}", s.CosineDecayRestarts(0.1, 11, 1.5, 0.8, 0.1)),
            ("CosineDecayRestarts{0.1, 11, 1, 0.8}", s.CosineDecayRestarts(0.1, 11, 1.0, 0.8)),
            ("PiecewiseConstantDecay{{10, 20, 100}, {1, 0.5, 0.1, 0.01}}", s.PiecewiseConstantDecay([10, 20, 100], [1.0, 0.5, 0.1, 0.01]))):
        yield {"name": name, "layer": name, "steps": [float(k) for k in steps], "rates": [float(schedule(k)) for k in steps]}


def constraints():
    random = draws("constraints")
    c = keras.constraints
    for name, made in (("MaxNorm<1>", c.MaxNorm(1)), ("MaxNorm<2>", c.MaxNorm()), ("MaxNorm<1, 0, 1>", c.MaxNorm(1, (0, 1))), ("NonNeg", c.NonNeg()),
                       ("UnitNorm", c.UnitNorm()), ("UnitNormWith<1>", c.UnitNorm(1)), ("UnitNormWith<0, 1, 2>", c.UnitNorm((0, 1, 2))),
                       ("MinMaxNorm<0, 1>", c.MinMaxNorm()), ("MinMaxNorm<1, 1.5, 0.5>", c.MinMaxNorm(1.0, 1.5, 0.5)),
                       ("MinMaxNorm<1, 1.5, 1, 1>", c.MinMaxNorm(1.0, 1.5, 1.0, 1))):
        shape = (2, 3, 4, 2) if "2>" in name and "Unit" in name else (3, 4)
        w = normal(random, shape)
        yield {"name": name, "layer": name, "inputs": [tensor(w)], "outputs": [tensor(made(w.astype("float64")))]}


# -- initializers and regularizers --------------------------------------------------------------------------------------------

def initializers():
    from keras.src.initializers.random_initializers import compute_fans
    shapes = ((3, 5), (784, 10), (3, 3, 1, 32), (3, 3, 32, 64), (2, 4, 3, 8))
    for name in ("GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal"):
        made = getattr(keras.initializers, name)(seed=1)
        for shape in shapes:
            fan_in, fan_out = compute_fans(shape)
            scale = made.scale / (fan_in if made.mode == "fan_in" else (fan_in + fan_out) / 2)
            case = {"name": f"{name} of {'x'.join(map(str, shape))}", "layer": name, "shape": list(shape), "fan_in": fan_in, "fan_out": fan_out}
            # stddev is that of the values drawn; a truncated normal is drawn from a wider one, cut at twice its own deviation
            case["stddev"] = float(np.sqrt(scale))
            case["limit"] = float(np.sqrt(3 * scale)) if made.distribution == "uniform" else float(2 * np.sqrt(scale) / 0.87962566103423978)
            assert np.abs(np.array(made(shape))).max() <= case["limit"] * (1 + 1e-6)
            yield case
    yield {"name": "RandomNormal", "layer": "RandomNormal", "mean": 0.0, "stddev": 0.05}
    yield {"name": "RandomUniform", "layer": "RandomUniform", "minval": -0.05, "maxval": 0.05}
    yield {"name": "TruncatedNormal", "layer": "TruncatedNormal", "mean": 0.0, "stddev": 0.05 * 0.87962566103423978, "limit": 0.1}


def regularizers():
    w = normal(draws("regularizers"), (3, 4))
    for layer, made in (("L1<0.01>", keras.regularizers.L1()), ("L2<0.01>", keras.regularizers.L2()), ("L1<0.3>", keras.regularizers.L1(0.3)),
                        ("L2<0.1>", keras.regularizers.L2(0.1)), ("L1L2<0.1, 0.02>", keras.regularizers.L1L2(0.1, 0.02)),
                        ("OrthogonalRegularizer<0.5>", keras.regularizers.OrthogonalRegularizer(0.5)),
                        ("OrthogonalRegularizer<0.5, Between::columns>", keras.regularizers.OrthogonalRegularizer(0.5, mode="columns"))):
        yield {"name": layer, "layer": layer, "inputs": [tensor(w)], "outputs": [tensor(made(keras.ops.convert_to_tensor(w.astype("float64"))))],
               "input_gradients": [tensor(float_gradient(made, w.astype("float64")))]}


# -- fit ----------------------------------------------------------------------------------------------------------------------

def fit_case(name, layers, loss="sparse_categorical_crossentropy", epochs=2, batch_size=3, regularized=False, **options):
    """What fit reports and leaves behind: 7 samples of 2 features, in their order, SGD 0.5; the last batch has one sample."""
    random = draws("fit")
    x, y = normal(random, (7, 2)), random.integers(0, 3, 7)
    net = keras.Sequential([keras.Input((2,))] + [keras_layer(l) for l in layers])
    k, b = normal(random, (2, 3)), normal(random, (3,), 0.1)
    net.set_weights([k, b])
    net.compile(keras.optimizers.SGD(0.5), loss, metrics=["accuracy"], weighted_metrics=[keras.metrics.SparseCategoricalAccuracy(name="weighted_accuracy")])
    inputs = [tensor(x), tensor(y)]
    if "sample_weight" in options:
        inputs.append(tensor(options["sample_weight"]))
    case = {"name": name, "layer": "Sequential<Input<2>, " + ", ".join(layers) + ">", "inputs": inputs, "weights": [tensor(k), tensor(b)],
            "batch_size": batch_size, "epochs": epochs, "learning_rate": 0.5}
    if "class_weight" in options:
        case["class_weight"] = [float(options["class_weight"].get(c, 1.0)) for c in range(3)]
    if "validation_split" in options:
        case["validation_split"] = options["validation_split"]
    before = net.evaluate(x, y, sample_weight=options.get("sample_weight"), batch_size=batch_size, verbose=0)
    history = net.fit(x, y, batch_size=batch_size, epochs=epochs, shuffle=False, verbose=0, **options).history
    case.update({k: np.array(v, "float64") for k, v in history.items()})
    case["evaluate_before"] = np.array(before, "float64")  # loss, accuracy, weighted accuracy
    case["outputs"] = [tensor(w) for w in net.get_weights()]
    return case


def fit():
    softmax = ["Dense<3, Softmax>"]
    yield fit_case("a smaller last batch", softmax)
    yield fit_case("one batch", softmax, batch_size=7)
    yield fit_case("sample weights", softmax, sample_weight=np.array([0.5, 2, 0, 1.25, 3, 1, 0.25], "float32"))
    yield fit_case("class weights, one class left out", softmax, class_weight={0: 2.0, 2: 0.5})
    yield fit_case("validation split", softmax, validation_split=0.3)
    yield fit_case("L2 of the kernel", ["Dense<3, Softmax, KernelRegularizer<L2<0.1>>>"])
    yield fit_case("L1 of the kernel, L2 of the bias, sample weights", ["Dense<3, Softmax, KernelRegularizer<L1<0.01>>, BiasRegularizer<L2<0.2>>>"],
                   sample_weight=np.array([0.5, 2, 0, 1.25, 3, 1, 0.25], "float32"))


# -- two outputs --------------------------------------------------------------------------------------------------------------

def two_outputs_case(name, optimizer, loss_weights=None, steps=0, trunk="Dense<5, Tanh>", **options):
    """Classes and a number from one trunk: 7 samples of 4 features. Either `steps` single steps on 3 samples each, or an evaluation and 2 epochs
    in their order, whose last batch has one sample."""
    keras.utils.clear_session()  # the layers are dense, dense_1 and dense_2 again
    random = draws("two outputs")
    x, y1, y2 = normal(random, (7, 4)), random.integers(0, 3, 7), normal(random, (7, 2))
    inside = keras.Input((4,))
    h = keras_layer(trunk)(inside)
    net = keras.Model(inside, [keras.layers.Dense(3, "softmax")(h), keras.layers.Dense(2)(h)])
    shapes = [(4, 5), (5,), (5, 3), (3,), (5, 2), (2,)]
    weights = [normal(random, s, 0.5) for s in shapes]
    net.set_weights(weights)
    net.compile(getattr(keras.optimizers, optimizer)(0.05), ["sparse_categorical_crossentropy", "mse"], loss_weights=loss_weights,
                metrics=[["accuracy"], [keras.metrics.MeanAbsoluteError(name="mean_absolute_error")]])
    case = {"name": name, "layer": f"Graph: {trunk}, then Dense<3, Softmax> and Dense<2>; {optimizer}, learning rate 0.05", "loss_weights": np.array(loss_weights or [1, 1], "float64"),
            "inputs": [tensor(x), tensor(y1), tensor(y2)] + ([tensor(options["sample_weight"])] if "sample_weight" in options else []),
            "weights": [tensor(w) for w in weights]}
    if steps:
        rows = [[(3 * step + k) % 7 for k in range(3)] for step in range(steps)]
        names, values = ("loss", "dense_1_loss", "dense_2_loss"), []
        for r in rows:
            net.reset_metrics()
            values.append(net.train_on_batch(x[r], [y1[r], y2[r]], return_dict=True))
        case.update({n: np.array([float(v[n]) for v in values]) for n in names})
    else:
        before = net.evaluate(x, [y1, y2], sample_weight=options.get("sample_weight"), batch_size=3, verbose=0, return_dict=True)
        case.update({"before_" + k: np.array([v], "float64") for k, v in before.items()})
        history = net.fit(x, [y1, y2], batch_size=3, epochs=2, shuffle=False, verbose=0, **options).history
        case.update({k: np.array(v, "float64") for k, v in history.items()})
        if "validation_split" in options:
            case["validation_split"] = options["validation_split"]
    case["outputs"] = [tensor(w) for w in net.get_weights()]
    return case


def two_outputs():
    weights = np.array([0.5, 2, 0, 1.25, 3, 1, 0.25], "float32")
    yield two_outputs_case("20 steps", "SGD", [1.0, 0.2], steps=20)
    yield two_outputs_case("20 steps of Adam", "Adam", [0.5, 2.0], steps=20)
    yield two_outputs_case("without loss weights", "SGD")
    yield two_outputs_case("loss weights, sample weights, a validation split", "SGD", [1.0, 0.2], sample_weight=weights, validation_split=0.3)
    yield two_outputs_case("a penalty of the trunk", "SGD", [1.0, 0.2], trunk="Dense<5, Tanh, KernelRegularizer<L2<0.1>>>")


FILES = {
    "layers/dense": dense,
    "layers/conv": conv,
    "layers/max_pooling": lambda: pooling("MaxPooling"),
    "layers/average_pooling": lambda: pooling("AveragePooling"),
    "layers/global_pooling": global_pooling,
    "layers/conv_transpose": conv_transpose,
    "layers/depthwise_conv": depthwise_conv,
    "layers/separable_conv": separable_conv,
    "layers/cropping_and_padding": cropping_and_padding,
    "layers/up_sampling": up_sampling,
    "layers/resizing": resizing,
    "layers/adaptive_pooling": adaptive_pooling,
    "layers/shapes": shapes,
    "layers/merging": merging,
    "layers/batch_normalization": batch_normalization,
    "layers/normalization": normalization,
    "layers/einsum_dense": einsum_dense,
    "layers/dropout": dropout,
    "layers/activations": activation_layers,
    "activations": activations,
    "losses/regression": regression_losses,
    "losses/categorical": categorical_losses,
    "losses/binary": binary_losses,
    "losses/all": all_losses,
    "metrics": metrics,
    "all_metrics": all_metrics,
    "optimizers": optimizers,
    "optimizer_variables": optimizer_variables,
    "schedules": schedules,
    "constraints": constraints,
    "initializers": initializers,
    "regularizers": regularizers,
    "fit": fit,
    "two_outputs": two_outputs,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or FILES:
        write(name, list(FILES[name]()))
