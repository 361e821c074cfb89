#include <tenon/activations/relu.hpp>
#include <tenon/backend/reference.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/model/inference.hpp>
#include <tenon/model/load.hpp>
#include <tenon/optimizers/adam.hpp>

#include <thread>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;
using Names = std::vector<std::string>;

namespace {

struct Block {
  tn::Dense<3, tn::NoBias> inner;
  tn::BatchNormalization norm;
  constexpr auto call(auto x) const { return x + norm(inner(x)); }
};
struct Net : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::ReLU>, Block, Block, tn::Dropout<0.5>, tn::Dense<1>> {};
struct Other : tn::Sequential<tn::Input<2>, tn::Dense<4, tn::ReLU>, tn::Dense<1>> {};
struct SameWeights : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::ReLU>, tn::Dense<1>> {};
struct WithDropout : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::ReLU>, tn::Dropout<0.1>, tn::Dense<1>> {};
struct Tower {
  tn::Dense<2> tower;
  tn::Dense<1> head;
  constexpr auto call(auto a, auto b) const { return head(tower(a) + tower(b)); }
};
struct Shared : tn::Graph<Tower, tn::Input<2>, tn::Input<2>> {};

template <class N>
auto model_of() { return tn::compile<N, tn::Reference>(tn::Adam{}, tn::MeanSquaredError{}); }

const xt::xtensor<float, 2> x{{0, 1}, {1, 0}, {2, 1}};
const xt::xtensor<float, 1> y{1, 2, 3};

}  // namespace

