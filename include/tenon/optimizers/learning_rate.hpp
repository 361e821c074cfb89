// A learning rate: a number, or a schedule.
#pragma once

#include <concepts>
#include <stdexcept>
#include <utility>

namespace tenon {

/// A schedule is a function of the step that gives the learning rate there; steps count from 0. An aggregate of numbers, such as
/// CosineDecay, or a lambda. One with a member `check` is asked to check its numbers before it is used, and throws.
///
///     struct Halving { double operator()(long step) const { return step < 1000 ? 1e-3 : 5e-4; } };
template <class S>
concept schedule = requires(const S& s, long step) { { s(step) } -> std::convertible_to<double>; };

/// The member `learning_rate` of an optimizer: a number that may be changed at any time, or a schedule that is asked before each step.
/// It reads as a number: that of the next step. A number cannot be set where there is a schedule: std::logic_error, as in Keras.
///
///     tn::Adam{.learning_rate = 1e-4f};
///     tn::Adam{.learning_rate = tn::CosineDecay{.initial_learning_rate = 1e-3, .decay_steps = 10000}};
class LearningRate {
 public:
  constexpr LearningRate(float value) : value_(value) {}
  template <class S> requires(!std::same_as<S, LearningRate> && schedule<S>)
  constexpr LearningRate(S schedule) {
    if constexpr (requires { schedule.check(); }) schedule.check();
    schedule_ = new Of<S>(std::move(schedule));
  }
  constexpr LearningRate(const LearningRate& other) : value_(other.value_), step_(other.step_), schedule_(other.schedule_ ? other.schedule_->copy() : nullptr) {}
  constexpr LearningRate(LearningRate&& other) noexcept : value_(other.value_), step_(other.step_), schedule_(std::exchange(other.schedule_, nullptr)) {}
  constexpr LearningRate& operator=(LearningRate other) noexcept {
    value_ = other.value_;
    step_ = other.schedule_ && step_ > 0 ? step_ : other.step_;  // a schedule that is given while training goes on from there
    std::swap(schedule_, other.schedule_);
    return *this;
  }
  constexpr LearningRate& operator=(float value) {
    if (schedule_ != nullptr) throw std::logic_error("learning_rate: it is a schedule, so it cannot be set; give the optimizer a number where it is to be set");
    value_ = value;
    return *this;
  }
  constexpr LearningRate& operator*=(float factor) { return *this = static_cast<float>(*this) * factor; }
  constexpr ~LearningRate() { delete schedule_; }

  constexpr operator float() const { return schedule_ != nullptr ? static_cast<float>(schedule_->at(step_)) : value_; }
  constexpr bool is_a_schedule() const { return schedule_ != nullptr; }
  /// The schedule's next step.
  constexpr void go_to(long step) { step_ = step; }

 private:
  struct Schedule {
    constexpr virtual ~Schedule() = default;
    constexpr virtual double at(long step) const = 0;
    constexpr virtual const Schedule* copy() const = 0;
  };
  template <class S>
  struct Of final : Schedule {
    S function;
    constexpr explicit Of(S s) : function(std::move(s)) {}
    constexpr double at(long step) const override { return static_cast<double>(function(step)); }
    constexpr const Schedule* copy() const override { return new Of(function); }
  };

  float value_ = 0;
  long step_ = 0;
  const Schedule* schedule_ = nullptr;
};

}  // namespace tenon
