// expect-error: hooks_can_be_called<Stop>
// A hook with other parameters than those that fit gives it would never be called.
#include <tenon/model/callbacks/callback.hpp>

namespace tn = tenon;

struct Stop {
  bool stop = false;
  void on_train_begin(tn::TrainableModel&) { stop = false; }
#ifdef TENON_EXPECT_COMPILE_ERROR
  void on_epoch_end(tn::TrainableModel&, const tn::Logs& logs) { stop = logs.find("loss") == nullptr; }
#else
  void on_epoch_end(tn::TrainableModel&, int, const tn::Logs& logs) { stop = logs.find("loss") == nullptr; }
#endif
};
inline const tn::AnyCallback callback = Stop{};
