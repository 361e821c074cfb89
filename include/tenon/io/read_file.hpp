// The bytes of a file, plain or gzip.
#pragma once

#include <zlib.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace tenon {

/// The whole content of a file; one that is compressed with gzip is unpacked, whatever its name.
/// Throws std::runtime_error that starts with the path: the file cannot be opened or read, or is a gzip file that is
/// damaged or ends early.
///
///     const std::string text = tn::read_file("housing.csv.gz");
inline std::string read_file(const std::filesystem::path& path) {
  const auto fail = [&](const std::string& why) { throw std::runtime_error(path.string() + ": " + why); };
  if (!std::filesystem::exists(path)) fail("no such file");
  if (std::filesystem::is_directory(path)) fail("is a folder, a file is wanted");

  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), &gzclose);
  if (!file) fail("cannot be opened for reading");
  gzbuffer(file.get(), 1 << 17);

  std::string content;
  constexpr unsigned piece = 1 << 20;
  for (std::size_t size = 0;;) {
    content.resize(size + piece);
    const int got = gzread(file.get(), content.data() + size, piece);
    int code = Z_OK;
    const char* why = gzerror(file.get(), &code);
    if (code == Z_BUF_ERROR) fail("truncated: the gzip data end early");
    if (got < 0 || code != Z_OK) fail(std::string("damaged: ") + why);
    size += static_cast<std::size_t>(got);
    if (got == 0) return content.resize(size), content;
  }
}

}  // namespace tenon
