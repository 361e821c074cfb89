// The programs that docs/from_keras.md sets beside Keras's: a copy of each stands there.
#include <tenon/tenon.hpp>

#include "../support/catch.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;

namespace {

struct Classifier : tn::Sequential<
    tn::Input<8, 8, 1>,
    tn::Conv2D<4, tn::Kernel<3, 3>, tn::Same, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dropout<0.2>,
    tn::Dense<3, tn::Softmax>> {};

struct JoinBody {
  tn::Dense<8, tn::ReLU> tower;  // one layer, called twice: shared weights
  tn::Dense<8, tn::ReLU> hidden;
  tn::Dense<1> head;

  constexpr auto call(auto a, auto b) const {
    auto h = tn::concatenate(tower(a), tower(b));
    h = hidden(h) + tower(a);
    return head(h);
  }
};
struct Join : tn::Graph<JoinBody, tn::Input<4>, tn::Input<4>> {};

struct Residual : tn::Layer<Residual> {
  tn::Dense<8, tn::ReLU> first;
  tn::Dense<8> second;

  constexpr auto call(auto x) const { return tn::relu(x + second(first(x))); }
};
struct Deep : tn::Sequential<tn::Input<8>, Residual, Residual, tn::Dense<1>> {};

struct Scale : tn::Layer<Scale> {
  static constexpr auto call(auto x) { return x * x.weight("scale", tn::shape(x.shape().back()), tn::Ones{}); }
};

struct StopWhenGood {
  void on_epoch_end(tn::TrainableModel& model, int epoch, const tn::Logs& logs) {
    if (epoch > 0 && logs["loss"] < 0.1) model.stop_training = true;
  }
};

template <std::size_t Rank>
xt::xtensor<float, Rank> random(std::array<std::size_t, Rank> shape, std::uint64_t seed) {
  xt::xtensor<float, Rank> x(shape);
  tn::Random random(seed);
  for (float& value : x) value = static_cast<float>(random.uniform());
  return x;
}

}  // namespace

TEST_CASE("The program of docs/from_keras.md trains, saves, loads and predicts", "[docs]") {
  const support::TemporaryFolder folder;
  const auto x = random<4>({24, 8, 8, 1}, 1), x_val = random<4>({6, 8, 8, 1}, 2);
  xt::xtensor<int, 1> y = xt::zeros<int>({24}), y_val = xt::zeros<int>({6});
  for (std::size_t i = 0; i < 24; ++i) y(i) = static_cast<int>(i % 3);
  const std::string best = folder.path() / "best.safetensors", file = folder.path() / "net.safetensors";

  auto model = tn::compile<Classifier>(tn::Adam{.learning_rate = 1e-3f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  model.summary();
  const auto history = model.fit(x, y, {
      .batch_size = 8,
      .epochs = 3,
      .validation_data = {x_val, y_val},
      .callbacks = {tn::EarlyStopping{.patience = 3},
                    tn::ModelCheckpoint{.filepath = best, .save_best_only = true},
                    StopWhenGood{}},
      .verbose = 0});
  const double last = history["val_accuracy"].back();

  const auto [loss, accuracy] = model.evaluate(x_val, y_val, {.verbose = 0});
  const xt::xtensor<float, 2> probabilities = model.predict(x_val);

  model.save(file);
  auto loaded = tn::load<Classifier>(file);
  model.load_weights(best);

  CHECK(history.epochs() == 3);
  CHECK(last == Approx(accuracy));
  CHECK(loss > 0);
  CHECK((loaded.predict(x_val) == probabilities));
  CHECK(probabilities.shape(1) == 3);
}

TEST_CASE("The models of docs/from_keras.md have Keras's numbers of parameters", "[docs]") {
  static_assert(tn::parameter_count<Classifier> == 40 + 64 * 3 + 3);
  static_assert(tn::parameter_count<Join> == 4 * 8 + 8 + 16 * 8 + 8 + 8 + 1);
  static_assert(tn::parameter_count<Deep> == 4 * (64 + 8) + 9);
  static_assert(tn::output_shape<tn::Sequential<tn::Input<4>, Scale>> == tn::shape(4));

  const auto a = random<2>({12, 4}, 3), b = random<2>({12, 4}, 4), y = random<2>({12, 1}, 5);
  auto model = tn::compile<Join>(tn::SGD{}, tn::MeanSquaredError{});
  model.fit(tn::inputs(a, b), y, {.verbose = 0});
  const auto out = model.predict(tn::inputs(a, b));
  CHECK(out.shape() == std::array<std::size_t, 2>{12, 1});
}
