// Single numbers that change from step to step: where a batch begins, a seed, a learning rate.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include <tenon/backend/cuda/annotations.hpp>
#include <tenon/backend/cuda/device_array.hpp>

namespace tenon::cuda {

/// Writes words that come with the launch: so the host may change its own at once, and nothing waits.
struct StoreWords {
  static constexpr int most = 256;
  std::uint32_t words[most];
  std::uint32_t* to;
  TENON_HOST_DEVICE void operator()(long i) const { to[i] = words[i]; }
};

/// Words that the host writes and kernels read. A recorded step has only their addresses in it, so it can be replayed with other numbers.
template <class Platform>
class Numbers {
 public:
  /// A place for some numbers. It stays where it is.
  class Place {
   public:
    Place() = default;
    /// The number at `word` words from the beginning of the place.
    template <class T>
    void set(int word, const T& value) {
      std::uint32_t* const to = page_->host.words + first_ + word;
      if (std::memcmp(to, &value, sizeof value) == 0) return;
      std::memcpy(to, &value, sizeof value);
      page_->changed = true;
    }
    template <class T>
    const T* at(int word) const { return reinterpret_cast<const T*>(page_->device.data() + first_ + word); }

   private:
    friend Numbers;
    struct Page {
      DeviceArray<Platform, std::uint32_t> device;
      StoreWords host{};
      int used = 0;
      bool changed = false;
    };
    Page* page_ = nullptr;
    int first_ = 0;
  };

  /// `words` is at most StoreWords::most.
  Place reserve(int words) {
    words = (words + 1) / 2 * 2;  // of 8 bytes each, as the largest number is
    if (pages_.empty() || pages_.back()->used + words > StoreWords::most) {
      pages_.push_back(std::make_unique<typename Place::Page>());
      pages_.back()->device.resize(StoreWords::most);
      pages_.back()->host.to = pages_.back()->device.data();
    }
    Place place;
    place.page_ = pages_.back().get();
    place.first_ = place.page_->used;
    place.page_->used += words;
    return place;
  }
  /// Brings what has changed to the device, before whatever is launched next.
  template <class System>
  void bring(System& system) {
    for (auto& page : pages_) {
      if (!page->changed) continue;
      system.each(page->used, page->host);
      page->changed = false;
    }
  }

 private:
  std::vector<std::unique_ptr<typename Place::Page>> pages_;
};

}  // namespace tenon::cuda
