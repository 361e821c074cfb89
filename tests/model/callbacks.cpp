#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/model/callbacks/csv_logger.hpp>
#include <tenon/model/callbacks/early_stopping.hpp>
#include <tenon/model/callbacks/lambda_callback.hpp>
#include <tenon/model/callbacks/learning_rate_scheduler.hpp>
#include <tenon/model/callbacks/model_checkpoint.hpp>
#include <tenon/model/callbacks/reduce_lr_on_plateau.hpp>
#include <tenon/model/callbacks/terminate_on_nan.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

#include <limits>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/golden.hpp"
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

/// f(case) for each case of the file that Keras's callbacks wrote.
void for_each_case(const std::string& callback, const auto& f) {
  int cases = 0;
  const auto file = nlohmann::json::parse(std::ifstream(golden::folder() + "/callbacks.json"));
  for (const auto& c : file.at("cases"))
    if (c.at("callback") == callback) {
      INFO(c.dump());
      f(c);
      ++cases;
    }
  CHECK(cases >= 20);
}
tn::Mode mode_of(const nlohmann::json& c) { return c.at("mode") == "max" ? tn::Mode::max : tn::Mode::min; }
std::optional<double> optional(const nlohmann::json& c, const char* name) { return c.contains(name) ? std::optional<double>(c.at(name)) : std::nullopt; }

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
  CHECK(epochs_until_stop({.monitor = "loss"}, {1, 2, 3}) == 3);  // which is not measured
  CHECK(error_of([] { epochs_until_stop({.monitor = "gain"}, {1, 2, 3}); }) ==
        "EarlyStopping: monitor is 'gain', of which more may be better, or less: expected mode, too, as Mode::max or Mode::min");
  using tn::detail::more_is_better;
  for (const char* name : {"accuracy", "val_binary_accuracy", "digits_accuracy_1", "auc", "val_precision", "recall_at_precision", "f1_score", "mean_io_u", "cosine_similarity", "r2_score", "pearson_correlation"})
    CHECK(more_is_better("", name, tn::Mode::auto_));
  for (const char* name : {"loss", "val_loss", "accuracy_loss", "mean_squared_error", "val_mean_absolute_error", "accumulated_error", "hinge", "categorical_crossentropy", "kl_divergence", "poisson"})
    CHECK_FALSE(more_is_better("", name, tn::Mode::auto_));
}
TEST_CASE("EarlyStopping decides as Keras's", "[model][callbacks]") {
  auto model = line();
  for_each_case("early_stopping", [&](const nlohmann::json& c) {
    tn::EarlyStopping stopping{.monitor = "value", .min_delta = c.at("min_delta"), .patience = c.at("patience"), .mode = mode_of(c), .baseline = optional(c, "baseline"),
                               .restore_best_weights = c.at("restore_best_weights"), .start_from_epoch = c.at("start_from_epoch")};
    model.stop_training = false;
    stopping.on_train_begin(model);
    int epochs = 0;
    for (const double value : c.at("values")) {
      stopping.on_epoch_end(model, epochs++, logs_of({{"value", value}}));
      if (model.stop_training) break;
    }
    CHECK(epochs == c.at("epochs").get<int>());
    CHECK(stopping.wait == c.at("wait").get<int>());
    CHECK(stopping.best_epoch == c.at("best_epoch").get<int>());
    CHECK(stopping.stopped_epoch == c.at("stopped_epoch").get<int>());
  });
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
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::CSVLogger{"/dev/full"}}, .verbose = 0}); }) == "CSVLogger: /dev/full: cannot be written");
  CHECK(model.fit(x, y, {.callbacks = {tn::CSVLogger{"/dev/null"}}, .verbose = 0}).epochs() == 1);
  model.fit(x, y, {.epochs = 0, .callbacks = {tn::CSVLogger{path}}, .verbose = 0});
  CHECK(support::content_of(path).empty());
}

TEST_CASE("CSVLogger writes Keras's file for Keras's training", "[model][callbacks]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.path() / "log.csv";
  auto model = line();
  std::vector<float> ones = model.weights();
  ones[0] = 1, ones[tn::parameter_alignment] = 0;
  model.set_all_weights(ones);
  model.set_learning_rate(0.125f);
  const xt::xtensor<float, 2> four{{0}, {1}, {2}, {3}};  // all numbers on the way are multiples of a power of 2
  model.fit(four, xt::xtensor<float, 1>{1, 2, 4, 4}, {.batch_size = 4, .epochs = 3, .shuffle = false, .callbacks = {tn::ReduceLROnPlateau{.monitor = "loss", .factor = 0.5, .patience = 0, .min_delta = 1e9}, tn::CSVLogger{path, ";"}}, .verbose = 0});
  CHECK(support::content_of(path) == "epoch;learning_rate;loss;val_learning_rate;val_loss\r\n0;0.125;1.75;NA;NA\r\n1;0.125;0.41015625;NA;NA\r\n2;0.0625;0.373626708984375;NA;NA\r\n");
}

