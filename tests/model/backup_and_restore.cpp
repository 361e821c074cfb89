#include <tenon/model/callbacks/backup_and_restore.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>

#include <tenon/backend/reference.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/callbacks/csv_logger.hpp>
#include <tenon/model/callbacks/early_stopping.hpp>
#include <tenon/model/callbacks/learning_rate_scheduler.hpp>
#include <tenon/model/callbacks/model_checkpoint.hpp>
#include <tenon/model/callbacks/reduce_lr_on_plateau.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/adam.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/full_disk.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
namespace fs = std::filesystem;
using support::content_of;
using support::error_of;

namespace {

struct Net : tn::Sequential<tn::Input<2>, tn::Dense<4>, tn::BatchNormalization, tn::Dropout<0.4>, tn::Dense<1>> {};
auto model_of() { return tn::compile<Net, tn::Reference>(tn::Adam{.learning_rate = 0.05f}, tn::MeanSquaredError{}); }

const xt::xtensor<float, 2> x{{0, 1}, {1, 0}, {2, 1}, {1, 3}, {0, 2}, {-1, 0}, {3, 1}};
const xt::xtensor<float, 1> y{1, 2, 3, 0, 1, 2, 5};

/// Throws in the middle of training, once.
struct Interrupt {
  int* epochs_left;
  int batch;
  void on_train_batch_begin(tn::TrainableModel&, int b) {
    if (*epochs_left >= 0 && b == batch && (*epochs_left)-- == 0) throw std::runtime_error("interrupted");
  }
};

/// Ends training after so many epochs in a row that are good enough.
struct StopWhenSteady {
  double wanted = 0.1;
  int patience = 3;
  int good = 0;
  void on_epoch_end(tn::TrainableModel& model, int, const tn::Logs& logs) {
    good = logs["val_loss"] <= wanted ? good + 1 : 0;
    if (good >= patience) model.stop_training = true;
  }
  void remember(tn::CallbackState& state) { state("good", good); }
};

/// Everything that a run leaves: weights, history, the files of its callbacks.
std::string result_of(const fs::path& folder, int save_freq, const std::vector<tn::AnyCallback>& more = {}, tn::FitOptions options = {.batch_size = 2, .epochs = 6, .verbose = 0, .seed = 3}) {
  auto model = model_of();
  options.validation_data = {x, y};
  options.callbacks = {tn::BackupAndRestore{.backup_dir = folder / "backup", .save_freq = save_freq},
                       tn::EarlyStopping{.patience = 3, .restore_best_weights = true},
                       tn::LearningRateScheduler{[](int epoch, float rate) { return epoch == 2 ? rate / 2 : rate; }},
                       tn::ReduceLROnPlateau{.factor = 0.5, .patience = 1, .min_delta = 0.2},
                       tn::ModelCheckpoint{.filepath = folder / "best", .save_best_only = true},
                       tn::CSVLogger{folder / "log.csv"},
                       StopWhenSteady{.wanted = 1e9, .patience = 5}};  // which is after five of six epochs
  options.callbacks.insert(options.callbacks.end(), more.begin(), more.end());
  const tn::History history = model.fit(x, y, options);
  model.train_on_batch(x, y);  // whatever else the state is
  std::string all = content_of(folder / "log.csv") + content_of(folder / "best");
  for (const std::string& key : history.keys()) {
    all += key;
    for (const double value : history[key]) all += " " + tn::CSVLogger::number_text(value);
  }
  for (const int epoch : history.epoch()) all += std::to_string(epoch);
  for (const float weight : model.weights()) all += tn::CSVLogger::number_text(weight) + " ";
  return all + std::to_string(model.iterations()) + " " + std::to_string(history.seed());
}
const std::string& undisturbed() {
  static const std::string result = [] {
    const support::TemporaryFolder folder;
    return result_of(folder.path(), tn::SaveFreq::epoch);
  }();
  return result;
}

}  // namespace

