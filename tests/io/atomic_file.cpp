#include <tenon/io/atomic_file.hpp>

#include <sys/stat.h>

#include <iterator>
#include <vector>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/full_disk.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using support::content_of;
using support::error_of;

namespace {

long files_in(const support::TemporaryFolder& folder) {
  return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
}

}  // namespace

TEST_CASE("AtomicFile shows nothing before the commit and everything after it", "[io][atomic_file]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.write("weights", "old");
  {
    tn::AtomicFile file(path);
    file.write("new ", 4);
    CHECK(content_of(path) == "old");
    file.write("text", 4);
    file.commit();
  }
  CHECK(content_of(path) == "new text");
  CHECK(files_in(folder) == 1);
}

TEST_CASE("AtomicFile leaves no trace without a commit", "[io][atomic_file]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.write("weights", "old");
  tn::AtomicFile(path).write("new", 3);
  CHECK(content_of(path) == "old");
  CHECK(files_in(folder) == 1);
}

TEST_CASE("AtomicFile keeps the old file when the disk is full", "[io][atomic_file]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.write("weights", "old");
  const std::vector<char> bytes(100'000, 'x');
  const auto save = [&] {
    tn::AtomicFile file(path);
    file.write(bytes.data(), bytes.size());
    file.commit();
  };
  {
    const support::FullDisk disk(50'000);
    CHECK_THAT(error_of(save), ContainsSubstring(path + ": cannot be written: "));
  }
  CHECK(content_of(path) == "old");
  CHECK(files_in(folder) == 1);
  save();
  CHECK(content_of(path).size() == bytes.size());
}

TEST_CASE("AtomicFile says why a file cannot be written", "[io][atomic_file]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.path() / "nowhere/weights";
  CHECK(error_of([&] { tn::AtomicFile file(path); }) == path + ": cannot be written: No such file or directory");
  CHECK_THAT(error_of([&] { tn::AtomicFile(folder.path()).commit(); }), ContainsSubstring("cannot be replaced"));  // a folder
  CHECK(files_in(folder) == 0);
}

TEST_CASE("AtomicFile replaces what a link leads to, and keeps its permissions", "[io][atomic_file]") {
  const support::TemporaryFolder folder;
  const fs::path target = folder.write("target", "old"), link = folder.path() / "link";
  fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("target", link);
  tn::AtomicFile file(link);
  file.write("new", 3);
  file.commit();
  CHECK(fs::is_symlink(link));
  CHECK(content_of(target) == "new");
  CHECK(fs::status(target).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}
TEST_CASE("AtomicFile does not replace what is no file", "[io][atomic_file]") {
  const support::TemporaryFolder folder;
  const fs::path pipe = folder.path() / "pipe", link = folder.path() / "link";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  fs::create_symlink(pipe, link);
  const std::string error = "cannot be replaced: it is not a regular file";
  CHECK_THAT(error_of([&] { tn::AtomicFile file(pipe); }), ContainsSubstring("pipe: " + error));
  CHECK_THAT(error_of([&] { tn::AtomicFile file(link); }), ContainsSubstring("pipe: " + error));
  CHECK_THAT(error_of([&] { tn::AtomicFile file(folder.path()); }), ContainsSubstring(error));
  CHECK_THAT(error_of([] { tn::AtomicFile file("/dev/null"); }), ContainsSubstring(error));
  CHECK(fs::is_fifo(pipe));
  CHECK(files_in(folder) == 2);
}