TEST_CASE("ModelCheckpoint fills in its path", "[model][callbacks]") {
  const auto logs = logs_of({{"val_loss", 0.12345}, {"accuracy", 1}});
  const auto path = [&](const std::string& text) { return tn::ModelCheckpoint{.filepath = text}.path_for(6, 3, logs); };
  CHECK(path("net.{epoch:02d}-{val_loss:.2f}.safetensors") == "net.07-0.12.safetensors");
  CHECK(path("{epoch}{accuracy}{batch:03d}") == "71004");
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
TEST_CASE("ModelCheckpoint saves when Keras's does", "[model][callbacks]") {
  auto model = line();
  for_each_case("model_checkpoint", [&](const nlohmann::json& c) {
    const support::TemporaryFolder folder;
    const int batches = c.at("batches");
    tn::ModelCheckpoint checkpoint{.filepath = folder.path() / "made" / (batches > 0 ? "{epoch:02d}-{batch}.keras" : "{epoch:02d}-{value:.2f}.keras"), .monitor = "value",
                                   .save_best_only = c.at("save_best_only"), .mode = mode_of(c), .save_freq = c.value("save_freq", tn::SaveFreq::epoch), .initial_value_threshold = optional(c, "initial_value_threshold")};
    const tn::AnyCallback any{&checkpoint};
    any.on_train_begin(model);
    int epoch = 0;
    for (const double value : c.at("values")) {
      tn::Logs logs = logs_of({{"value", value}});
      any.on_epoch_begin(model, epoch);
      for (int batch = 0; batch < batches; ++batch) {
        any.on_train_batch_begin(model, batch);
        if (any.wants_batch_logs()) any.on_train_batch_end(model, batch, logs);
      }
      any.on_epoch_end(model, epoch++, logs);
    }
    std::vector<std::string> saved;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "made")) saved.push_back(entry.path().filename());
    std::sort(saved.begin(), saved.end());
    CHECK(saved == c.at("saved").get<std::vector<std::string>>());
  });
}
TEST_CASE("ModelCheckpoint saves the state of training, or the weights", "[model][callbacks]") {
  const support::TemporaryFolder folder;
  const std::string all = folder.path() / "all", weights = folder.path() / "weights", missing = folder.path() / "missing";
  auto model = line();
  model.fit(x, y, {.callbacks = {tn::ModelCheckpoint{.filepath = all}, tn::ModelCheckpoint{.filepath = weights, .save_weights_only = true},
                                 tn::ModelCheckpoint{.filepath = missing, .save_best_only = true}}, .verbose = 0});  // without a value to monitor it saves
  auto other = line();
  other.load_state(all);
  CHECK(other.iterations() == 1);
  for (const std::string& file : {all, weights, missing}) {
    other.initialize(1);
    other.load_weights(file);
    CHECK(other.weights() == model.weights());
  }
  CHECK(error_of([&] { other.load_state(weights); }).ends_with("holds weights, and no state of training"));
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::ModelCheckpoint{.filepath = all + "/below"}}, .verbose = 0}); }).find(all) != std::string::npos);
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::ModelCheckpoint{.save_freq = -2}}, .verbose = 0}); }) ==
        "ModelCheckpoint: save_freq is -2, expected SaveFreq::epoch or a number of batches");
}

