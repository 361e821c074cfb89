// A user's tensor, whatever its type.
#pragma once

#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <tenon/core/element.hpp>
#include <tenon/core/shape_text.hpp>
#include <tenon/core/xtensor.hpp>

namespace tenon {

namespace detail {

template <class...> inline constexpr bool data_is_an_xtensor = false;

/// As what elements of this type are kept where they are not read in place.
template <class T>
using stored_as = std::conditional_t<std::is_same_v<T, float>, float,
                  std::conditional_t<std::is_floating_point_v<T>, double,
                  std::conditional_t<std::is_same_v<T, bool> || (std::is_unsigned_v<T> && sizeof(T) == 1), std::uint8_t,
                  std::conditional_t<std::is_signed_v<T> && sizeof(T) == 4, std::int32_t,
                  std::conditional_t<std::is_unsigned_v<T> && sizeof(T) == 8, double, std::int64_t>>>>>;

}  // namespace detail

/// Refers to an xtensor container, or holds the values of an expression or of a temporary. Elements are numbers of any type.
/// A container that is named must live as long as the reference, and is neither copied nor changed.
/// Throws std::invalid_argument: more than seven axes.
class TensorRef {
 public:
  static constexpr int most_axes = max_rank + 1;

  TensorRef() = default;

  template <class E> requires(xt::is_xexpression<std::remove_cvref_t<E>>::value && std::is_arithmetic_v<typename std::remove_cvref_t<E>::value_type>)
  TensorRef(E&& e) {  // NOLINT: implicit, so that fit(x, y) takes any tensor
    using Value = typename std::remove_cvref_t<E>::value_type;
    using Stored = detail::stored_as<Value>;
    element_ = detail::element_of<Stored>;
    given_ = true;
    rank_ = static_cast<int>(e.dimension());
    if (rank_ > most_axes) throw std::invalid_argument("a tensor of " + std::to_string(rank_) + " axes is given, expected at most " + std::to_string(most_axes));
    for (int i = 0; i < rank_; ++i) shape_[i] = static_cast<long>(e.shape()[static_cast<std::size_t>(i)]);
    if constexpr (std::is_lvalue_reference_v<E> && in_place<std::remove_cvref_t<E>> && std::is_same_v<Value, Stored>) {
      data_ = e.data() + e.data_offset();
    } else {
      auto values = std::make_shared<std::vector<Stored>>();
      values->reserve(e.size());
      const auto end = e.template end<xt::layout_type::row_major>();
      for (auto it = e.template begin<xt::layout_type::row_major>(); it != end; ++it) values->push_back(static_cast<Stored>(*it));
      data_ = values->data();
      owned_ = std::move(values);
    }
  }

  /// Refuses all other containers: they do not say what their axes are.
  template <class E> requires(!xt::is_xexpression<std::remove_cvref_t<E>>::value && requires(E& e) { std::begin(e); })
  TensorRef(E&&) {  // NOLINT: as above
    static_assert(detail::data_is_an_xtensor<std::remove_cvref_t<E>>,
                  "Tenon: data are tensors of xtensor, which know their axes; of a std::vector v with so many samples of 8 numbers give xt::adapt(v, std::array<std::size_t, 2>{samples, 8})");
  }

  explicit operator bool() const { return given_; }
  detail::Element element() const { return element_; }
  const void* data() const { return data_; }
  int rank() const { return rank_; }
  long extent(int axis) const { return shape_[axis]; }
  long rows() const { return rank_ > 0 ? shape_[0] : 0; }
  long row_size() const {
    long size = 1;
    for (int i = 1; i < rank_; ++i) size *= shape_[i];
    return size;
  }
  /// The shape in words: "(60000, 28, 28, 1)".
  std::string shape_text() const { return detail::shape_text(std::span(shape_, static_cast<std::size_t>(rank_))); }

  /// Calls f with a typed pointer to the first element.
  template <class F>
  auto visit(F f) const { return detail::visit_elements(data_, element_, f); }

 private:
  template <class E>
  static constexpr bool in_place = requires(const E& e) { e.data(); e.data_offset(); } && E::static_layout == xt::layout_type::row_major;

  const void* data_ = nullptr;
  long shape_[most_axes]{};
  int rank_ = 0;
  detail::Element element_{};
  bool given_ = false;
  std::shared_ptr<void> owned_;
};

/// The inputs of a model, or its labels: one tensor, or several joined by `tn::inputs` or `tn::targets`.
class Tensors {
 public:
  static constexpr int most = 8;

  Tensors() = default;
  template <class E> requires std::is_constructible_v<TensorRef, E>
  Tensors(E&& e) : count_(1) { items_[0] = TensorRef(std::forward<E>(e)); }  // NOLINT: implicit, as above

  template <class... E>
  static Tensors of(E&&... e) {
    static_assert(sizeof...(E) <= most, "Tenon: inputs and targets take at most eight tensors");
    Tensors all;
    ((all.items_[all.count_++] = TensorRef(std::forward<E>(e))), ...);
    return all;
  }

  int size() const { return count_; }
  const TensorRef& operator[](int i) const { return items_[i]; }

 private:
  TensorRef items_[most];
  int count_ = 0;
};

/// Several inputs of one model: model.fit(tn::inputs(a, b), y).
template <class... E>
Tensors inputs(E&&... tensors) { return Tensors::of(std::forward<E>(tensors)...); }

/// The labels of several outputs of one model, in their order: model.fit(x, tn::targets(digits, ink)).
template <class... E>
Tensors targets(E&&... tensors) { return Tensors::of(std::forward<E>(tensors)...); }

}  // namespace tenon
