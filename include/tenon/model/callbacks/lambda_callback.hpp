// A callback made of functions.
#pragma once

#include <functional>

#include <tenon/model/callbacks/callback.hpp>

namespace tenon {

namespace detail {

/// A function that may be missing, and need not take the model.
template <class... Arguments>
class Hook {
 public:
  Hook() = default;
  template <class F> requires(std::invocable<F&, TrainableModel&, Arguments...> || std::invocable<F&, Arguments...>)
  Hook(F f) {  // NOLINT: implicit, for designated initializers
    if constexpr (std::invocable<F&, TrainableModel&, Arguments...>) function_ = std::move(f);
    else function_ = [f = std::move(f)](TrainableModel&, Arguments... arguments) mutable { f(arguments...); };
  }
  explicit operator bool() const { return static_cast<bool>(function_); }
  void operator()(TrainableModel& model, Arguments... arguments) const { if (function_) function_(model, arguments...); }

 private:
  std::function<void(TrainableModel&, Arguments...)> function_;
};

}  // namespace detail

/// Calls the functions it is made of. Each takes what the member of that name of any callback takes, with or without the model.
/// Follows keras.callbacks.LambdaCallback.
///
///     tn::LambdaCallback{.on_epoch_end = [](int epoch, const tn::Logs& logs) { std::printf("%d: %g\n", epoch, logs["loss"]); }}
struct LambdaCallback {
  detail::Hook<int> on_epoch_begin = {};
  detail::Hook<int, Logs&> on_epoch_end = {};
  detail::Hook<> on_train_begin = {};
  detail::Hook<> on_train_end = {};
  detail::Hook<int> on_train_batch_begin = {};
  detail::Hook<int, const Logs&> on_train_batch_end = {};

  bool wants_batch_logs() const { return static_cast<bool>(on_train_batch_end); }
};

}  // namespace tenon