TEST_CASE("layers of one name are numbered, and nested ones have a path", "[model][weights]") {
  CHECK(tn::detail::weight_names(tn::detail::description_of<Net>()) ==
        Names{"dense/kernel", "dense/bias", "block/dense/kernel", "block/batch_normalization/gamma", "block/batch_normalization/beta",
              "block/batch_normalization/moving_mean", "block/batch_normalization/moving_variance", "block_1/dense/kernel",
              "block_1/batch_normalization/gamma", "block_1/batch_normalization/beta", "block_1/batch_normalization/moving_mean",
              "block_1/batch_normalization/moving_variance", "dense_1/kernel", "dense_1/bias"});
  CHECK(tn::detail::weight_names(tn::detail::description_of<Shared>()) == Names{"dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"});
}
TEST_CASE("weights lie in one array, trainable ones first, each on a cache line", "[model][weights]") {
  const tn::Description& d = tn::detail::description_of<Net>();
  for (const tn::Parameter& p : d.parameters) {
    CHECK(p.offset % 16 == 0);
    CHECK((p.offset < d.trainable_extent) == p.trainable);
    CHECK(p.offset + p.size() <= (p.trainable ? d.trainable_extent : d.extent));
  }
  CHECK(d.trainable_extent == 10 * 16);
  CHECK(d.extent == 14 * 16);
}
TEST_CASE("get_weights and set_weights go layer by layer as Keras's", "[model][weights]") {
  auto model = model_of<Net>();
  auto weights = model.get_weights();
  CHECK(weights.size() == 14);
  CHECK((weights[0].shape() == xt::xarray<float>::shape_type{2, 3}));
  CHECK((weights[3].shape() == xt::xarray<float>::shape_type{3}));
  CHECK(weights[6](0) == 1);  // the moving variance of the first block
  weights[6](0) = 5;
  weights[13](0) = 7;
  model.set_weights(weights);
  CHECK(model.get_weights()[6](0) == 5);
  CHECK(model.get_weights()[13](0) == 7);

  const std::vector<float> before = model.weights();
  weights[4] = xt::zeros<float>({4});
  CHECK(error_of([&] { model.set_weights(weights); }) == "set_weights: weight 4 (beta) has the shape (4,), expected (3,)");
  weights.pop_back();
  CHECK(error_of([&] { model.set_weights(weights); }) == "set_weights: 13 weights are given, expected 14");
  CHECK(error_of([&] { model.set_all_weights(std::vector<float>(55)); }) == "set_all_weights: 55 numbers are given, expected 224");
  CHECK(before == model.weights());
}
TEST_CASE("a model starts with equal weights each time, and initialize gives others", "[model][weights]") {
  auto one = model_of<Net>(), two = model_of<Net>();
  const auto equal = [&] { return one.weights() == two.weights(); };
  CHECK(equal());
  one.initialize(1);
  CHECK_FALSE(equal());
  two.initialize(1);
  CHECK(equal());
}
TEST_CASE("initialize makes a new model of one that was trained", "[model][weights]") {
  auto used = model_of<Net>(), fresh = model_of<Net>();
  used.fit(x, y, {.batch_size = 1, .epochs = 3, .verbose = 0, .seed = 5});
  CHECK(used.iterations() == 9);
  used.initialize(2), fresh.initialize(2);
  CHECK(used.iterations() == 0);
  for (int step = 0; step < 2; ++step) CHECK(used.train_on_batch(x, y) == fresh.train_on_batch(x, y));
  CHECK(used.weights() == fresh.weights());
}
TEST_CASE("a model that was moved from says so, and the other goes on", "[model][weights]") {
  auto from = model_of<Net>();
  from.train_on_batch(x, y);
  auto model = std::move(from);
  const auto& constant = from;
  const std::string moved = "this model was moved from: it has no weights any more";
  CHECK(error_of([&] { constant.get_weights(); }) == moved);
  CHECK(error_of([&] { static_cast<void>(constant.weights()); }) == moved);
  CHECK(error_of([&] { from.set_weights(model.get_weights()); }) == moved);
  CHECK(error_of([&] { from.set_all_weights(model.weights()); }) == moved);
  CHECK(error_of([&] { from.initialize(1); }) == moved);
  CHECK(error_of([&] { from.save("nowhere"); }) == moved);
  CHECK(error_of([&] { from.load_weights("nowhere"); }) == moved);
  CHECK(error_of([&] { from.predict(x); }) == moved);
  CHECK(error_of([&] { from.evaluate(x, y); }) == moved);
  CHECK(error_of([&] { from.fit(x, y); }) == moved);
  CHECK(error_of([&] { from.train_on_batch(x, y); }) == moved);
  CHECK(error_of([&] { from.test_on_batch(x, y); }) == moved);
  CHECK(error_of([&] { from.optimizer(); }) == moved);
  CHECK(error_of([&] { from.set_learning_rate(1); }) == moved);
  CHECK(error_of([&] { constant.summary_text(); }) == moved);
  CHECK(model.train_on_batch(x, y).size() == 1);
  from = std::move(model);
  CHECK(from.predict(x).shape(0) == 3);
  CHECK(error_of([&] { model.predict(x); }) == moved);
}
TEST_CASE("one thread is in a model at a time, another is refused", "[model][threads]") {
  auto model = model_of<Net>();
  struct Meanwhile {
    decltype(model)* used;
    std::string* error;
    void on_train_batch_end(tn::TrainableModel&, int, const tn::Logs&) {
      used->predict(x);  // the thread that is in it already
      tn::Inference<Net>{*used};
      std::thread([&] { *error = error_of([&] { used->predict(x); }) + error_of([&] { tn::Inference<Net>{*used}; }); }).join();
    }
  };
  std::string error;
  model.fit(x, y, {.callbacks = {Meanwhile{&model, &error}}, .verbose = 0});
  CHECK(error.starts_with("predict: the model is in use by another thread"));
  CHECK(error.find("weights: the model is in use by another thread") != std::string::npos);
  std::thread([&] { CHECK(model.predict(x).shape(0) == 3); }).join();  // one after the other is as good as one
}
TEST_CASE("a batch normalization learns its moving averages", "[model][weights]") {
  auto model = model_of<Net>();
  model.fit(x, y, {.batch_size = 2, .verbose = 0, .seed = 1});
  CHECK(model.get_weights()[6](0) != 1);
}

