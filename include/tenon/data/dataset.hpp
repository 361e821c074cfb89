// Samples with their targets, and the two sets that training needs of them.
#pragma once



namespace tenon {

/// Inputs and their targets, row by row: x (N, …), y (N, …).
template <class X, class Y>
struct Samples {
  X x;
  Y y;
};

/// What a model learns from and what it is measured on.
///
///     const auto& [train, test] = mnist;
///     model.fit(train.x, train.y);
template <class X, class Y>
struct Dataset {
  Samples<X, Y> train;
  Samples<X, Y> test;
};

/// The type of `tenon::flat`.
struct Flat {};

/// Asks a loader for each image as one row of pixels.
///
///     const auto mnist = tn::datasets::load_mnist("", tn::flat);  // mnist.train.x: (N, 784)
inline constexpr Flat flat{};

}  // namespace tenon
