// A backend whose numbers lie where the host cannot touch them.
#pragma once

#include <sys/mman.h>

#include <cstring>
#include <new>
#include <stdexcept>
#include <vector>

#include <tenon/backend/concept.hpp>
#include <tenon/backend/host_rows.hpp>
#include <tenon/graph/frozen.hpp>

namespace support {

namespace elsewhere {

/// Memory that can be read and written only while a `Visit` lasts; who touches it at another time crashes. It is taken and never given back.
class Memory {
 public:
  static Memory& instance() {
    static Memory memory;
    return memory;
  }
  void* take(std::size_t bytes) {
    used_ = (used_ + 63) / 64 * 64 + bytes;
    if (used_ > room) throw std::bad_alloc();
    return begin_ + used_ - bytes;
  }
  bool holds(const void* p) const { return p >= begin_ && p <= begin_ + room; }

  class Visit {
   public:
    Visit() { if (instance().visits_++ == 0) instance().protect(PROT_READ | PROT_WRITE); }
    Visit(const Visit&) = delete;
    ~Visit() { if (--instance().visits_ == 0) instance().protect(PROT_NONE); }
  };

 private:
  static constexpr std::size_t room = 1 << 26;
  Memory() : begin_(static_cast<char*>(mmap(nullptr, room, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {}
  void protect(int access) { if (mprotect(begin_, room, access) != 0) throw std::runtime_error("mprotect"); }

  char* begin_;
  std::size_t used_ = 0;
  int visits_ = 0;
};
using Visit = Memory::Visit;
inline bool holds(const void* p) { return Memory::instance().holds(p); }
inline void require(bool condition, const char* what) { if (!condition) throw std::logic_error(what); }

/// What was asked of all devices so far.
struct Counts {
  long begins = 0, orders = 0, sums = 0, steps = 0;
};
inline Counts counts;

template <class T>
class Array {
 public:
  void resize(std::size_t size) {
    data_ = static_cast<T*>(Memory::instance().take(size * sizeof(T)));
    size_ = size;
    const Visit visit;
    std::fill_n(data_, size, T(0));
  }
  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

class Rows final : public tenon::detail::Rows {
 public:
  void begin(const void* data, tenon::detail::Element element, long rows, long row_size) override {
    ++counts.begins;
    row_size_ = row_size;
    order_.clear();
    if (data != nullptr) {
      const auto bytes = static_cast<std::size_t>(rows * row_size) * tenon::detail::element_bytes(element);
      all_.resize(bytes);
      const Visit visit;
      std::memcpy(all_.data(), data, bytes);
      data = all_.data();
    }
    here_.begin(data, element, rows, row_size);
  }
  void begin_order(std::span<const std::size_t> order) override {
    counts.orders += !order.empty();
    order_.assign(order.begin(), order.end());
    here_.begin_order(order_);
  }
  const void* next(tenon::DType type, long first, long count) override {
    const auto bytes = static_cast<std::size_t>(count * row_size_ * 4);
    if (batch_.size() < bytes) batch_.resize(bytes);
    const Visit visit;
    std::memcpy(batch_.data(), here_.next(type, first, count), bytes);
    return batch_.data();
  }

 private:
  Array<char> all_, batch_;
  std::vector<std::size_t> order_;
  tenon::detail::HostRows here_;
  long row_size_ = 0;
};

class Totals final : public tenon::detail::Totals {
 public:
  void start(std::size_t numbers) override { sums_.resize(numbers), samples_ = 0; }
  void add(const float* measured, std::size_t losses, long samples) override {
    require(holds(measured), "scores of a batch lie on the host");
    const Visit visit;
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_.data()[i] += static_cast<double>(measured[i]) * (i < losses ? static_cast<double>(samples) : 1);
    samples_ += samples;
  }
  std::span<const double> sums() override {
    ++counts.sums;
    const Visit visit;
    fetched_.assign(sums_.data(), sums_.data() + sums_.size());
    return fetched_;
  }
  void resume(std::span<const double> sums, long samples) override {
    start(sums.size());
    const Visit visit;
    std::copy(sums.begin(), sums.end(), sums_.data());
    samples_ = samples;
  }

 private:
  Array<double> sums_;
  std::vector<double> fetched_;
};

class Device final : public tenon::Device {
 public:
  bool in_host_memory() const override { return false; }
  void upload(void* to, const void* from, std::size_t bytes) override {
    require(holds(to) && !holds(from), "upload goes from the host to the device");
    const Visit visit;
    std::memcpy(to, from, bytes);
  }
  void download(void* to, const void* from, std::size_t bytes) override {
    require(!holds(to) && holds(from), "download goes from the device to the host");
    const Visit visit;
    std::memcpy(to, from, bytes);
  }
  std::unique_ptr<tenon::detail::Rows> rows() override { return std::make_unique<Rows>(); }
  std::unique_ptr<tenon::detail::Totals> totals() override { return std::make_unique<Totals>(); }
  void step(tenon::detail::Work work) override {
    require(!in_step, "a step runs in another one");
    ++counts.steps;
    in_step = true;
    work();
    in_step = false;
  }
  bool in_step = false;
};

}  // namespace elsewhere

/// Computes as another backend does, in memory that only it can touch, and throws std::logic_error where a program is given addresses
/// of the wrong memory, or runs outside of a step.
template <class Inner>
struct Elsewhere {
  static constexpr bool is_backend = true;
  using Device = elsewhere::Device;
  template <class T>
  using Array = elsewhere::Array<T>;

  template <class Source>
  class Executor {
   public:
    explicit Executor(Device& device) : device_(device) {}
    void reserve(long batch) { inner_.reserve(batch); }
    void run(const tenon::Frame& frame) {
      elsewhere::require(device_.in_step, "a program runs outside of a step");
      constexpr auto& graph = tenon::Traced<Source>::graph;
      for (int i = 0; i < graph.sizes.arguments; ++i) {
        const tenon::Role role = graph.arguments[i].role;
        const bool on_host = role == tenon::Role::hyperparameter || role == tenon::Role::iteration;
        elsewhere::require(elsewhere::holds(frame.arguments[i]) != on_host, "an argument lies where it should not");
      }
      for (int i = 0; i < graph.sizes.results; ++i) elsewhere::require(elsewhere::holds(frame.results[i]), "a result lies on the host");
      const elsewhere::Visit visit;
      inner_.run(frame);
    }

   private:
    Device& device_;
    typename Inner::template Executor<Source> inner_;
  };
};

}  // namespace support
