// Layers that move, pair, normalise and encode, together on the Cpu: the same as on the Reference.
#include <tenon/activations/glu.hpp>
#include <tenon/activations/log_softmax.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/backend/reference.hpp>
#include <tenon/layers/alpha_dropout.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/discretization.hpp>
#include <tenon/layers/dot.hpp>
#include <tenon/layers/einsum_dense.hpp>
#include <tenon/layers/embedding.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/group_normalization.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/layers/permute.hpp>
#include <tenon/layers/prelu.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/layers/rms_normalization.hpp>
#include <tenon/layers/spatial_dropout.hpp>
#include <tenon/layers/spectral_normalization.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace {

struct Body {
  tn::EinsumDense<"abc,cde->abde", tn::OutputShape<-1, 2, 4>, tn::BiasAxes<"de">> heads;
  tn::GroupNormalization<2> norm;
  tn::PReLUWith<tn::SharedAxes<1, 2>> slopes;
  tn::SpatialDropout2D<0.2> drop;
  tn::Embedding<4, 6> embedding;
  tn::RMSNormalization rms;
  tn::SpectralNormalization<tn::Dense<6>> bounded;
  tn::AlphaDropout<0.1> alpha;
  tn::Dense<4> head;
  constexpr auto call(auto x) const {
    const auto h = drop(slopes(norm(heads(x))));                                                       // (B, 3, 2, 4)
    const auto attention = tn::SoftmaxWith<1>{}(tn::Dot<2>{}(x, x));                                   // (B, 3, 3)
    const auto mixed = tn::Dot<2, 1>{}(attention, tn::Reshape<3, 8>{}(h));                             // (B, 3, 8)
    const auto bins = tn::Discretization<tn::BinBoundaries<-0.5, 0.0, 0.5>>{}(tn::Flatten{}(x));        // (B, 15)
    const auto words = rms(embedding(bins));                                                            // (B, 15, 6)
    const auto gated = tn::GLU{}(tn::Flatten{}(tn::Permute<2, 1>{}(mixed)));                            // (B, 12)
    const auto best = tn::Maximum{}(bounded(gated), mean(words, tn::axis<1>));                          // (B, 6)
    return tn::LogSoftmax{}(head(alpha(best)));
  }
};
struct Net : tn::Graph<Body, tn::Input<3, 5>> {};

template <class Backend>
auto trained(const xt::xtensor<float, 3>& x, const xt::xtensor<float, 2>& y) {
  auto model = tn::compile<Net, Backend>(tn::SGD{.learning_rate = 0.02f}, tn::MeanSquaredError{});
  model.initialize(3);
  model.fit(x, y, {.batch_size = 3, .epochs = 2, .verbose = 0, .seed = 5});
  return model;
}

}  // namespace

TEST_CASE("many layers in one network are trained alike on Cpu and Reference", "[model][layers]") {
  tn::Random random(2);
  xt::xtensor<float, 3> x(std::array<std::size_t, 3>{7, 3, 5});
  xt::xtensor<float, 2> y(std::array<std::size_t, 2>{7, 4});
  for (float& v : x) v = 2 * random.uniform() - 1;
  for (float& v : y) v = -2 * random.uniform();
  auto model = trained<tn::Cpu>(x, y);
  auto reference = trained<tn::Reference>(x, y);
  const auto weights = model.get_weights(), wanted = reference.get_weights();
  for (std::size_t k = 0; k < wanted.size(); ++k)
    for (std::size_t i = 0; i < wanted[k].size(); ++i) CHECK(weights[k].flat(i) == Approx(wanted[k].flat(i)).margin(2e-4));
  const auto out = model.predict(x), expected = reference.predict(x);
  for (std::size_t i = 0; i < out.size(); ++i) CHECK(out.flat(i) == Approx(expected.flat(i)).margin(1e-3));
  CHECK(expected(0, 0) != expected(1, 0));
}
