// Host memory that a device reads while the host goes on.
#pragma once

#include <cstddef>
#include <utility>

namespace tenon::cuda {

/// Two buffers in page-locked host memory, used in turns: while the device copies one and computes, the host fills the other. So samples that do not
/// fit into the device's memory are prefetched, by the thread that trains: its launches do not wait.
template <class Platform>
class Staging {
 public:
  Staging() = default;
  Staging(const Staging&) = delete;
  ~Staging() {
    for (const Buffer& b : buffers_) Platform::release_staging(b.data);
  }

  /// The next buffer, with room for so many bytes. What was launched until now is taken to be all that reads the other one.
  void* next(Platform& platform, std::size_t bytes) {
    buffers_[turn_].read.record(platform);
    Buffer& b = buffers_[turn_ = !turn_];
    b.read.wait();
    if (b.size < bytes) {
      Platform::release_staging(std::exchange(b.data, nullptr));
      b.size = 0;
      b.data = Platform::allocate_staging(bytes);
      b.size = bytes;
    }
    return b.data;
  }

 private:
  struct Buffer {
    void* data = nullptr;
    std::size_t size = 0;
    typename Platform::Mark read;  // set when the device will have read it
  };
  Buffer buffers_[2];
  bool turn_ = false;
};

}  // namespace tenon::cuda
