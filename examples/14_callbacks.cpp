// Training under callbacks: it keeps its best weights, stops when they no longer get better, and goes on after it was interrupted.
#include <tenon/tenon.hpp>

#include <cstdio>
#include <filesystem>

#include <xtensor/xmath.hpp>

namespace tn = tenon;

struct Wave : tn::Sequential<tn::Input<1>, tn::Dense<16, tn::Tanh>, tn::Dense<16, tn::Tanh>, tn::Dense<1>> {};

int main() {
  const xt::xtensor<float, 1> x = xt::linspace<float>(-1, 1, 200);
  const xt::xtensor<float, 1> y = xt::sin(4 * x);
  const auto [train, test] = tn::train_test_split(x, y, {.test_size = 0.25, .seed = 1});
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "tenon_callbacks";
  const std::string best = folder / "best-{epoch:03d}.safetensors", backup = folder / "backup";

  // The same call again and again, until it has been trained: what was done before is not done again.
  const auto train_model = [&](auto& model, const tn::AnyCallback& more) {
    return model.fit(train.x, train.y, {
        .epochs = 60,
        .validation_data = {test.x, test.y},
        .callbacks = {tn::ModelCheckpoint{.filepath = best, .save_best_only = true},
                      tn::ReduceLROnPlateau{.factor = 0.5, .patience = 5},
                      tn::EarlyStopping{.patience = 12, .restore_best_weights = true},
                      tn::TerminateOnNaN{},
                      tn::BackupAndRestore{.backup_dir = backup, .save_freq = 7},
                      more},
        .verbose = 0,
        .seed = 7});
  };
  const auto compile = [] { return tn::compile<Wave>(tn::Adam{.learning_rate = 0.03f}, tn::MeanSquaredError{}); };

  auto interrupted = compile(), resumed = compile(), undisturbed = compile();
  try {
    train_model(interrupted, tn::LambdaCallback{.on_epoch_begin = [](int epoch) { if (epoch == 20) throw std::runtime_error("the power is cut"); }});
  } catch (const std::runtime_error& error) {
    std::printf("after %ld steps: %s\n", interrupted.iterations(), error.what());
  }
  const auto count = tn::LambdaCallback{.on_epoch_begin = [](int epoch) { if (epoch % 10 == 0) std::printf("epoch %d\n", epoch); }};
  const auto history = train_model(resumed, count);
  std::printf("%zu epochs, validation loss %.5f, learning rate %g\n", history.epochs(), history["val_loss"].back(), history["learning_rate"].back());

  const auto expected = train_model(undisturbed, count);
  const bool same = resumed.weights() == undisturbed.weights() && history["val_loss"] == expected["val_loss"];
  std::puts(same ? "the same bits as without the interruption" : "something else than without the interruption");
  std::filesystem::remove_all(folder);
  return same ? 0 : 1;
}
