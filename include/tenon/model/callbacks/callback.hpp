// What a callback is.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

#include <tenon/core/type_name.hpp>
#include <tenon/model/history.hpp>

namespace tenon {

class TrainableModel;
class CallbackState;

namespace detail {

class TrainingRun;

template <class C>
concept has_train_begin = requires(C& c, TrainableModel& m) { c.on_train_begin(m); };
template <class C>
concept has_train_end = requires(C& c, TrainableModel& m) { c.on_train_end(m); };
template <class C>
concept has_epoch_begin = requires(C& c, TrainableModel& m) { c.on_epoch_begin(m, 0); };
template <class C>
concept has_epoch_end = requires(C& c, TrainableModel& m, Logs& logs) { c.on_epoch_end(m, 0, logs); };
template <class C>
concept has_batch_begin = requires(C& c, TrainableModel& m) { c.on_train_batch_begin(m, 0); };
template <class C>
concept has_batch_end = requires(C& c, TrainableModel& m, const Logs& logs) { c.on_train_batch_end(m, 0, logs); };
template <class C>
concept has_test_begin = requires(C& c, TrainableModel& m) { c.on_test_begin(m); };
template <class C>
concept has_test_end = requires(C& c, TrainableModel& m) { c.on_test_end(m); };
template <class C>
concept has_memory = requires(C& c, CallbackState& s) { c.remember(s); };

/// A type with a member of the name of a hook, whatever its parameters are.
template <class C>
concept names_a_hook = requires { &C::on_train_begin; } || requires { &C::on_train_end; } || requires { &C::on_epoch_begin; } ||
                       requires { &C::on_epoch_end; } || requires { &C::on_train_batch_begin; } || requires { &C::on_train_batch_end; } ||
                       requires { &C::on_test_begin; } || requires { &C::on_test_end; };

/// False where a member has the name of a hook and other parameters: it would never be called.
template <class C>
inline constexpr bool hooks_can_be_called = false;
template <class C>
  requires(has_train_begin<C> || !requires { &C::on_train_begin; }) && (has_train_end<C> || !requires { &C::on_train_end; }) &&
          (has_epoch_begin<C> || !requires { &C::on_epoch_begin; }) && (has_epoch_end<C> || !requires { &C::on_epoch_end; }) &&
          (has_batch_begin<C> || !requires { &C::on_train_batch_begin; }) && (has_batch_end<C> || !requires { &C::on_train_batch_end; }) &&
          (has_test_begin<C> || !requires { &C::on_test_begin; }) && (has_test_end<C> || !requires { &C::on_test_end; })
inline constexpr bool hooks_can_be_called<C> = true;

}  // namespace detail

/// A callback is a type with one or more of these members; fit calls them:
///
///     void on_train_begin(tn::TrainableModel& model);
///     void on_train_end(tn::TrainableModel& model);
///     void on_epoch_begin(tn::TrainableModel& model, int epoch);
///     void on_epoch_end(tn::TrainableModel& model, int epoch, const tn::Logs& logs);
///     void on_train_batch_begin(tn::TrainableModel& model, int batch);
///     void on_train_batch_end(tn::TrainableModel& model, int batch, const tn::Logs& logs);
///     void on_test_begin(tn::TrainableModel& model);  // before the validation samples are measured, and after it
///     void on_test_end(tn::TrainableModel& model);
///
/// One with other parameters is refused, for it would never be called. epoch and batch count from 0. The logs of a batch are the means of
/// the epoch so far; they are made only where `bool wants_batch_logs() const`, if there is one, says so. on_epoch_end may take `tn::Logs& logs` and
/// add a value, which the history has then, too. What a callback remembers from step to step it names in `void remember(tn::CallbackState&)`, so that
/// BackupAndRestore can keep it (`callback_state.hpp`). A callback of your own:
///
///     struct StopWhenGood {
///       double wanted = 0.99;
///       void on_epoch_end(tn::TrainableModel& model, int, const tn::Logs& logs) { if (logs["accuracy"] >= wanted) model.stop_training = true; }
///     };
///     model.fit(x, y, {.epochs = 100, .callbacks = {StopWhenGood{.wanted = 0.95}}});
template <class C>
concept callback = detail::has_train_begin<C> || detail::has_train_end<C> || detail::has_epoch_begin<C> || detail::has_epoch_end<C> ||
                   detail::has_batch_begin<C> || detail::has_batch_end<C> || detail::has_test_begin<C> || detail::has_test_end<C>;

/// Any callback: a copy of the one it is made from. Made from a pointer it uses that object, whose results can be read after fit.
class AnyCallback {
 public:
  template <class C> requires(!std::same_as<C, AnyCallback> && (callback<C> || detail::names_a_hook<C>))
  AnyCallback(C c) : held_(std::make_shared<Copy<C>>(std::move(c))) {}  // NOLINT: implicit, for lists of callbacks
  template <class C> requires(callback<C> || detail::names_a_hook<C>)
  AnyCallback(C* c) : held_(std::make_shared<Use<C>>(c)) {}  // NOLINT

