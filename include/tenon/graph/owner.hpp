// Whose numbers are read: the loss, metric or optimizer that is being traced.
#pragma once

#include <type_traits>

#include <tenon/core/type_text.hpp>

namespace tenon::detail {

/// An object whose type is not known where it is looked at, but which can be asked for it.
class Owner {
 public:
  /// True if the object is a T, or begins with one as its base: then a number of T lies in it where it lies in a T.
  /// Without run-time type information (-fno-rtti) bases are not found.
  template <class T>
  constexpr bool is() const {
    if (same_text(type_, type_text<T>())) return true;
#if defined(__cpp_rtti)
    const T* const base = dynamic_cast<const T*>(this);
    return base != nullptr && static_cast<const void*>(base) == object_;
#else
    return false;
#endif
  }

 protected:
  constexpr Owner(const char* type, const void* object) : type_(type), object_(object) {}
  constexpr virtual void has_a_type() const {}  // dynamic_cast looks into classes with a virtual function
  constexpr ~Owner() = default;

 private:
  const char* type_;
  const void* object_;
};

/// An object of this type that can be asked.
template <class T>
struct OwnerOf final : Owner, T {
  constexpr OwnerOf() : Owner(type_text<T>(), static_cast<const T*>(this)), T() {}
  constexpr ~OwnerOf() {}  // nvcc 13 takes a defaulted one of two bases for one that is not constexpr
};
template <class T> requires std::is_final_v<T>
struct OwnerOf<T> final : Owner {
  constexpr OwnerOf() : Owner(type_text<T>(), this) {}
};

}  // namespace tenon::detail
