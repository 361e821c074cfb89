// A file that is there whole or not at all.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace tenon {

/// Writes a file beside its final place and moves it there when it is complete: whoever opens the path finds the old
/// content or the new one, never a part, whatever happens in between (full disk, kill, power cut).
/// Without `commit` nothing changes: the destructor removes what was written.
/// Throws std::runtime_error that starts with the path: the folder does not take files, the disk is full, what is there is no file
/// but a folder, a pipe or a device, ….
///
///     tn::AtomicFile file("weights.bin");
///     file.write(values.data(), values.size() * sizeof(float));
///     file.commit();
class AtomicFile {
 public:
  explicit AtomicFile(const std::filesystem::path& path) : path_(resolve(path)) {
    struct stat before;
    const bool there = stat(path_.c_str(), &before) == 0;
    if (there && !S_ISREG(before.st_mode)) throw std::runtime_error(path_.string() + ": cannot be replaced: it is not a regular file");
    static std::atomic<unsigned> count{0};
    temporary_ = path_.string() + ".part-" + std::to_string(getpid()) + "-" + std::to_string(count++);
    file_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file_ < 0) fail("cannot be written");
    if (there) static_cast<void>(fchmod(file_, before.st_mode & 07777));
  }
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile() {
    if (file_ >= 0) close(file_);
    if (!committed_) unlink(temporary_.c_str());
  }

  /// Appends bytes.
  void write(const void* bytes, std::size_t size) {
    const char* next = static_cast<const char*>(bytes);
    while (size > 0) {
      const ssize_t written = ::write(file_, next, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("cannot be written");
      next += written;
      size -= static_cast<std::size_t>(written);
    }
  }

  /// Puts the file in its place, safely on the disk.
  void commit() {
    if (fsync(file_) != 0) fail("cannot be written");
    const int file = file_;
    file_ = -1;
    if (close(file) != 0) fail("cannot be written");
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail("cannot be replaced");
    committed_ = true;
    // The new name, too, is to outlive a power cut. Some file systems cannot promise it; the file itself is there.
    const int folder = open((path_.has_parent_path() ? path_.parent_path() : ".").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
      static_cast<void>(fsync(folder));
      close(folder);
    }
  }

 private:
  // A link stays a link: what it leads to is replaced.
  static std::filesystem::path resolve(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_symlink(path, error)) return path;
    const auto target = std::filesystem::weakly_canonical(path, error);
    return error ? path : target;
  }
  [[noreturn]] void fail(const char* what) const {
    throw std::runtime_error(path_.string() + ": " + what + ": " + std::strerror(errno));
  }

  std::filesystem::path path_;
  std::string temporary_;
  int file_ = -1;
  bool committed_ = false;
};

}  // namespace tenon
