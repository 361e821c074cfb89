// MNIST: handwritten digits.
#pragma once

#include <tenon/data/find_dataset.hpp>
#include <tenon/data/image_dataset.hpp>

namespace tenon::datasets {

/// The MNIST database of handwritten digits (LeCun, Cortes, Burges): 60,000 images to train on and 10,000 to test on.
/// x: (N, 28, 28, 1), pixels from 0 (paper) to 1 (ink); y: (N), the digits 0 … 9.
/// `folder` holds the four IDX files, plain or .gz. Without it: the folder of the environment variable TENON_DATA (or
/// mnist/ in it), else the library's own sample of 5,000 and 1,000 images.
/// Throws std::runtime_error that names the file, what is wrong with it and what was expected.
///
///     const auto mnist = tn::datasets::load_mnist(argc > 1 ? argv[1] : "");
///     model.fit(mnist.train.x, mnist.train.y);
inline ImageDataset<4> load_mnist(const std::filesystem::path& folder = {}) {
  return load_images<4>(find_dataset("mnist", folder));
}

/// The same with each image as one row of 784 pixels: x: (N, 784).
///
///     const auto& [train, test] = tn::datasets::load_mnist("", tn::flat);
inline ImageDataset<2> load_mnist(const std::filesystem::path& folder, Flat) {
  return load_images<2>(find_dataset("mnist", folder));
}

}  // namespace tenon::datasets