TEST_CASE("training that was interrupted anywhere goes on to the same bits", "[model][callbacks][backup]") {
  for (const int save_freq : {tn::SaveFreq::epoch, 1, 3})
    for (const int epoch : {0, 3})
      for (const int batch : {0, 3}) {
        CAPTURE(save_freq, epoch, batch);
        const support::TemporaryFolder folder;
        int left = epoch;
        CHECK(error_of([&] { result_of(folder.path(), save_freq, {Interrupt{&left, batch}}); }) == "interrupted");
        CHECK(result_of(folder.path(), save_freq, {Interrupt{&left, batch}}) == undisturbed());
        CHECK_FALSE(fs::exists(folder.path() / "backup"));  // it is not needed any more
      }
}
TEST_CASE("training that is killed at any moment goes on to the same bits", "[model][callbacks][backup]") {
  undisturbed();
  const auto begin = std::chrono::steady_clock::now();  // a run takes so long that it is killed about once
  {
    const support::TemporaryFolder folder;
    REQUIRE(result_of(folder.path(), 1) == undisturbed());
  }
  const std::chrono::duration<double, std::micro> duration = std::chrono::steady_clock::now() - begin;
  tn::Random random(std::random_device{}());
  int kills = 0;
  for (int run = 0; run < 30 && kills < 10; ++run) {
    const support::TemporaryFolder folder;
    for (bool done = false; !done;) {
      const pid_t child = fork();
      if (child == 0) {
        std::ofstream(folder.path() / "result", std::ios::binary) << result_of(folder.path(), 1 + run % 3);
        _exit(0);
      }
      usleep(static_cast<useconds_t>(random.uniform() * duration.count()));
      kill(child, SIGKILL);
      int status = 0;
      waitpid(child, &status, 0);
      done = WIFEXITED(status);
      kills += !done;
    }
    CHECK(content_of(folder.path() / "result") == undisturbed());
  }
  CHECK(kills > 0);
}
TEST_CASE("training that is done is found to be done, and may be given more epochs", "[model][callbacks][backup]") {
  const support::TemporaryFolder folder;
  const tn::BackupAndRestore keep{.backup_dir = folder.path() / "backup", .delete_checkpoint = false};
  auto first = model_of(), second = model_of(), third = model_of();
  const auto options = [&](int epochs) { return tn::FitOptions{.batch_size = 2, .epochs = epochs, .callbacks = {keep}, .verbose = 0, .seed = 3}; };
  const auto h1 = first.fit(x, y, options(2)), h2 = second.fit(x, y, options(2)), h3 = second.fit(x, y, options(4));
  CHECK(h2["loss"] == h1["loss"]);
  CHECK(h3.epoch() == std::vector<int>{0, 1, 2, 3});
  auto all = options(4);
  all.callbacks.clear();
  CHECK(third.fit(x, y, all)["loss"] == h3["loss"]);
  CHECK(third.weights() == second.weights());
}
TEST_CASE("a backup keeps the seed that was drawn", "[model][callbacks][backup]") {
  const support::TemporaryFolder folder;
  const tn::BackupAndRestore keep{.backup_dir = folder.path() / "backup", .delete_checkpoint = false};
  auto first = model_of(), second = model_of();
  const auto seed = first.fit(x, y, {.callbacks = {keep}, .verbose = 0}).seed();
  CHECK(second.fit(x, y, {.callbacks = {keep}, .verbose = 0}).seed() == seed);
}
TEST_CASE("a backup that does not fit is refused with the reason", "[model][callbacks][backup]") {
  const support::TemporaryFolder folder;
  int left = 1;
  CHECK(error_of([&] { result_of(folder.path(), 1, {Interrupt{&left, 2}}); }) == "interrupted");
  const std::string path = folder.path() / "backup" / "latest.safetensors";
  const auto refusal = [&](const std::vector<tn::AnyCallback>& more, const tn::FitOptions& options) {
    const std::string error = error_of([&] { result_of(folder.path(), 1, more, options); });
    CHECK(error.starts_with(path + ": "));
    return error.substr(path.size() + 2);
  };
  CHECK(refusal({}, {.batch_size = 3, .epochs = 5, .verbose = 0, .seed = 3}) == "was written by a call of fit with batch_size 2, this one has 3");
  CHECK(refusal({}, {.batch_size = 2, .epochs = 5, .verbose = 0, .seed = 4}) == "was written by a call of fit with seed 3, this one has 4");
  const std::string kept = "EarlyStopping, ReduceLROnPlateau, ModelCheckpoint, CSVLogger, StopWhenSteady";
  CHECK(refusal({tn::EarlyStopping{}}, {.batch_size = 2, .epochs = 5, .verbose = 0, .seed = 3}) ==
        "was written by a call of fit with callbacks " + kept + ", this one has " + kept + ", EarlyStopping");
  model_of().save_state(path);
  CHECK(refusal({}, {.batch_size = 2, .epochs = 5, .verbose = 0, .seed = 3}) == "holds the state of a model, and not of a call of fit");
  fs::resize_file(path, 100);
  CHECK(refusal({}, {.batch_size = 2, .epochs = 5, .verbose = 0, .seed = 3}).starts_with("truncated"));

  auto model = model_of();
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::BackupAndRestore{}}, .verbose = 0}); }) == "BackupAndRestore: backup_dir is empty, expected a folder");
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::BackupAndRestore{.backup_dir = folder.path(), .save_freq = -1}}, .verbose = 0}); }) ==
        "BackupAndRestore: save_freq is -1, expected SaveFreq::epoch or a number of batches");
}
TEST_CASE("with double_checkpoint a damaged backup is not the end", "[model][callbacks][backup]") {
  const support::TemporaryFolder folder;
  const tn::BackupAndRestore twice{.backup_dir = folder.path() / "backup", .double_checkpoint = true, .delete_checkpoint = false};
  auto first = model_of(), second = model_of();
  const tn::FitOptions options{.batch_size = 2, .epochs = 3, .callbacks = {twice}, .verbose = 0, .seed = 3};
  const auto history = first.fit(x, y, options);
  fs::resize_file(folder.path() / "backup" / "latest.safetensors", 100);
  CHECK(second.fit(x, y, options)["loss"] == history["loss"]);
  CHECK(second.weights() == first.weights());
}
TEST_CASE("a backup that cannot be written ends fit, and the old one stays", "[model][callbacks][backup]") {
  const support::TemporaryFolder folder;
  const fs::path backup = folder.path() / "backup", file = backup / "latest.safetensors";
  auto model = model_of();
  std::string before;
  struct FillDisk {
    fs::path file;
    std::string* before;
    std::shared_ptr<support::FullDisk> disk = {};
    void on_epoch_begin(tn::TrainableModel&, int epoch) {
      if (epoch != 1) return;
      *before = content_of(file);
      disk = std::make_shared<support::FullDisk>(1000);
    }
  };
  {
    FillDisk fill{file, &before};
    CHECK(error_of([&] { model.fit(x, y, {.epochs = 3, .callbacks = {tn::BackupAndRestore{.backup_dir = backup}, &fill}, .verbose = 0}); }).starts_with(file.string() + ": cannot be written: "));
  }
  CHECK(before.size() > 1000);
  CHECK(content_of(file) == before);
  CHECK(std::distance(fs::directory_iterator(backup), fs::directory_iterator()) == 1);

  folder.write("a file", "");
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::BackupAndRestore{.backup_dir = folder.path() / "a file"}}, .verbose = 0}); }).find("a file") != std::string::npos);
}
