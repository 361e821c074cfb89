// Expected sums, labels and pixels were read from the files with Python's gzip module.
#include <tenon/data/fashion_mnist.hpp>
#include <tenon/data/mnist.hpp>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;
using support::TemporaryFolder;
using Catch::Matchers::ContainsSubstring;
namespace datasets = tn::datasets;

namespace {

std::string word(std::size_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255);
  return bytes;
}
std::string images(std::size_t count, std::size_t rows = 28) {
  return word(0x803) + word(count) + word(rows) + word(28) + std::string(count * rows * 28, '\x33');
}
std::string labels(std::size_t count, char label = 9) { return word(0x801) + word(count) + std::string(count, label); }

// A folder that loads: three images to train on, two to test on.
void fill(const TemporaryFolder& folder) {
  folder.write("train-images-idx3-ubyte", images(3));
  folder.write("train-labels-idx1-ubyte", labels(3));
  folder.write("t10k-images-idx3-ubyte", images(2));
  folder.write("t10k-labels-idx1-ubyte", labels(2));
}

double pixel_sum(const auto& x) { return std::accumulate(x.begin(), x.end(), 0.) * 255; }

std::vector<int> first(const xt::xtensor<int, 1>& y) { return {y.begin(), y.begin() + 10}; }

// The environment variable for the length of a scope.
struct Environment {
  explicit Environment(const std::string& value) { setenv("TENON_DATA", value.c_str(), 1); }
  ~Environment() { unsetenv("TENON_DATA"); }
};

}  // namespace

TEST_CASE("load_mnist without a folder gives the library's own sample", "[data][mnist]") {
  unsetenv("TENON_DATA");
  const auto mnist = datasets::load_mnist();
  const auto& [train, test] = mnist;
  CHECK(train.x.shape() == std::array<std::size_t, 4>{5000, 28, 28, 1});
  CHECK(test.x.shape() == std::array<std::size_t, 4>{1000, 28, 28, 1});
  CHECK(first(train.y) == std::vector{5, 0, 4, 1, 9, 2, 3, 6, 7, 8});
  CHECK(first(test.y) == std::vector{7, 2, 1, 0, 4, 9, 5, 6, 3, 4});
  CHECK(pixel_sum(train.x) == Approx(132012893));
  CHECK(pixel_sum(test.x) == Approx(26703247));
  for (int digit = 0; digit < 10; ++digit) {
    CHECK(std::count(train.y.begin(), train.y.end(), digit) == 500);
    CHECK(std::count(test.y.begin(), test.y.end(), digit) == 100);
  }
  const std::vector<float> row{0, 17, 211, 253, 215, 240, 254, 253, 234, 128};
  for (std::size_t i = 0; i < row.size(); ++i) CHECK(test.x(10, 14, 10 + i, 0) == row[i] / 255);
}

TEST_CASE("load_mnist gives each image as one row when asked for flat ones", "[data][mnist]") {
  const auto images = datasets::load_mnist("");
  const auto rows = datasets::load_mnist("", tn::flat);
  CHECK(rows.train.x.shape() == std::array<std::size_t, 2>{5000, 784});
  CHECK(std::equal(rows.train.x.begin(), rows.train.x.end(), images.train.x.begin()));
  CHECK(rows.test.x(999, 400) == images.test.x(999, 14, 8, 0));
}

TEST_CASE("load_mnist reads plain files and scales bytes to [0, 1]", "[data][mnist]") {
  const TemporaryFolder folder;
  fill(folder);
  const auto mnist = datasets::load_mnist(folder.path());
  CHECK(mnist.train.x.shape(0) == 3);
  CHECK(mnist.test.x(1, 27, 27, 0) == 0x33 / 255.f);
  CHECK(mnist.test.y(1) == 9);
}

TEST_CASE("load_mnist names the file and what is wrong with it", "[data][mnist]") {
  const TemporaryFolder folder;
  fill(folder);
  const auto error = [&](const std::string& name, const std::string& content) {
    const std::string path = folder.write(name, content);
    const std::string message = error_of([&] { datasets::load_mnist(folder.path()); });
    CHECK_THAT(message, Catch::Matchers::StartsWith(path + ": "));
    fill(folder);
    return message;
  };
  const std::string train = "train-images-idx3-ubyte";
  CHECK_THAT(error(train, labels(3)), ContainsSubstring("truncated: 11 bytes, the IDX header alone has 16"));
  CHECK_THAT(error(train, labels(30)), ContainsSubstring("magic number 0x00000801, expected 0x00000803"));
  CHECK_THAT(error(train, images(3).substr(0, 100)), ContainsSubstring("truncated: 84 bytes of data, the header promises 3 x 28 x 28"));
  CHECK_THAT(error(train, word(0x803) + word(~0u) + word(~0u) + word(~0u) + "x"), ContainsSubstring("truncated: 1 bytes"));
  CHECK_THAT(error(train, images(3) + "ab"), ContainsSubstring("has 2 bytes more than the header's 3 x 28 x 28"));
  CHECK_THAT(error(train, images(0)), ContainsSubstring("is empty: axis 0"));
  CHECK_THAT(error(train, images(3, 27)), ContainsSubstring("images of 27 x 28, expected 28 x 28"));
  CHECK_THAT(error(train, images(4)), ContainsSubstring("4 images, but 3 labels in " + folder.path().string()));
  CHECK_THAT(error(train, ""), ContainsSubstring("truncated: 0 bytes"));
  CHECK_THAT(error("t10k-labels-idx1-ubyte", labels(2, 10)), ContainsSubstring("label 10 of image 0, expected 0 to 9"));
}

