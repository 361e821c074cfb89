// Labelled 28 x 28 images in four IDX files: MNIST and the sets that were made to replace it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include <tenon/core/xtensor.hpp>
#include <tenon/data/dataset.hpp>
#include <tenon/data/idx.hpp>

namespace tenon {

/// x: grey images of 28 x 28 pixels in [0, 1], (N, 28, 28, 1) or, flat, (N, 784); y: labels 0 … 9, (N).
template <std::size_t Rank>
using ImageDataset = Dataset<xt::xtensor<float, Rank>, xt::xtensor<int, 1>>;

namespace detail {

// The first of the files that exists, plain or gzip.
inline std::filesystem::path find_idx(const std::filesystem::path& folder, std::initializer_list<std::string> names) {
  std::string wanted;
  for (const std::string& name : names) {
    for (const auto& path : {folder / name, folder / (name + ".gz")})
      if (std::filesystem::is_regular_file(path)) return path;
    wanted += (wanted.empty() ? "" : " or ") + name;
  }
  throw std::runtime_error(folder.string() + ": holds no " + wanted + ", plain or .gz");
}

template <std::size_t Rank>
Samples<xt::xtensor<float, Rank>, xt::xtensor<int, 1>> read_images(const std::filesystem::path& images_path,
                                                                   const std::filesystem::path& labels_path) {
  const Idx images = read_idx(images_path, 3);
  const Idx labels = read_idx(labels_path, 1);
  const std::size_t count = images.shape[0], rows = images.shape[1], columns = images.shape[2];
  if (rows != 28 || columns != 28)
    throw std::runtime_error(images_path.string() + ": images of " + std::to_string(rows) + " x " + std::to_string(columns) +
                             ", expected 28 x 28");
  if (count != labels.shape[0])
    throw std::runtime_error(images_path.string() + ": " + std::to_string(count) + " images, but " +
                             std::to_string(labels.shape[0]) + " labels in " + labels_path.string());

  Samples<xt::xtensor<float, Rank>, xt::xtensor<int, 1>> samples;
  if constexpr (Rank == 4) samples.x.resize({count, rows, columns, 1});
  else samples.x.resize({count, rows * columns});
  for (std::size_t i = 0; i < samples.x.size(); ++i) samples.x.data()[i] = static_cast<float>(images[i]) / 255.f;

  samples.y.resize({count});
  for (std::size_t i = 0; i < count; ++i) {
    if (labels[i] > 9)
      throw std::runtime_error(labels_path.string() + ": label " + std::to_string(labels[i]) + " of image " +
                               std::to_string(i) + ", expected 0 to 9");
    samples.y.data()[i] = labels[i];
  }
  return samples;
}

}  // namespace detail

/// Reads a folder with the four files of an MNIST-like dataset: {train,t10k}-images-idx3-ubyte and
/// {train,t10k}-labels-idx1-ubyte, plain or .gz; train10k-… for the first 10,000 training images is also accepted.
/// Throws std::runtime_error that starts with the path of the file at fault: missing, damaged (see `read_idx`), images of
/// another size, another number of labels than images, a label above 9.
template <std::size_t Rank>
ImageDataset<Rank> load_images(const std::filesystem::path& folder) {
  static_assert(Rank == 4 || Rank == 2, "load_images: images are (N, 28, 28, 1) or, flat, (N, 784)");
  using detail::find_idx;
  const auto train_x = find_idx(folder, {"train-images-idx3-ubyte", "train-images.idx3-ubyte", "train10k-images-idx3-ubyte"});
  const auto train_y = find_idx(folder, {"train-labels-idx1-ubyte", "train-labels.idx1-ubyte", "train10k-labels-idx1-ubyte"});
  const auto test_x = find_idx(folder, {"t10k-images-idx3-ubyte", "t10k-images.idx3-ubyte"});
  const auto test_y = find_idx(folder, {"t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte"});
  return {detail::read_images<Rank>(train_x, train_y), detail::read_images<Rank>(test_x, test_y)};
}

}  // namespace tenon