TEST_CASE("ReduceLROnPlateau reduces as Keras's", "[model][callbacks]") {
  auto model = line();
  for_each_case("reduce_lr_on_plateau", [&](const nlohmann::json& c) {
    tn::ReduceLROnPlateau reduce{.monitor = "value", .factor = c.at("factor"), .patience = c.at("patience"), .mode = mode_of(c), .min_delta = c.at("min_delta"), .cooldown = c.at("cooldown"), .min_lr = c.at("min_lr")};
    model.set_learning_rate(0.1f);
    reduce.on_train_begin(model);
    std::vector<double> rates;
    for (const double value : c.at("values")) {
      tn::Logs logs = logs_of({{"value", value}});
      reduce.on_epoch_end(model, 0, logs);
      rates.push_back(model.learning_rate());
    }
    CHECK(rates == c.at("rates").get<std::vector<double>>());
  });
}
TEST_CASE("the history has the learning rates that callbacks have set", "[model][callbacks]") {
  auto model = line();
  const auto history = model.fit(x, y, {.epochs = 3, .callbacks = {tn::LearningRateScheduler{[](int epoch, float rate) { return epoch == 0 ? 1.f : rate; }},
                                                                  tn::ReduceLROnPlateau{.monitor = "loss", .factor = 0.5, .patience = 0, .min_delta = 1e9}}, .verbose = 0});
  CHECK(history["learning_rate"] == std::vector<double>{1, 1, 0.5});  // epoch 0: the best; then no longer
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::ReduceLROnPlateau{.factor = 1}}, .verbose = 0}); }) == "ReduceLROnPlateau: factor is 1.000000, expected less than 1");
}

TEST_CASE("LearningRateScheduler sets the rate before each epoch", "[model][callbacks]") {
  auto model = line();
  const auto history = model.fit(x, y, {.epochs = 3, .callbacks = {tn::LearningRateScheduler{[](int epoch, float rate) { return epoch == 0 ? 1.f : rate / 2; }}}, .verbose = 0});
  CHECK(model.learning_rate() == 0.25f);
  CHECK(history["learning_rate"] == std::vector<double>{1, 0.5, 0.25});
  CHECK(error_of([&] { model.fit(x, y, {.callbacks = {tn::LearningRateScheduler{}}, .verbose = 0}); }) ==
        "LearningRateScheduler: schedule is empty, expected a function of epoch and learning rate");
}

TEST_CASE("TerminateOnNaN stops at the batch that has no loss", "[model][callbacks]") {
  const xt::xtensor<float, 1> bad{1, 3e38f, 3};  // whose square is infinite
  struct Count {
    int batches = 0, ends = 0;
    void on_train_batch_begin(tn::TrainableModel&, int) { ++batches; }
    void on_train_end(tn::TrainableModel&) { ++ends; }
  } count;
  auto model = line();
  const tn::FitOptions options{.batch_size = 1, .epochs = 3, .shuffle = false, .verbose = 0};
  auto stop = options, fail = options, nothing = options;
  stop.callbacks = {tn::TerminateOnNaN{}, &count};
  CHECK(model.fit(x, bad, stop).epochs() == 1);
  CHECK(count.batches == 2);
  CHECK(count.ends == 1);
  model.initialize(0);
  fail.callbacks = {tn::TerminateOnNaN{.raise_error = true}, &count};
  CHECK(error_of([&] { model.fit(x, bad, fail); }) == "TerminateOnNaN: the loss is inf at batch 1");
  CHECK(count.ends == 1);
  model.initialize(0);
  nothing.callbacks = {tn::TerminateOnNaN{}};
  CHECK(model.fit(x, y, nothing).epochs() == 3);
}

TEST_CASE("LambdaCallback calls its functions, with or without the model", "[model][callbacks]") {
  std::string text;
  auto model = line();
  tn::LambdaCallback all{
      .on_epoch_begin = [&](int epoch) { text += "e" + std::to_string(epoch); },
      .on_epoch_end = [&](tn::TrainableModel& m, int, tn::Logs& logs) { text += logs.find("loss") ? "n" : "?", logs.set("steps", static_cast<double>(m.iterations())); },
      .on_train_begin = [&] { text += "("; },
      .on_train_end = [&](tn::TrainableModel&) { text += ")"; },
      .on_train_batch_begin = [&](int batch) { text += "b" + std::to_string(batch); },
      .on_train_batch_end = [&](int, const tn::Logs& logs) { text += logs.find("loss") ? "." : "?"; }};
  const auto history = model.fit(x, y, {.batch_size = 2, .epochs = 2, .callbacks = {&all}, .verbose = 0});
  CHECK(text == "(e0b0.b1.ne1b0.b1.n)");
  CHECK(history["steps"] == std::vector<double>{2, 4});
  const tn::LambdaCallback none{.on_epoch_end = [](int, const tn::Logs&) {}};
  CHECK_FALSE(tn::AnyCallback(none).wants_batch_logs());
  CHECK(model.fit(x, y, {.callbacks = {none}, .verbose = 0}).epochs() == 1);
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
