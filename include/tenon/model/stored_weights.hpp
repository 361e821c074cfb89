// Weights that do not change any more.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <tenon/core/bfloat16.hpp>
#include <tenon/model/parameters.hpp>

namespace tenon::detail {

/// The weights of a model, each of the type in which the executor reads it. An executor that reads others than float32 says so by
/// `static constexpr DType type_of_argument(int k)`.
template <class Net, class Executor>
class StoredWeights {
  static constexpr int count = parameters_of<Net>.count;

 public:
  /// Where the k-th weight lies.
  const void* at(int k) const { return bytes_ + places.offset[k]; }
  /// `all`: as a model keeps them.
  void assign(const float* all) {
    for (int k = 0; k < count; ++k) {
      const Parameter& p = parameters_of<Net>.items[k];
      void* const to = bytes_ + places.offset[k];
      if (type_of(k) == DType::bfloat16) std::transform(all + p.offset, all + p.offset + p.size(), static_cast<Bfloat16*>(to), [](float x) { return Bfloat16(x); });
      else std::copy_n(all + p.offset, p.size(), static_cast<float*>(to));
    }
  }

 private:
  static constexpr DType type_of(int k) {
    if constexpr (requires { Executor::type_of_argument(0); }) {
      constexpr auto& graph = Traced<Prediction<Net>>::graph;
      for (int i = 0; i < graph.sizes.arguments; ++i)
        if (graph.arguments[i].role == Role::weight && graph.arguments[i].index == k) return Executor::type_of_argument(i);
    }
    return DType::float32;
  }
  struct Places {
    long offset[room(count)], bytes;
  };
  static constexpr Places places = [] {
    Places p{};
    for (int k = 0; k < count; ++k) {
      p.offset[k] = p.bytes;
      p.bytes += (parameters_of<Net>.items[k].size() * bytes_of(type_of(k)) + 63) / 64 * 64;
    }
    return p;
  }();

 public:
  static constexpr long size = places.bytes;

 private:
  alignas(64) std::byte bytes_[static_cast<std::size_t>(size > 0 ? size : 1)]{};
};

}  // namespace tenon::detail
