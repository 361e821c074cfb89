// A source that is run for one sample.
#pragma once

namespace tenon::detail {

/// Runs a source for a number of samples that is known while compiling. A backend that can do so without the heap has a
/// FixedExecutor<Source, Batch>; of any other, the ordinary executor is taken.
template <class Backend, class Source>
class OneSample {
 public:
  void run(const void* const* arguments, void* const* results) noexcept { executor_.run({arguments, results, 1, {}}); }

 private:
  typename Backend::template Executor<Source> executor_;
};
template <class Backend, class Source> requires requires { typename Backend::template FixedExecutor<Source, 1>; }
class OneSample<Backend, Source> : public Backend::template FixedExecutor<Source, 1> {};

}  // namespace tenon::detail
