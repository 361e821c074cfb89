// Where a dataset lies.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace tenon {

namespace detail {

// The share folders that may belong to these headers: <root>/include/tenon/data/<this file> has <root>/share/tenon, in the
// source tree as where it is installed. With `-I include` the compiler's name of this file is relative to the folder it
// ran in, which a program cannot know: then <root> is tried from the working folder, the program's, and their parents.
inline std::vector<std::filesystem::path> share_folders(const std::filesystem::path& header = __FILE__) {
  namespace fs = std::filesystem;
  std::vector<fs::path> folders;
#ifdef TENON_SHARE_DIR  // defined by the CMake package
  folders.emplace_back(TENON_SHARE_DIR);
#endif
  const fs::path share = (header.parent_path() / "../../../share/tenon").lexically_normal();
  if (share.is_absolute()) {
    folders.push_back(share);
    return folders;
  }
  std::error_code ignored;
  for (fs::path folder : {fs::current_path(ignored), fs::read_symlink("/proc/self/exe", ignored).parent_path()})
    for (; !folder.empty(); folder = folder.has_relative_path() ? folder.parent_path() : fs::path())
      folders.push_back((folder / share).lexically_normal());
  return folders;
}

}  // namespace detail

/// The folder that holds the dataset `name`: `folder` if one is given; else, if the environment variable TENON_DATA is
/// set, `$TENON_DATA/<name>` (for MNIST also `$TENON_DATA` itself); else the library's own sample, `share/tenon/<name>`.
/// Throws std::runtime_error that lists the places it looked in. A variable that leads nowhere is an error too: falling
/// back to the sample would silently train on less than was asked for.
inline std::filesystem::path find_dataset(const std::string& name, const std::filesystem::path& folder = {}) {
  namespace fs = std::filesystem;
  std::vector<fs::path> places;
  const char* variable = std::getenv("TENON_DATA");
  if (!folder.empty()) {
    places = {folder};
  } else if (variable != nullptr && *variable != '\0') {
    places = {fs::path(variable) / name};
    if (name == "mnist") places.emplace_back(variable);
  } else {
    for (const fs::path& share : detail::share_folders()) places.push_back(share / name);
  }
  std::error_code ignored;
  std::string looked;
  for (const fs::path& place : places) {
    if (fs::is_directory(place, ignored)) return place;
    looked += "\n  " + place.string();
  }
  throw std::runtime_error("no folder with the dataset " + name + "; looked for" + looked +
                           "\nGive the folder with its four IDX files, or set TENON_DATA to the folder that holds " + name + "/");
}

}  // namespace tenon
