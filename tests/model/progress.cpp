#include <tenon/model/progress.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;
using tn::Progress;

TEST_CASE("the bar of a terminal is Keras's", "[model][progress]") {
  CHECK(Progress::bar_text(157, 1875, 1, 0.003, false) ==
        "\r\x1b[2K\x1b[1m 157/1875\x1b[0m \x1b[32m━\x1b[0m\x1b[37m━━━━━━━━━━━━━━━━━━━\x1b[0m \x1b[1m5s\x1b[0m 3ms/step");
  CHECK(Progress::bar_text(10, 10, 6.4, 0.64, true) ==
        "\r\x1b[2K\x1b[1m10/10\x1b[0m \x1b[32m━━━━━━━━━━━━━━━━━━━━\x1b[0m\x1b[37m\x1b[0m \x1b[1m6s\x1b[0m 640ms/step");
}
TEST_CASE("elsewhere there is one line at the end", "[model][progress]") {
  CHECK(Progress::line_text(3, 0.2, 0.029) == "3/3 - 0s - 29ms/step");
}
TEST_CASE("times are as long as they need to be", "[model][progress]") {
  CHECK(Progress::duration_text(59.9) == "59s");
  CHECK(Progress::duration_text(125) == "2:05");
  CHECK(Progress::duration_text(3725) == "1:02:05");
  CHECK(Progress::step_text(2.4) == " 2s/step");
  CHECK(Progress::step_text(0.0125) == " 12ms/step");
  CHECK(Progress::step_text(0.000025) == " 25us/step");
}
TEST_CASE("values have four digits, small ones an exponent", "[model][progress]") {
  tn::Logs logs;
  logs.set("loss", 0.00012345);
  logs.set("accuracy", 0.95344);
  CHECK(Progress::values_text(logs) == " - accuracy: 0.9534 - loss: 1.2345e-04");
  CHECK(Progress::values_text({}) == "");
}
TEST_CASE("verbose says what is printed", "[model][progress]") {
  CHECK(Progress::style_for(0) == Progress::Style::silent);
  CHECK(Progress::style_for(2) == Progress::Style::line);
}
TEST_CASE("logs are sorted by name and know what they hold", "[model][history]") {
  tn::Logs logs;
  for (const char* name : {"val_loss", "loss", "accuracy"}) logs.set(name, 1);
  logs.set("loss", 2);
  CHECK(logs.size() == 3);
  CHECK(logs["loss"] == 2);
  CHECK(support::error_of([&] { logs["mae"]; }) == "logs: 'mae' is not among 'accuracy', 'loss', 'val_loss'");
  tn::History history;
  history.append(4, logs);
  CHECK(history.keys() == std::vector<std::string>{"accuracy", "loss", "val_loss"});
  CHECK(history.epoch() == std::vector{4});
  CHECK(history.contains("loss"));
  CHECK_FALSE(history.contains("mae"));
}
