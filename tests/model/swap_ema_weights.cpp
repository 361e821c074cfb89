#include <tenon/model/callbacks/swap_ema_weights.hpp>

#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/callbacks/backup_and_restore.hpp>
#include <tenon/model/callbacks/lambda_callback.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/modifiers/exponential_moving_average.hpp>
#include <tenon/optimizers/modifiers/gradient_accumulation.hpp>
#include <tenon/optimizers/schedules/cosine_decay.hpp>
#include <tenon/optimizers/sgd.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;

namespace {

struct Net : tn::Sequential<tn::Input<1>, tn::Dense<1>> {};
auto averaged() {
  return tn::compile<Net, tn::Reference>(
      tn::with(tn::SGD{.learning_rate = tn::CosineDecay{.initial_learning_rate = 0.1, .decay_steps = 12}, .momentum = 0.5f}, tn::ExponentialMovingAverage{.ema_momentum = 0.75f}, tn::GradientAccumulation{2}),
      tn::MeanSquaredError{});
}

const xt::xtensor<float, 2> x{{0}, {1}, {2}};
const xt::xtensor<float, 1> y{1, 2, 4};

/// The loss of y = a x + b, by hand.
double loss_of(const std::vector<double>& w) {
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) sum += std::pow(w[0] * x(i, 0) + w[1] - y(i), 2);
  return sum / 3;
}
std::vector<double> weights_of(const tn::TrainableModel& model) {
  const std::vector<float> all = model.weights();
  return {all[0], all[tn::parameter_alignment]};
}

/// The moving averages as they should be, from the first update on, which is the second step, and the weights in the places where a callback may look.
struct Follow {
  std::vector<double> averages = {}, trained = {}, at_epoch_end = {}, losses = {};
  void on_train_batch_end(tn::TrainableModel& model, int, const tn::Logs&) {
    trained = weights_of(model);
    if (model.iterations() <= 2) averages = trained;
    for (std::size_t i = 0; i < 2; ++i) averages[i] = 0.75 * averages[i] + 0.25 * trained[i];
  }
  void on_epoch_end(tn::TrainableModel& model, int, const tn::Logs&) {
    losses.push_back(loss_of(averages));
    at_epoch_end = weights_of(model);
  }
};
void check_close(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-5));
}

}  // namespace

TEST_CASE("SwapEMAWeights measures with averages and trains without", "[model][callbacks]") {
  for (const bool swap_on_epoch : {false, true}) {
    auto model = averaged(), without = averaged();
    Follow follow, undisturbed;
    const auto history = model.fit(x, y, {.batch_size = 1, .epochs = 4, .validation_data = {x, y}, .callbacks = {tn::SwapEMAWeights{.swap_on_epoch = swap_on_epoch}, &follow}, .verbose = 0, .seed = 1});
    check_close(history["val_loss"], follow.losses);
    check_close(follow.at_epoch_end, swap_on_epoch ? follow.averages : follow.trained);
    check_close(weights_of(model), follow.averages);
    without.fit(x, y, {.batch_size = 1, .epochs = 4, .callbacks = {&undisturbed}, .verbose = 0, .seed = 1});
    CHECK(follow.trained == undisturbed.trained);
    CHECK(weights_of(model) == weights_of(without));
  }
}
TEST_CASE("SwapEMAWeights leaves averages where a callback behind it ends training", "[model][callbacks]") {
  auto model = averaged();
  Follow follow;
  const tn::LambdaCallback stop{.on_epoch_end = [](tn::TrainableModel& m, int epoch, tn::Logs&) { m.stop_training = epoch == 1; }};
  model.fit(x, y, {.batch_size = 1, .epochs = 4, .callbacks = {tn::SwapEMAWeights{.swap_on_epoch = true}, &follow, stop}, .verbose = 0, .seed = 1});
  CHECK(follow.losses.size() == 2);
  check_close(weights_of(model), follow.averages);
}
TEST_CASE("averages, schedules and accumulated gradients go on from a file, in the midst of an epoch, too", "[model][callbacks][backup]") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "state";
  auto one = averaged(), two = averaged(), interrupted = averaged(), resumed = averaged(), undisturbed = averaged();
  for (int step = 0; step < 3; ++step) one.train_on_batch(x, y);  // the fourth updates
  one.save_state(path);
  two.load_state(path);
  CHECK(two.learning_rate() == one.learning_rate());
  for (int step = 0; step < 3; ++step) CHECK(one.train_on_batch(x, y) == two.train_on_batch(x, y));
  one.swap_ema_weights(), two.swap_ema_weights();
  CHECK(one.weights() == two.weights());

  const auto fit = [&](auto& model, int interrupt) {
    const tn::LambdaCallback end{.on_train_batch_begin = [=](tn::TrainableModel& m, int) { if (m.iterations() == interrupt) throw std::runtime_error("interrupted"); }};
    return model.fit(x, y, {.batch_size = 1, .epochs = 4, .validation_data = {x, y}, .callbacks = {tn::BackupAndRestore{.backup_dir = folder.path() / "backup", .save_freq = 1}, tn::SwapEMAWeights{.swap_on_epoch = true}, end}, .verbose = 0, .seed = 1});
  };
  for (const int step : {5, 6}) {  // in the midst of an epoch, and between two
    CHECK(error_of([&] { fit(interrupted, step); }) == "interrupted");
    resumed.initialize(9), undisturbed.initialize(0);
    const auto h1 = fit(resumed, -1);  // which begins with other weights, and takes those of the file
    const auto h2 = fit(undisturbed, -1);
    CHECK(h1["val_loss"] == h2["val_loss"]);
    CHECK(resumed.weights() == undisturbed.weights());
    interrupted.initialize(0);
  }
}
TEST_CASE("SwapEMAWeights needs averages", "[model][callbacks]") {
  auto model = averaged();
  CHECK(error_of([&] { model.swap_ema_weights(); }).starts_with("swap_ema_weights: there are no moving averages of the weights"));
}
