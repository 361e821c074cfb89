#include <tenon/backend/reference.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/model/load.hpp>
#include <tenon/optimizers/adam.hpp>
#include <tenon/optimizers/sgd.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/full_disk.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;

namespace {

struct Net : tn::Sequential<tn::Input<2>, tn::Dense<3>, tn::BatchNormalization, tn::Dropout<0.4>, tn::Dense<1>> {};
struct Other : tn::Sequential<tn::Input<2>, tn::Dense<1>> {};

template <class N = Net>
auto model_of(auto optimizer) { return tn::compile<N, tn::Reference>(optimizer, tn::MeanSquaredError{}); }

const xt::xtensor<float, 2> x{{0, 1}, {1, 0}, {2, 1}};
const xt::xtensor<float, 1> y{1, 2, 3};

std::vector<float> weights_after_three_more(auto& model) {
  for (int step = 0; step < 3; ++step) model.train_on_batch(x, y);
  return model.weights();
}

}  // namespace

TEST_CASE("training goes on from its saved state as if it had not ended", "[model][training_state]") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "state";
  auto one = model_of(tn::Adam{});
  one.fit(x, y, {.batch_size = 1, .epochs = 2, .verbose = 0, .seed = 12'345'678'901'234'567'890u});
  one.set_learning_rate(0.25f);
  one.save_state(path);
  const auto saved = support::content_of(path);

  auto two = model_of(tn::Adam{});
  two.load_state(path);
  CHECK(two.iterations() == 6);
  CHECK(two.learning_rate() == 0.25f);
  CHECK(two.weights() == one.weights());
  two.save_state(path);
  CHECK(support::content_of(path) == saved);
  const auto expected = weights_after_three_more(one);
  CHECK(weights_after_three_more(two) == expected);
  two.load_state(path);  // into a model that has been trained meanwhile
  CHECK(weights_after_three_more(two) == expected);

  auto weights_only = model_of(tn::Adam{});
  weights_only.load_weights(path);
  CHECK(weights_after_three_more(weights_only) != expected);  // the state is more than the weights
  CHECK(tn::load<Net, tn::Reference>(path).weights() != expected);
}
TEST_CASE("what a saved state does not have was nothing", "[model][training_state]") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "state";
  auto fresh = model_of(tn::Adam{}), used = model_of(tn::Adam{});
  fresh.save_state(path);  // before its first step
  weights_after_three_more(used);
  used.load_state(path);
  CHECK(used.iterations() == 0);
  CHECK(weights_after_three_more(used) == weights_after_three_more(fresh));
}
TEST_CASE("a state that does not fit is refused with the reason, and nothing is changed", "[model][training_state]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.path() / "state", weights = folder.path() / "weights";
  auto model = model_of(tn::Adam{});
  weights_after_three_more(model);
  model.save_state(path);
  model.save(weights);
  const std::string before = support::content_of(path);
  const auto refusal = [&](const std::string& file, auto& other) {
    const std::vector<float> all = other.weights();
    const std::string error = error_of([&] { other.load_state(file); });
    CHECK(all == other.weights());
    CHECK(error.starts_with(file + ": "));
    return error.substr(file.size() + 2);
  };
  auto sgd = model_of<Other>(tn::SGD{.momentum = 0.5f});
  CHECK(refusal(path, sgd) == "was written with the optimizer adam, the model has sgd");
  CHECK(refusal(weights, model) == "holds weights, and no state of training");
  CHECK(refusal(folder.path() / "none", model) == "no such file");
  CHECK(refusal(folder.write("short", before.substr(0, before.size() - 5)), model).starts_with("truncated: tensor "));
  sgd.train_on_batch(x, y);
  sgd.save_state(path);
  CHECK(refusal(path, model) == "was written with the optimizer sgd, the model has adam");

  // Changed by hand.
  const auto changed = [&](std::string text, const std::string& from, const std::string& to) {
    REQUIRE(from.size() == to.size());
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return folder.write("changed", text.replace(at, from.size(), to));
  };
  CHECK(refusal(changed(before, "\"iterations\":\"3\"", "\"iterations\":\"x\""), model) == "'iterations' is 'x', expected an integer");
  CHECK(refusal(changed(before, "\"noise_seed\"", "\"other_seed\""), model) == "holds no 'noise_seed'");
  CHECK(refusal(changed(before, "state:optimizer/momentum", "state:optimizer/momentun"), model) == "has 'momentun' of the optimizer, the model 'momentum', 'velocity', 'largest_velocity'");
  CHECK(refusal(changed(before, "\"dense/kernel\"", "\"dense/kernet\""), model).starts_with("tensor 'dense/kernel' is missing"));
}
TEST_CASE("a state that cannot be written leaves the old file", "[model][training_state]") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "state";
  auto model = model_of(tn::Adam{});
  model.save_state(path);
  const std::string before = support::content_of(path);
  weights_after_three_more(model);
  {
    const support::FullDisk disk(500);
    CHECK(error_of([&] { model.save_state(path); }).starts_with(path.string() + ": cannot be written: "));
  }
  CHECK(support::content_of(path) == before);
  CHECK(error_of([&] { model.save_state(folder.path() / "no" / "state"); }).ends_with("state: cannot be written: No such file or directory"));
}
