// The arrays that an optimizer remembers.
#pragma once

#include <utility>
#include <vector>

#include <tenon/core/type_text.hpp>

namespace tenon::detail {

/// One of them, in the backend's memory.
struct Slot {
  const char* name = "";
  float* data = nullptr;
  long count = 0;
};

/// Arrays by their names, zero at first. They stay where they are.
template <class Backend>
class Slots {
 public:
  /// The array of this name; a new one has this size.
  float* get(const char* name, long size) {
    if (float* const known = find(name)) return known;
    slots_.push_back({name, {}});
    slots_.back().numbers.resize(static_cast<std::size_t>(size));
    return slots_.back().numbers.data();
  }
  /// Null where there is none.
  float* find(const char* name) {
    for (Named& s : slots_)
      if (same_text(s.name, name)) return s.numbers.data();
    return nullptr;
  }
  std::vector<Slot> all() {
    std::vector<Slot> all;
    for (Named& s : slots_) all.push_back({s.name, s.numbers.data(), static_cast<long>(s.numbers.size())});
    return all;
  }

 private:
  struct Named {
    const char* name;
    typename Backend::template Array<float> numbers;
  };
  std::vector<Named> slots_;
};

}  // namespace tenon::detail
