#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/callbacks/csv_logger.hpp>
#include <tenon/model/callbacks/early_stopping.hpp>
#include <tenon/model/callbacks/learning_rate_scheduler.hpp>
#include <tenon/model/callbacks/model_checkpoint.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

#include <limits>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;

namespace {

struct Net : tn::Sequential<tn::Input<1>, tn::Dense<1>> {};
auto line() { return tn::compile<Net, tn::Reference>(tn::SGD{.learning_rate = 0.1f}, tn::MeanSquaredError{}); }

const xt::xtensor<float, 2> x{{0}, {1}, {2}};
const xt::xtensor<float, 1> y{1, 2, 3};

tn::Logs logs_of(std::initializer_list<std::pair<const char*, double>> items) {
  tn::Logs logs;
  for (const auto& [name, value] : items) logs.set(name, value);
  return logs;
}

// Epochs until EarlyStopping stops, given what is monitored; as many as there are if it does not.
int epochs_until_stop(tn::EarlyStopping stopping, const std::vector<double>& values, const char* name = "val_loss") {
  auto model = line();
  stopping.on_train_begin(model);
  int epoch = 0;
  for (const double value : values) {
    stopping.on_epoch_end(model, epoch++, logs_of({{name, value}}));
    if (model.stop_training) break;
  }
  return epoch;
}

struct Recorder {
  std::string text = {};
  void on_train_begin(tn::TrainableModel&) { text += "("; }
  void on_epoch_begin(tn::TrainableModel&, int epoch) { text += "e" + std::to_string(epoch); }
  void on_train_batch_begin(tn::TrainableModel&, int batch) { text += "b" + std::to_string(batch); }
  void on_train_batch_end(tn::TrainableModel&, int, const tn::Logs& logs) { text += logs.find("loss") ? "." : "?"; }
  void on_epoch_end(tn::TrainableModel&, int, const tn::Logs& logs) { text += logs.find("val_loss") ? "v" : "n"; }
  void on_train_end(tn::TrainableModel&) { text += ")"; }
};
struct StopAfterFirst {
  void on_epoch_end(tn::TrainableModel& model, int, const tn::Logs&) { model.stop_training = true; }
};
static_assert(tn::callback<StopAfterFirst> && !tn::callback<int> && !tn::callback<Net>);

}  // namespace

TEST_CASE("fit calls every member of a callback in order", "[model][callbacks]") {
  Recorder recorder;
  auto model = line();
  model.fit(x, y, {.batch_size = 2, .epochs = 2, .validation_data = {x, y}, .callbacks = {&recorder}, .verbose = 0});
  CHECK(recorder.text == "(e0b0.b1.ve1b0.b1.v)");
}
TEST_CASE("a callback of one's own ends training", "[model][callbacks]") {
  auto model = line();
  CHECK(model.fit(x, y, {.epochs = 5, .callbacks = {StopAfterFirst{}}, .verbose = 0}).epochs() == 1);
  CHECK(model.fit(x, y, {.epochs = 2, .verbose = 0}).epochs() == 2);  // the next call starts anew
}

TEST_CASE("EarlyStopping stops after patience epochs without improvement", "[model][callbacks]") {
  CHECK(epochs_until_stop({.patience = 2}, {3, 2, 2.5, 2.1, 1}) == 4);
  CHECK(epochs_until_stop({.patience = 0}, {3, 2, 2, 1}) == 3);
  CHECK(epochs_until_stop({.patience = 1}, {3, 3.5, 1}) == 2);
  CHECK(epochs_until_stop({.patience = 0}, {3, 4}) == 2);
  CHECK(epochs_until_stop({.min_delta = 0.5, .patience = 1}, {3, 2.6, 2}) == 2);
  CHECK(epochs_until_stop({.min_delta = -0.5, .patience = 1}, {3, 2.4, 2}) == 3);
  CHECK(epochs_until_stop({.patience = 1}, {3, std::numeric_limits<double>::quiet_NaN(), 2}) == 2);
  CHECK(epochs_until_stop({.patience = 1, .start_from_epoch = 2}, {3, 4, 5, 6, 7}) == 4);
  CHECK(epochs_until_stop({.patience = 2}, {3, 2, 1.5, 1.6, 0}) == 5);
  CHECK(epochs_until_stop({.patience = 2, .baseline = 1}, {3, 2, 1.5, 1.6, 0}) == 4);
}
TEST_CASE("EarlyStopping knows where more is better", "[model][callbacks]") {
  CHECK(epochs_until_stop({.monitor = "val_accuracy", .patience = 1}, {.1, .2, .3, .2, .5}, "val_accuracy") == 4);
  CHECK(epochs_until_stop({.monitor = "gain", .patience = 1, .mode = tn::Mode::max}, {1, 2, 1}, "gain") == 3);
  CHECK(epochs_until_stop({.monitor = "val_accuracy", .patience = 1, .mode = tn::Mode::min}, {.1, .2}, "val_accuracy") == 2);
  CHECK(epochs_until_stop({.monitor = "nothing"}, {1, 2, 3}) == 3);
}
TEST_CASE("EarlyStopping restores the best weights", "[model][callbacks]") {
  auto model = line();
  tn::EarlyStopping stopping{.patience = 1, .restore_best_weights = true};
  stopping.on_train_begin(model);
  const auto epoch = [&](int number, float weight, double loss) {
    std::vector<float> all = model.weights();
    all[0] = weight;
    model.set_all_weights(all);
    stopping.on_epoch_end(model, number, logs_of({{"val_loss", loss}}));
  };
  epoch(0, 1, 3.);
  epoch(1, 2, 2.);
  epoch(2, 3, 2.5);
  CHECK(model.stop_training);
  CHECK(model.weights()[0] == 3);
  stopping.on_train_end(model);
  CHECK(model.weights()[0] == 2);
  CHECK(stopping.best_epoch == 1);
  CHECK(stopping.stopped_epoch == 2);
  CHECK(stopping.best == 2);
}