  void on_train_begin(TrainableModel& m) const { held_->train_begin(m); }
  void on_train_end(TrainableModel& m) const { held_->train_end(m); }
  void on_epoch_begin(TrainableModel& m, int epoch) const { held_->epoch_begin(m, epoch); }
  void on_epoch_end(TrainableModel& m, int epoch, Logs& logs) const { held_->epoch_end(m, epoch, logs); }
  void on_train_batch_begin(TrainableModel& m, int batch) const { held_->batch_begin(m, batch); }
  void on_train_batch_end(TrainableModel& m, int batch, const Logs& logs) const { held_->batch_end(m, batch, logs); }
  void on_test_begin(TrainableModel& m) const { held_->test_begin(m); }
  void on_test_end(TrainableModel& m) const { held_->test_end(m); }
  /// True if the logs of a batch are worth making.
  bool wants_batch_logs() const { return held_->wants_batch_logs(); }

  // For BackupAndRestore: called when all callbacks have been, after their on_train_begin and after each batch and each epoch.
  void before_steps(detail::TrainingRun& run) const { held_->before_steps(run); }
  void between_steps(detail::TrainingRun& run) const { held_->between_steps(run); }
  /// The name of the callback's type if it remembers something, else empty.
  std::string memory() const { return held_->memory(); }
  void remember(CallbackState& state) const { held_->remember(state); }

 private:
  struct Hooks {
    virtual ~Hooks() = default;
    virtual void train_begin(TrainableModel&) = 0;
    virtual void train_end(TrainableModel&) = 0;
    virtual void epoch_begin(TrainableModel&, int) = 0;
    virtual void epoch_end(TrainableModel&, int, Logs&) = 0;
    virtual void batch_begin(TrainableModel&, int) = 0;
    virtual void batch_end(TrainableModel&, int, const Logs&) = 0;
    virtual void test_begin(TrainableModel&) = 0;
    virtual void test_end(TrainableModel&) = 0;
    virtual bool wants_batch_logs() const = 0;
    virtual void before_steps(detail::TrainingRun&) = 0;
    virtual void between_steps(detail::TrainingRun&) = 0;
    virtual std::string memory() const = 0;
    virtual void remember(CallbackState&) = 0;
  };
  template <class C>
  struct Use : Hooks {
    static_assert(detail::hooks_can_be_called<C>, "Tenon: a member of this callback has the name of a hook, and fit cannot call it: the hooks are on_train_begin(model), on_train_end(model), on_epoch_begin(model, epoch), on_epoch_end(model, epoch, logs), on_train_batch_begin(model, batch), on_train_batch_end(model, batch, logs), on_test_begin(model) and on_test_end(model), with tn::TrainableModel& model, int epoch, int batch and const tn::Logs& logs");
    explicit Use(C* c) : c_(c) {}
    void train_begin(TrainableModel& m) override { if constexpr (detail::has_train_begin<C>) c_->on_train_begin(m); }
    void train_end(TrainableModel& m) override { if constexpr (detail::has_train_end<C>) c_->on_train_end(m); }
    void epoch_begin(TrainableModel& m, int e) override { if constexpr (detail::has_epoch_begin<C>) c_->on_epoch_begin(m, e); }
    void epoch_end(TrainableModel& m, int e, Logs& l) override { if constexpr (detail::has_epoch_end<C>) c_->on_epoch_end(m, e, l); }
    void batch_begin(TrainableModel& m, int b) override { if constexpr (detail::has_batch_begin<C>) c_->on_train_batch_begin(m, b); }
    void batch_end(TrainableModel& m, int b, const Logs& l) override { if constexpr (detail::has_batch_end<C>) c_->on_train_batch_end(m, b, l); }
    void test_begin(TrainableModel& m) override { if constexpr (detail::has_test_begin<C>) c_->on_test_begin(m); }
    void test_end(TrainableModel& m) override { if constexpr (detail::has_test_end<C>) c_->on_test_end(m); }
    bool wants_batch_logs() const override {
      if constexpr (requires { { c_->wants_batch_logs() } -> std::same_as<bool>; }) return c_->wants_batch_logs();
      else return detail::has_batch_end<C>;
    }
    void before_steps(detail::TrainingRun& run) override { if constexpr (requires { c_->before_steps(run); }) c_->before_steps(run); }
    void between_steps(detail::TrainingRun& run) override { if constexpr (requires { c_->between_steps(run); }) c_->between_steps(run); }
    std::string memory() const override { return detail::has_memory<C> ? type_name<C>() : std::string(); }
    void remember(CallbackState& s) override { if constexpr (detail::has_memory<C>) c_->remember(s); }
    C* c_;
  };
  template <class C>
  struct Copy : Use<C> {
    explicit Copy(C c) : Use<C>(&copy_), copy_(std::move(c)) {}
    C copy_;
  };
  std::shared_ptr<Hooks> held_;
};

}  // namespace tenon