TEST_CASE("load_mnist refuses a gzip file that is cut off or damaged", "[data][mnist]") {
  const TemporaryFolder folder;
  fill(folder);
  std::filesystem::remove(folder.path() / "train-images-idx3-ubyte");
  const auto sample = tn::find_dataset("mnist") / "train-images-idx3-ubyte.gz";
  std::string bytes = support::content_of(sample);
  folder.write("train-images-idx3-ubyte.gz", bytes.substr(0, bytes.size() / 2));
  CHECK_THAT(error_of([&] { datasets::load_mnist(folder.path()); }), ContainsSubstring("truncated: the gzip data end early"));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  folder.write("train-images-idx3-ubyte.gz", bytes);
  CHECK_THAT(error_of([&] { datasets::load_mnist(folder.path()); }), ContainsSubstring("train-images-idx3-ubyte.gz: damaged"));
}

TEST_CASE("load_mnist says where it looked", "[data][mnist]") {
  const TemporaryFolder folder;
  CHECK_THAT(error_of([&] { datasets::load_mnist(folder.path()); }),
             ContainsSubstring(folder.path().string() + ": holds no train-images-idx3-ubyte or "));
  CHECK_THAT(error_of([&] { datasets::load_mnist(folder.path() / "nowhere"); }),
             ContainsSubstring("looked for\n  " + folder.path().string() + "/nowhere"));
  const Environment variable(folder.path() / "nowhere");
  CHECK_THAT(error_of([] { datasets::load_mnist(); }), ContainsSubstring(folder.path().string() + "/nowhere/mnist"));
}

TEST_CASE("load_mnist follows the environment variable TENON_DATA", "[data][mnist]") {
  const TemporaryFolder folder;
  const Environment variable(folder.path());
  fill(folder);
  CHECK(datasets::load_mnist().train.y.size() == 3);  // the files themselves

  const auto below = folder.path() / "mnist";  // a folder of datasets
  std::filesystem::create_directory(below);
  for (const auto& file : std::filesystem::directory_iterator(tn::find_dataset("mnist", folder.path())))
    if (file.is_regular_file()) std::filesystem::rename(file.path(), below / file.path().filename());
  CHECK(datasets::load_mnist().test.y.size() == 2);
}

TEST_CASE("The share folder is found when the compiler knows the headers by a relative path", "[data][mnist]") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "build/deep");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path() / "build/deep");
  const auto places = tn::detail::share_folders("include/tenon/data/find_dataset.hpp");
  const auto sibling = tn::detail::share_folders("../include/tenon/data/find_dataset.hpp");
  std::filesystem::current_path(before);
  CHECK(std::count(places.begin(), places.end(), folder.path() / "share/tenon") == 1);
  CHECK(std::count(sibling.begin(), sibling.end(), folder.path() / "build/share/tenon") == 1);
  CHECK(tn::detail::share_folders("/usr/include/tenon/data/find_dataset.hpp").back() == "/usr/share/tenon");
}

TEST_CASE("load_fashion_mnist reads the same files and has no sample", "[data][fashion_mnist]") {
  unsetenv("TENON_DATA");
  CHECK_THAT(error_of([] { datasets::load_fashion_mnist(); }), ContainsSubstring("set TENON_DATA to the folder that holds fashion_mnist/"));
  const TemporaryFolder folder;
  fill(folder);
  CHECK(datasets::load_fashion_mnist(folder.path()).train.x.shape(1) == 28);
  CHECK(datasets::load_fashion_mnist(folder.path(), tn::flat).train.x.shape(1) == 784);
  for (const char* part : {"images-idx3", "labels-idx1"})
    std::filesystem::rename(folder.path() / ("train-" + std::string(part) + "-ubyte"),
                            folder.path() / ("train10k-" + std::string(part) + "-ubyte"));
  CHECK(datasets::load_fashion_mnist(folder.path()).train.y.size() == 3);

  const Environment variable(folder.path());  // digits and clothes in one place: never one for the other
  CHECK_THAT(error_of([] { datasets::load_fashion_mnist(); }), ContainsSubstring("no folder with the dataset fashion_mnist"));
}

TEST_CASE("load_mnist reads the full set", "[data][mnist][full]") {
#ifdef TENON_TEST_DATA
  const std::filesystem::path folder = std::filesystem::path(TENON_TEST_DATA) / "mnist";
  if (std::filesystem::exists(folder)) {
    const auto [train, test] = datasets::load_mnist(folder, tn::flat);
    CHECK(train.x.shape() == std::array<std::size_t, 2>{60000, 784});
    CHECK(test.x.shape() == std::array<std::size_t, 2>{10000, 784});
    CHECK(first(train.y) == std::vector{5, 0, 4, 1, 9, 2, 1, 3, 1, 4});
    CHECK(first(test.y) == std::vector{7, 2, 1, 0, 4, 1, 4, 9, 5, 9});
    CHECK(pixel_sum(train.x) / 255 / (60000. * 784) == Approx(0.1307).epsilon(1e-3));  // the mean everyone normalises with
    return;
  }
#endif
  WARN("skipped: TENON_TEST_DATA names no folder with the full sets");
}
