// expect-error: hooks_can_be_called<Begin>
// The same where it is the only member of the callback, which is given by its address.
#include <tenon/model/callbacks/callback.hpp>

namespace tn = tenon;

struct Begin {
#ifdef TENON_EXPECT_COMPILE_ERROR
  void on_epoch_begin(tn::TrainableModel&) {}
#else
  void on_epoch_begin(tn::TrainableModel&, int) {}
#endif
};
inline Begin begin;
inline const tn::AnyCallback callback = &begin;