TEST_CASE("CSVLogger writes epochs as Keras's", "[model][callbacks]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.path() / "log.csv";
  auto model = line();
  tn::CSVLogger logger{path};
  const auto run = [&](tn::CSVLogger& l) {
    l.on_train_begin(model);
    l.on_epoch_end(model, 0, logs_of({{"loss", 0.25}, {"accuracy", 0.2857142984867096}}));
    l.on_epoch_end(model, 1, logs_of({{"loss", 3}, {"accuracy", 1e-5}}));
    l.on_train_end(model);
  };
  run(logger);
  const std::string header = "epoch,accuracy,loss,val_accuracy,val_loss\r\n", rows = "0,0.2857142984867096,0.25,NA,NA\r\n1,1e-05,3.0,NA,NA\r\n";
  CHECK(support::content_of(path) == header + rows);
  run(logger);
  CHECK(support::content_of(path) == header + rows);
  tn::CSVLogger more{.filename = path, .append = true};
  run(more);
  CHECK(support::content_of(path) == header + rows + rows);

  const auto history = model.fit(x, y, {.validation_data = {x, y}, .callbacks = {tn::CSVLogger{path, ";"}}, .verbose = 0});
  const auto number = [&](const char* key) { return tn::CSVLogger::number_text(history[key][0]); };
  CHECK(support::content_of(path) == "epoch;loss;val_loss\r\n0;" + number("loss") + ";" + number("val_loss") + "\r\n");
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::CSVLogger{folder.path() / "no" / "log.csv"}}}); }).ends_with("log.csv: cannot be opened for writing"));
}

TEST_CASE("ModelCheckpoint fills in its path", "[model][callbacks]") {
  const auto logs = logs_of({{"val_loss", 0.12345}, {"accuracy", 1}});
  const auto path = [&](const std::string& text) { return tn::ModelCheckpoint{.filepath = text}.path_for(6, logs); };
  CHECK(path("net.{epoch:02d}-{val_loss:.2f}.safetensors") == "net.07-0.12.safetensors");
  CHECK(path("{epoch}{accuracy}") == "71");
  CHECK(path("{epoch:03d}-{val_loss:.1e}") == "007-1.2e-01");
  CHECK(path("plain {") == "plain {");
  CHECK(error_of([&] { path("{loss:.2f}"); }) == "logs: 'loss' is not among 'accuracy', 'val_loss'");
  CHECK(error_of([&] { path("{val_loss:s}"); }) == "ModelCheckpoint: the format 's' is not one of d, f, e, g with width and precision, as in 02d or .2f");
}
TEST_CASE("ModelCheckpoint saves every epoch, or the best", "[model][callbacks]") {
  const support::TemporaryFolder folder;
  auto model = line();
  model.fit(x, y, {.epochs = 3, .callbacks = {tn::ModelCheckpoint{.filepath = folder.path() / "{epoch}"}}, .verbose = 0});
  CHECK(std::filesystem::exists(folder.path() / "1"));
  CHECK(std::filesystem::exists(folder.path() / "3"));

  tn::ModelCheckpoint best{.filepath = folder.path() / "best{epoch}", .save_best_only = true};
  best.on_train_begin(model);
  int epoch = 0;
  for (const double loss : {3., 2., 2., 1.}) best.on_epoch_end(model, epoch++, logs_of({{"val_loss", loss}}));
  CHECK(std::filesystem::exists(folder.path() / "best2"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "best3"));
  CHECK(std::filesystem::exists(folder.path() / "best4"));
}
TEST_CASE("LearningRateScheduler sets the rate before each epoch", "[model][callbacks]") {
  auto model = line();
  model.fit(x, y, {.epochs = 3, .callbacks = {tn::LearningRateScheduler{[](int epoch, float rate) { return epoch == 0 ? 1.f : rate / 2; }}}, .verbose = 0});
  CHECK(model.learning_rate() == 0.25f);
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::LearningRateScheduler{}}, .verbose = 0}); }) ==
        "LearningRateScheduler: schedule is empty, expected a function of epoch and learning rate");
}

namespace {
template <class Model>
struct Evaluate {
  Model* model;
  std::vector<double> losses = {};
  void on_train_batch_end(tn::TrainableModel&, int, const tn::Logs& logs) {
    losses.push_back(logs["loss"]);
    model->evaluate(x * 10, y, {.verbose = 0});
  }
};
}  // namespace
TEST_CASE("a callback may evaluate while a model is trained, and disturbs nothing", "[model][callbacks]") {
  auto one = line(), two = line();
  Evaluate<decltype(one)> evaluate{&one};
  std::vector<double> losses;
  struct Losses {
    std::vector<double>* to;
    void on_train_batch_end(tn::TrainableModel&, int, const tn::Logs& logs) { to->push_back(logs["loss"]); }
  };
  const tn::FitOptions quiet{.batch_size = 1, .epochs = 2, .shuffle = false, .verbose = 0, .seed = 1};
  auto with = quiet, without = quiet;
  with.callbacks = {&evaluate}, without.callbacks = {Losses{&losses}};
  const auto h1 = one.fit(x, y, with), h2 = two.fit(x, y, without);
  CHECK(evaluate.losses == losses);
  CHECK(h1["loss"] == h2["loss"]);
}
