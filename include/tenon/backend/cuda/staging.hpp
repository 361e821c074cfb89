// Host memory that a device reads and writes while the host goes on.
#pragma once

#include <cstddef>
#include <utility>

namespace tenon::cuda {

/// Page-locked memory of the host.
template <class Platform>
class StagingArray {
 public:
  StagingArray() = default;
  StagingArray(const StagingArray&) = delete;
  ~StagingArray() { Platform::release_staging(data_); }

  /// At least this size; the contents are lost if it grows.
  void grow(std::size_t size) {
    if (size <= size_) return;
    Platform::release_staging(std::exchange(data_, nullptr));
    size_ = 0;
    data_ = Platform::allocate_staging(size);
    size_ = size;
  }
  std::byte* data() { return static_cast<std::byte*>(data_); }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Two such arrays, used in turns: while the device copies one and computes, the host fills the other. So samples that do not fit into the device's
/// memory are prefetched, by the thread that trains: its launches do not wait.
template <class Platform>
class Staging {
 public:
  /// The next array, of at least so many bytes. What was launched until now is taken to be all that reads the other one.
  void* next(Platform& platform, std::size_t bytes) {
    buffers_[turn_].read.record(platform);
    Buffer& b = buffers_[turn_ = !turn_];
    b.read.wait();
    b.memory.grow(bytes);
    return b.memory.data();
  }

 private:
  struct Buffer {
    StagingArray<Platform> memory;
    typename Platform::Mark read;  // reached when the device has read it
  };
  Buffer buffers_[2];
  bool turn_ = false;
};

}  // namespace tenon::cuda
