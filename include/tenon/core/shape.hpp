// The extents of a tensor, as a value.
#pragma once

namespace tenon {

static_assert(sizeof(long) == 8, "Tenon needs a system whose long has 64 bits (Linux or macOS on a 64-bit processor): sizes, and the words of kernels' keys, are long");

/// An extent that is only known at run time: the number of samples in a batch.
/// A negative extent -k stands for k x batch (batch and time merged into one axis, say).
inline constexpr int dynamic = -1;

/// No tensor has more axes than this (a batch of volumes with channels has five).
inline constexpr int max_rank = 6;

/// No tensor has more elements than this for each sample, so that axes can be merged: an extent is an int.
inline constexpr long max_elements = 2147483647;

/// The extents of a tensor, outermost first. Axis 0 of a batched tensor is `dynamic`; every other extent is a constant.
///
///     constexpr tn::Shape image = tn::shape(28, 28, 1);
///     static_assert(image.back() == 1 && image.rank == 3 && image.elements() == 784);
struct Shape {
  int rank = 0;
  int extent[max_rank]{};

  constexpr int size() const { return rank; }
  constexpr int operator[](int axis) const { return extent[axis < 0 ? axis + rank : axis]; }
  constexpr int& operator[](int axis) { return extent[axis < 0 ? axis + rank : axis]; }
  constexpr int back() const { return extent[rank - 1]; }

  /// How many axes depend on the batch size: of a tensor at most one.
  constexpr int batch_axes() const {
    int count = 0;
    for (int i = 0; i < rank; ++i) count += extent[i] < 0;
    return count;
  }
  constexpr bool batched() const { return batch_axes() > 0; }
  /// The number of elements; of a batched shape, the number per sample. There is an end to counting, far beyond any memory.
  constexpr long elements() const {
    constexpr long end = 1L << 56;
    long count = 1;
    for (int i = 0; i < rank; ++i) {
      const long n = extent[i] < 0 ? -long{extent[i]} : extent[i];
      count = n > 0 && count > end / n ? end : count * n;
    }
    return count;
  }
  /// The number of elements for a given batch size.
  constexpr long elements(long batch) const { return batched() ? elements() * batch : elements(); }

  /// The axes from `first` up to, not including, `last`.
  constexpr Shape slice(int first, int last) const {
    Shape part;
    for (int i = first; i < last; ++i) part.extent[part.rank++] = extent[i];
    return part;
  }
  /// Without the first axis: one sample of a batch.
  constexpr Shape sample() const { return slice(rank > 0 && extent[0] < 0 ? 1 : 0, rank); }
  constexpr Shape append(int last) const {
    Shape longer = *this;
    longer.extent[longer.rank++] = last;
    return longer;
  }
  constexpr bool operator==(const Shape& other) const {
    if (rank != other.rank) return false;
    for (int i = 0; i < rank; ++i)
      if (extent[i] != other.extent[i]) return false;
    return true;
  }
};

/// shape(28, 28, 1): a shape from its extents.
template <class... Extents>
constexpr Shape shape(Extents... extents) {
  static_assert(sizeof...(Extents) <= max_rank, "tenon::shape takes at most six extents");
  return {static_cast<int>(sizeof...(Extents)), {static_cast<int>(extents)...}};
}

/// One sample's shape with the batch in front.
constexpr Shape with_batch(const Shape& sample) {
  Shape batched = shape(dynamic);
  for (int i = 0; i < sample.rank; ++i) batched = batched.append(sample.extent[i]);
  return batched;
}

}  // namespace tenon
