// The one include of a user: everything in Tenon but model/profile.hpp, which measures a model's steps.
#pragma once

#include <tenon/model/problem_messages.hpp>  // first, so that the compiler's messages are short

// The parts of a network.
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
#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/random_normal.hpp>
#include <tenon/initializers/random_uniform.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/activation.hpp>
#include <tenon/layers/activity_regularization.hpp>
#include <tenon/layers/adaptive_pooling.hpp>
#include <tenon/layers/alpha_dropout.hpp>
#include <tenon/layers/average_pooling.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/conv.hpp>
#include <tenon/layers/conv_transpose.hpp>
#include <tenon/layers/cropping.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/depthwise_conv.hpp>
#include <tenon/layers/dot.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/gaussian_dropout.hpp>
#include <tenon/layers/gaussian_noise.hpp>
#include <tenon/layers/global_average_pooling.hpp>
#include <tenon/layers/global_max_pooling.hpp>
#include <tenon/layers/group_normalization.hpp>
#include <tenon/layers/identity.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/layers/lambda.hpp>
#include <tenon/layers/layer_normalization.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/layers/permute.hpp>
#include <tenon/layers/prelu.hpp>
#include <tenon/layers/repeat_vector.hpp>
#include <tenon/layers/rescaling.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/layers/resizing.hpp>
#include <tenon/layers/rms_normalization.hpp>
#include <tenon/layers/separable_conv.hpp>
#include <tenon/layers/spatial_dropout.hpp>
#include <tenon/layers/unit_normalization.hpp>
#include <tenon/layers/up_sampling.hpp>
#include <tenon/layers/zero_padding.hpp>
#include <tenon/regularizers/l1_l2.hpp>

// What it learns by.
#include <tenon/losses/binary_crossentropy.hpp>
#include <tenon/losses/categorical_crossentropy.hpp>
#include <tenon/losses/losses.hpp>
#include <tenon/losses/mean_absolute_error.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/metrics/metrics.hpp>
#include <tenon/optimizers/adam.hpp>
#include <tenon/optimizers/rmsprop.hpp>
#include <tenon/optimizers/sgd.hpp>

// The backend that says what is right.
#include <tenon/backend/reference.hpp>

// Models.
#include <tenon/model/callbacks/backup_and_restore.hpp>
#include <tenon/model/callbacks/csv_logger.hpp>
#include <tenon/model/callbacks/early_stopping.hpp>
#include <tenon/model/callbacks/lambda_callback.hpp>
#include <tenon/model/callbacks/learning_rate_scheduler.hpp>
#include <tenon/model/callbacks/model_checkpoint.hpp>
#include <tenon/model/callbacks/reduce_lr_on_plateau.hpp>
#include <tenon/model/callbacks/terminate_on_nan.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/model/describe.hpp>
#include <tenon/model/device_inference.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/graph.hpp>
#include <tenon/model/inference.hpp>
#include <tenon/model/load.hpp>
#include <tenon/model/memory.hpp>
#include <tenon/model/sequential.hpp>

// Data and files.
#include <tenon/data/batches.hpp>
#include <tenon/data/csv.hpp>
#include <tenon/data/fashion_mnist.hpp>
#include <tenon/data/min_max_scaler.hpp>
#include <tenon/data/mnist.hpp>
#include <tenon/data/sample_file.hpp>
#include <tenon/data/standard_scaler.hpp>
#include <tenon/data/to_categorical.hpp>
#include <tenon/data/train_test_split.hpp>
#include <tenon/io/safetensors.hpp>