TEST_CASE("summary is Keras's table", "[model][summary]") {
  const std::string text = model_of<Net>().summary_text();
  INFO(text);
  CHECK(text.starts_with(R"(Model: "net"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ dense (Dense)                   │ (None, 3)              │             9 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ block (Block)                   │ (None, 3)              │            21 │
)"));
  CHECK(text.find(R"(
 Total params: 55 (220.00 B)
 Trainable params: 43 (172.00 B)
 Non-trainable params: 12 (48.00 B)
 Memory: )") != std::string::npos);
  CHECK(tn::detail::with_commas(225034) == "225,034");
  CHECK(tn::detail::with_commas(1000000) == "1,000,000");
  CHECK(tn::detail::with_commas(999) == "999");
  CHECK(tn::detail::size_text(225034 * 4) == "879.04 KB");
}

TEST_CASE("a saved model predicts as before", "[model][checkpoint]") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "net.safetensors";
  auto model = model_of<Net>();
  model.fit(x, y, {.epochs = 2, .verbose = 0});
  model.save(path);
  auto loaded = tn::load<Net, tn::Reference>(path);
  CHECK((loaded.predict(x) == model.predict(x)));
  auto other = model_of<Net>();
  other.load_weights(path);
  CHECK((other.predict(x) == model.predict(x)));
}
TEST_CASE("the file of another architecture is refused, and nothing is changed", "[model][checkpoint]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.path() / "other.safetensors";
  model_of<Other>().save(path);
  const auto refusal = [&](auto& model) {
    const std::vector<float> before = model.weights();
    const std::string error = error_of([&] { model.load_weights(path); });
    CHECK(before == model.weights());
    return error;
  };
  auto same = model_of<SameWeights>();
  CHECK(refusal(same) == path + ": tensor 'dense/kernel' has the shape (2, 4), expected (2, 3); the file does not belong to the model same_weights");
  auto net = model_of<Net>();
  model_of<SameWeights>().save(path);
  CHECK(refusal(net) == path + ": tensor 'block/dense/kernel' is missing, expected one of shape (3, 3); the file does not belong to the model net");
  net.save(path);
  CHECK(refusal(same) == path + ": tensor 'block/dense/kernel' of shape (3, 3) is not in the model; the file does not belong to the model same_weights");
  model_of<WithDropout>().save(path);
  CHECK(refusal(same) == path + ": its architecture is another one: behind 'dense(3,)' it has 'dropout(3,)', the model has 'dense_1(1,)'; the file does not belong to the model same_weights");
  CHECK(error_of([&] { tn::load<Net, tn::Reference>(folder.path() / "none"); }) == (folder.path() / "none").string() + ": no such file");
}
TEST_CASE("the first difference of two architectures is named", "[model][checkpoint]") {
  using tn::detail::first_difference;
  CHECK(first_difference("input(28, 28, 1) flatten(784,)", "input(28, 28, 3) flatten(2352,)") == "it begins with 'input(28, 28, 1)', the model has 'input(28, 28, 3)'");
  CHECK(first_difference("input(8,) dense(3,)", "input(8,) dense(3,) re_lu(3,)") == "behind 'dense(3,)' it has nothing more, the model has 're_lu(3,)'");
  CHECK(first_difference("input(8,) dense(3,) re_lu(3,)", "input(8,) dense(3,)") == "behind 'dense(3,)' it has 're_lu(3,)', the model has nothing more");
  CHECK(first_difference("", "input(8,)") == "it begins with nothing more, the model has 'input(8,)'");
  CHECK(first_difference("no brackets", "input(8,)") == "it begins with 'no brackets', the model has 'input(8,)'");
}
TEST_CASE("a file without fingerprint needs only the tensors", "[model][checkpoint]") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "plain.safetensors";
  const std::vector<float> kernel{1, 2, 3, 4, 5, 6}, bias{0, 0, 0}, head{1, 1, 1}, one{9};
  tn::write_safetensors(path, std::vector<tn::NamedTensor>{{"dense/kernel", {2, 3}, kernel.data()}, {"dense/bias", {3}, bias.data()},
                                                           {"dense_1/kernel", {3, 1}, head.data()}, {"dense_1/bias", {1}, one.data()}});
  auto model = tn::load<SameWeights, tn::Reference>(path);
  CHECK(model.predict(xt::xtensor<float, 2>{{1, 1}})(0, 0) == 5 + 7 + 9 + 9);
}

namespace {
struct AddNoise {
  static constexpr auto call(auto in) { return in * 0 + tn::random_uniform(in, in.shape()); }
};
struct Noisy : tn::Sequential<tn::Input<2>, AddNoise, tn::Dense<1>> {};
}  // namespace
TEST_CASE("random numbers are new in each batch that is predicted or evaluated, and repeated from a seed", "[model][noise]") {
  auto model = model_of<Noisy>();
  const xt::xtensor<float, 2> zeros = xt::zeros<float>({4, 2});
  const auto all = [&] {
    model.initialize(3);
    std::vector<float> seen;
    for (int call = 0; call < 2; ++call) {
      const auto predicted = model.predict(zeros, {.batch_size = 2});
      seen.insert(seen.end(), predicted.begin(), predicted.end());
      seen.push_back(static_cast<float>(model.evaluate(zeros, xt::xtensor<float, 1>{0, 0, 0, 0}, {.verbose = 0})[0]));
    }
    return seen;
  };
  const auto first = all();
  CHECK(all() == first);
  for (std::size_t i = 0; i < first.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK(first[i] != first[j]);
}
