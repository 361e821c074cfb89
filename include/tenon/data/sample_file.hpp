// A file that travels with the library.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

#include <tenon/data/find_dataset.hpp>

namespace tenon::datasets {

/// The path of a small data set that comes with the library, by its name in `share/tenon`: "auto_mpg/auto_mpg.csv".
/// Throws std::runtime_error that lists the places it looked in.
///
///     const auto cars = tn::datasets::load_csv(tn::datasets::sample_file("auto_mpg/auto_mpg.csv"), {.target = "mpg", .one_hot = "origin"});
inline std::filesystem::path sample_file(const std::filesystem::path& name) {
  std::error_code ignored;
  std::string looked;
  for (const std::filesystem::path& share : detail::share_folders()) {
    if (std::filesystem::is_regular_file(share / name, ignored)) return share / name;
    looked += "\n  " + (share / name).string();
  }
  throw std::runtime_error("the library has no sample " + name.string() + "; looked for" + looked);
}

}  // namespace tenon::datasets
