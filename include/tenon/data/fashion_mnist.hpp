// Fashion-MNIST: pieces of clothing.
#pragma once

#include <tenon/data/find_dataset.hpp>
#include <tenon/data/image_dataset.hpp>

namespace tenon::datasets {

/// Fashion-MNIST (Xiao, Rasul, Vollgraf; Zalando Research, 2017): 60,000 images to train on and 10,000 to test on, of
/// T-shirt/top, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag and ankle boot.
/// x: (N, 28, 28, 1), pixels from 0 to 1; y: (N), the classes 0 … 9 in that order.
/// `folder` holds the four IDX files, plain or .gz; without it, the folder fashion_mnist/ in that of the environment
/// variable TENON_DATA. The library carries no sample of this set.
/// Throws std::runtime_error that names the file, what is wrong with it and what was expected.
///
///     const auto fashion = tn::datasets::load_fashion_mnist("data/fashion_mnist");
inline ImageDataset<4> load_fashion_mnist(const std::filesystem::path& folder = {}) {
  return load_images<4>(find_dataset("fashion_mnist", folder));
}

/// The same with each image as one row of 784 pixels: x: (N, 784).
inline ImageDataset<2> load_fashion_mnist(const std::filesystem::path& folder, Flat) {
  return load_images<2>(find_dataset("fashion_mnist", folder));
}

}  // namespace tenon::datasets
