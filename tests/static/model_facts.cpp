// What is known of a model before it runs. Keras's count_params() and output shapes.
#include <tenon/activations/relu.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/backend/reference.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/conv.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/memory.hpp>
#include <tenon/optimizers/adam.hpp>
#include <tenon/optimizers/sgd.hpp>

namespace tn = tenon;

namespace {

struct Cnn : tn::Sequential<tn::Input<28, 28, 1>, tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>, tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>,
                            tn::MaxPooling2D<2, 2>, tn::Flatten, tn::Dense<128, tn::ReLU>, tn::Dense<10, tn::Softmax>> {};
static_assert(tn::parameter_count<Cnn> == 225'034);
static_assert(tn::trainable_parameter_count<Cnn> == 225'034);
static_assert(tn::input_shape<Cnn> == tn::shape(28, 28, 1));
static_assert(tn::output_shape<Cnn> == tn::shape(10));

struct Normalized : tn::Sequential<tn::Input<6>, tn::Dense<5, tn::NoBias>, tn::BatchNormalization> {};
static_assert(tn::parameter_count<Normalized> == 30 + 4 * 5);
static_assert(tn::trainable_parameter_count<Normalized> == 30 + 2 * 5);

// Two for each multiply-add, one for each element of bias and activation.
struct Small : tn::Sequential<tn::Input<6>, tn::Dense<5, tn::ReLU>> {};
static_assert(tn::flops<Small> == 2 * 6 * 5 + 5 + 5);
struct Convolution : tn::Sequential<tn::Input<5, 5, 2>, tn::Conv2D<4, tn::Kernel<3, 3>, tn::NoBias>> {};
static_assert(tn::flops<Convolution> == 2 * (3 * 3 * 4) * (3 * 3 * 2));

struct Body {
  tn::Dense<4> shared;
  tn::Dense<2> head;
  constexpr auto call(auto a, auto b) const { return tn::outputs(head(shared(a) * shared(b)), a); }
};
struct Siamese : tn::Graph<Body, tn::Input<3>, tn::Input<3>> {};
static_assert(tn::parameter_count<Siamese> == (3 * 4 + 4) + (4 * 2 + 2));
static_assert(tn::output_shape<Siamese> == tn::shape(2));

// Every weight starts on a cache line of 16 floats: 30 → 32, 5 → 16. Gradients and slots are as long as the trainable weights.
constexpr long small_weights = 4 * (32 + 16);
static_assert(tn::inference_bytes<Small, tn::Reference> >= small_weights && tn::inference_bytes<Small, tn::Reference> <= small_weights + 4 * 64);
static_assert(tn::training_bytes<Small, 8, tn::Adam, tn::MeanSquaredError, tn::Reference> - tn::training_bytes<Small, 8, tn::SGD, tn::MeanSquaredError, tn::Reference> == 2 * small_weights);  // m and v; nothing
static_assert(tn::training_bytes<Small, 16, tn::SGD, tn::MeanSquaredError, tn::Reference> > tn::training_bytes<Small, 8, tn::SGD, tn::MeanSquaredError, tn::Reference>);

}  // namespace
