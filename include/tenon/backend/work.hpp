// Something to be done now.
#pragma once

namespace tenon::detail {

/// Refers to something that can be called, for as long as that lives.
class Work {
 public:
  template <class F>
  Work(const F& f) : f_(&f), call_([](const void* g) { (*static_cast<const F*>(g))(); }) {}  // NOLINT: implicit, for a lambda as argument
  void operator()() const { call_(f_); }

 private:
  const void* f_;
  void (*call_)(const void*);
};

}  // namespace tenon::detail
