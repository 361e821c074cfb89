// Contiguous memory of a device.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace tenon::cuda {

/// What all arrays in the memory of a platform take together, and how often one was allocated: so that a test can see that a step takes nothing.
template <class Platform>
struct DeviceMemory {
  static inline std::atomic<std::size_t> bytes = 0, allocations = 0;
};

/// A contiguous array in the memory of a platform (gpu.hpp, emulated.hpp), zero at first. The host does not touch its elements.
template <class Platform, class T>
class DeviceArray {
 public:
  DeviceArray() = default;
  DeviceArray(DeviceArray&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  DeviceArray& operator=(DeviceArray other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~DeviceArray() { release(); }

  /// Another size; the contents become zero.
  void resize(std::size_t size) {
    release();
    if (size == 0) return;
    data_ = static_cast<T*>(Platform::allocate(size * sizeof(T)));
    size_ = size;
    DeviceMemory<Platform>::bytes += size * sizeof(T);
    ++DeviceMemory<Platform>::allocations;
  }
  /// At least this size; the contents become zero if it grows.
  void grow(std::size_t size) {
    if (size > size_) resize(size);
  }
  std::size_t size() const { return size_; }
  T* data() { return data_; }
  const T* data() const { return data_; }

 private:
  void release() {
    Platform::release(std::exchange(data_, nullptr));
    DeviceMemory<Platform>::bytes -= std::exchange(size_, 0) * sizeof(T);
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace tenon::cuda
