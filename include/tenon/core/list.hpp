// A growable array that works inside constant evaluation on every supported compiler.
#pragma once

namespace tenon {

/// A growable array for the passes that run while the program compiles: std::vector's interface as far as they need it.
/// Why not std::vector: clang with libstdc++ 12 refuses parts of it in constant expressions, and its layers of allocator
/// calls reach the compilers' evaluation limits at about 150 nodes; this one is good for thousands.
template <class T>
class List {
 public:
  constexpr List() = default;
  constexpr explicit List(int count, const T& value = T{}) {
    reserve(count);
    for (; size_ < count; ++size_) items_[size_] = value;
  }
  constexpr List(const List& other) {
    reserve(other.size_);
    for (; size_ < other.size_; ++size_) items_[size_] = other.items_[size_];
  }
  constexpr List(List&& other) noexcept : items_(other.items_), size_(other.size_), capacity_(other.capacity_) { other.forget(); }
  constexpr List& operator=(const List& other) {
    if (this != &other) *this = List(other);
    return *this;
  }
  constexpr List& operator=(List&& other) noexcept {
    if (this == &other) return *this;
    delete[] items_;
    items_ = other.items_, size_ = other.size_, capacity_ = other.capacity_;
    other.forget();
    return *this;
  }
  constexpr ~List() { delete[] items_; }

  constexpr int size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T& operator[](int i) { return items_[i]; }
  constexpr const T& operator[](int i) const { return items_[i]; }
  constexpr T& back() { return items_[size_ - 1]; }
  constexpr const T& back() const { return items_[size_ - 1]; }
  constexpr T* begin() { return items_; }
  constexpr T* end() { return items_ + size_; }
  constexpr const T* begin() const { return items_; }
  constexpr const T* end() const { return items_ + size_; }

  /// Appends a value and returns its index.
  constexpr int push_back(T value) {
    if (size_ == capacity_) reserve(capacity_ == 0 ? 8 : 2 * capacity_);
    items_[size_] = static_cast<T&&>(value);  // not std::move: every call counts towards the compilers' limits
    return size_++;
  }
  constexpr void pop_back() { --size_; }
  constexpr void clear() { size_ = 0; }

  /// The index of the first equal value, or -1.
  constexpr int find(const T& value) const {
    for (int i = 0; i < size_; ++i)
      if (items_[i] == value) return i;
    return -1;
  }
  constexpr int find_or_add(const T& value) {
    const int found = find(value);
    return found >= 0 ? found : push_back(value);
  }
  constexpr void reserve(int capacity) {
    if (capacity <= capacity_) return;
    T* grown = new T[static_cast<unsigned>(capacity)]();
    for (int i = 0; i < size_; ++i) grown[i] = static_cast<T&&>(items_[i]);
    delete[] items_;
    items_ = grown;
    capacity_ = capacity;
  }
  constexpr bool operator==(const List& other) const {
    if (size_ != other.size_) return false;
    for (int i = 0; i < size_; ++i)
      if (!(items_[i] == other.items_[i])) return false;
    return true;
  }

 private:
  constexpr void forget() { items_ = nullptr, size_ = 0, capacity_ = 0; }

  T* items_ = nullptr;
  int size_ = 0;
  int capacity_ = 0;
};

}  // namespace tenon
