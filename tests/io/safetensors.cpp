// The files of ../golden/safetensors were written by the safetensors package of Python.
#include <tenon/io/safetensors.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using Catch::Matchers::ContainsSubstring;
using support::content_of;
using support::error_of;
using support::TemporaryFolder;
using Floats = std::vector<float>;
using Shape = std::vector<std::size_t>;

namespace {

const std::filesystem::path golden = std::filesystem::path(__FILE__).parent_path() / "../golden/safetensors";

std::string file_of(const std::string& header, const std::string& data = "", std::size_t more = 0) {
  std::string bytes;
  for (std::size_t i = 0; i < 8; ++i) bytes += static_cast<char>((header.size() + more) >> 8 * i & 255);
  return bytes + header + data;
}
std::string open_error(const std::string& bytes) {
  const TemporaryFolder folder;
  const std::string path = folder.write("file", bytes);
  const std::string message = error_of([&] { tn::SafetensorsFile{path}; });
  CHECK_THAT(message, Catch::Matchers::StartsWith(path + ": "));
  return message.substr(path.size() + 2);
}
std::string header_error(const std::string& header, const std::string& data = "") { return open_error(file_of(header, data)); }

// Opens a damaged file and reads all of it. True if that was refused; anything but a std::runtime_error fails the test.
bool refused(const TemporaryFolder& folder, const std::string& bytes) {
  const std::string path = folder.write("damaged", bytes);
  try {
    const tn::SafetensorsFile file(path);
    for (const auto& entry : file.entries())
      if (entry.dtype == "F32") CHECK(file.tensor(entry.name).values.size() * 4 == entry.end - entry.begin);
    return false;
  } catch (const std::runtime_error& error) {
    CHECK_THAT(error.what(), Catch::Matchers::StartsWith(path + ": "));
    return true;
  }
}

const std::string f32 = R"("dtype":"F32","shape":)";

}  // namespace

TEST_CASE("SafetensorsFile reads what Python's safetensors wrote", "[io][safetensors]") {
  const tn::SafetensorsFile file(golden / "dtypes.safetensors");
  CHECK(file.metadata() == std::map<std::string, std::string>{{"format", "np"}, {"größe", "42"}});
  CHECK(file.entries().size() == 9);
  CHECK(file.tensor("float32").shape == Shape{2, 3});
  CHECK(file.tensor("float32").values == Floats{1, -2.5f, .1f, 1e-7f, 65504, 0});
  CHECK(std::signbit(file.tensor("float32").values[5]));
  CHECK(file.tensor("float64").values == Floats{1, -2.5f, .1f, 1e-7f, 65504, 0});
  CHECK(file.tensor("float16").values ==
        Floats{1, -2.5f, .0999755859375f, 1.1920928955078125e-07f, 65504, 0, INFINITY, -INFINITY, 5.960464477539063e-08f});
  CHECK(file.tensor("bfloat16").values == Floats{1, -2.5f, .10009765625f, 1.0011717677116394e-07f, 65536, 0});
  CHECK(file.tensor("scalar").shape == Shape{});
  CHECK(file.tensor("scalar").values == Floats{3.5f});
  CHECK(file.tensor("empty").shape == Shape{0, 3});
  CHECK(file.tensor("empty").values.empty());
  CHECK(file.tensor("naïve \"name\"/ü").values == Floats{7});
  CHECK(tn::SafetensorsFile(golden / "no_tensors.safetensors").entries().empty());
}

TEST_CASE("doubles are written and read with all their digits", "[io][safetensors]") {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "doubles.safetensors";
  const std::vector<double> values{1. / 3, -1e300, 0};
  const std::vector<float> beside{2.5f};
  tn::write_safetensors(path, std::vector<tn::NamedTensor>{{"d", {3}, nullptr, values.data()}, {"f", {1}, beside.data()}});
  const tn::SafetensorsFile file(path);
  CHECK(file.entries()[0].dtype == "F64");
  CHECK(file.doubles("d") == values);
  CHECK(file.doubles("f") == std::vector<double>{2.5});
  CHECK_THAT(error_of([&] { file.tensor("d"); }), ContainsSubstring("tensor 'd': the number at index 1 is too large for a float"));
  const std::vector<double> in_range{1. / 3, INFINITY, 0x1.fffffep127};
  tn::write_safetensors(path, std::vector<tn::NamedTensor>{{"d", {3}, nullptr, in_range.data()}});
  CHECK(tn::SafetensorsFile(path).tensor("d").values == Floats{1.f / 3, INFINITY, 0x1.fffffep127f});
}

TEST_CASE("SafetensorsFile names the tensor that it cannot give", "[io][safetensors]") {
  const std::string path = golden / "dtypes.safetensors";
  const tn::SafetensorsFile file(path);
  CHECK(file.contains("scalar"));
  CHECK(!file.contains("__metadata__"));
  CHECK(error_of([&] { file.tensor("kernel"); }) == path + ": holds no tensor 'kernel'");
  CHECK(error_of([&] { file.tensor("int64"); }) == path + ": tensor 'int64' is I64, expected F32, F64, F16 or BF16");
}

TEST_CASE("What write_safetensors writes is read again", "[io][safetensors]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "model.safetensors";
  const Floats kernel{1, 2, 3, 4, 5, 6}, scalar{-.5f};
  const std::map<std::string, std::string> metadata{{"fingerprint", "a\n\"b\""}, {"", {"\0\x1F\x7F\\/🙂", 9}}};
  const tn::NamedTensor tensors[] = {{"z/kernel", {2, 3}, kernel.data()}, {"none", {3, 0}, nullptr}, {"a/ü", {}, scalar.data()}};
  tn::write_safetensors(path, tensors, metadata);
  const tn::SafetensorsFile file(path);
  CHECK(file.metadata() == metadata);
  CHECK(file.tensor("z/kernel").shape == Shape{2, 3});
  CHECK(file.tensor("z/kernel").values == kernel);
  CHECK(file.tensor("none").shape == Shape{3, 0});
  CHECK(file.tensor("a/ü").values == scalar);
}

TEST_CASE("write_safetensors lays out the bytes of the format", "[io][safetensors]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  const Floats one{1.f, -2.f};
  tn::write_safetensors(path, std::vector<tn::NamedTensor>{{"w", {2}, one.data()}});
  const std::string header = R"({"w":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}})";  // 54 bytes: two blanks follow
  CHECK(content_of(path) == file_of(header + "  ", std::string("\x00\x00\x80\x3f\x00\x00\x00\xc0", 8)));
}

TEST_CASE("write_safetensors refuses what the format cannot hold and keeps the old file", "[io][safetensors]") {
  const TemporaryFolder folder;
  const std::string path = folder.write("file", "old");
  const float one = 1;
  const auto error = [&](const std::vector<tn::NamedTensor>& tensors) {
    return error_of([&] { tn::write_safetensors(path, tensors); });
  };
  CHECK(error({{"a", {}, &one}, {"a", {}, &one}}) == path + ": two tensors are named 'a'");
  CHECK(error({{"__metadata__", {}, &one}}) == path + ": a tensor cannot be named '__metadata__'");
  CHECK(error({{"kernel\xFF", {}, &one}}) == path + ": a name or a text is no valid UTF-8: byte 6, behind 'kernel'");
  CHECK(error({{"a", {1}, nullptr}}) == path + ": tensor 'a' has no data");
  CHECK(content_of(path) == "old");
}

TEST_CASE("SafetensorsFile says what is wrong with the frame of a file", "[io][safetensors]") {
  CHECK(error_of([] { tn::SafetensorsFile("/nowhere"); }) == "/nowhere: no such file");
  CHECK(error_of([] { tn::SafetensorsFile("/"); }) == "/: is not a file");
  CHECK(open_error("") == "truncated: 0 bytes, a safetensors file has 8 at least");
  CHECK(open_error(file_of("{}", "", 1)) == "truncated: a header of 3 bytes, 2 are there");
  CHECK_THAT(open_error(std::string(8, '\xFF')), ContainsSubstring("a header of 18446744073709551615 bytes, the format allows 100000000"));
  CHECK(header_error("") == "the header does not start with '{'");
  CHECK(header_error("[]") == "the header does not start with '{'");
  CHECK_THAT(header_error("{"), ContainsSubstring("the header is no valid JSON: "));
  CHECK_THAT(header_error("{} {}"), ContainsSubstring("the header is no valid JSON: "));
  CHECK_THAT(header_error("{\"\xFF\":1}"), ContainsSubstring("the header is no valid JSON: "));
  CHECK(header_error("{\"a\" 1}") == "the header is no valid JSON: byte 5: Missing a colon after a name of object member.");
  CHECK_THAT(header_error(std::string("{}\0", 3)), ContainsSubstring("the header is no valid JSON: byte 2: "));
  CHECK_THAT(header_error("{\"\xED\xA0\x80\":1}"), ContainsSubstring("no valid JSON: byte 2: "));  // half of a surrogate pair
  CHECK_THAT(header_error(R"({"\uDC00":1})"), ContainsSubstring("no valid JSON: byte "));
  CHECK_THAT(header_error(R"({"a":"\uDC00"})"), ContainsSubstring("no valid JSON: byte "));
  CHECK_THAT(header_error(R"({"a":01})"), ContainsSubstring("the header is no valid JSON: byte 6: "));
  CHECK(header_error("{}", "abc") == "oversized: 3 bytes behind the last tensor");
}

TEST_CASE("SafetensorsFile says what is wrong with an entry of the header", "[io][safetensors]") {
  const auto error = [](const std::string& entry, std::size_t data = 4) {
    return header_error("{\"w\":" + entry + "}", std::string(data, '\0'));
  };
  CHECK(error("1") == "tensor 'w' is no object");
  CHECK(error("{}") == "tensor 'w' has no dtype");
  CHECK(error(R"({"dtype":"F32","data_offsets":[0,4]})") == "tensor 'w' has no shape");
  CHECK(error("{" + f32 + "[1]}") == "tensor 'w' has no data_offsets");
  CHECK(error(R"({"dtype":1,"shape":[1],"data_offsets":[0,4]})") == "tensor 'w': dtype is no string");
  CHECK(error(R"({"dtype":"F31","shape":[1],"data_offsets":[0,4]})") == "tensor 'w': unknown dtype 'F31'");
  CHECK(error("{" + f32 + R"(1,"data_offsets":[0,4]})") == "tensor 'w': shape is no list");
  for (const char* extent : {"-1", "-0", "1.0", "1e0", "0.0000000001e-2147483639", "\"1\"", "18446744073709551616", "null", "[1]", "{}"})
    CHECK(error("{" + f32 + "[" + extent + R"(],"data_offsets":[0,4]})") ==
          "tensor 'w': shape holds what is no whole number of 0 or more");
  CHECK(error("{" + f32 + R"([1],"data_offsets":[4]})") == "tensor 'w': 1 data_offsets, expected 2");
  CHECK(error("{" + f32 + R"([1],"data_offsets":[4,0]})") == "tensor 'w': data_offsets run backwards");
  CHECK(error("{" + f32 + R"([2,3],"data_offsets":[0,20]})") ==
        "tensor 'w': F32 of shape (2, 3) has 24 bytes, its data_offsets span 20");
  CHECK(error("{" + f32 + R"([4611686018427387905],"data_offsets":[0,4]})") ==
        "tensor 'w': shape (4611686018427387905,) has more bytes than can be counted");  // 4 (2^62 + 1) is 4 in 64 bits
  CHECK(error("{" + f32 + R"([1],"data_offsets":[0,4]})", 3) ==
        "truncated: tensor 'w' ends at byte 4 of the data, of which there are 3");
  CHECK(error("{" + f32 + R"([1],"data_offsets":[0,4]})", 5) == "oversized: 1 bytes behind the last tensor");
  CHECK(error("{" + f32 + R"([1],"data_offsets":[1,5]})", 5) ==
        "tensor 'w' starts at byte 1 of the data, behind a hole, which ends at 0");
  CHECK(error("{" + f32 + R"([1],"shape":[1],"data_offsets":[0,4]})") == "two entries are named 'shape'");
}

TEST_CASE("SafetensorsFile passes over what it does not know of a tensor", "[io][safetensors]") {
  const TemporaryFolder folder;
  const std::string header = R"({"w":{"of":{"shape":[9],"dtype":[{}]},"shape":[],"dtype":"F32","data_offsets":[0,4],"x":[1,[2]]}})";
  const tn::SafetensorsFile file(folder.write("file", file_of(header, std::string("\x00\x00\x80\x3f", 4))));
  CHECK(file.tensor("w").values == Floats{1});
}

TEST_CASE("SafetensorsFile says what is wrong between the entries of the header", "[io][safetensors]") {
  const std::string a = "\"a\":{" + f32 + R"([1],"data_offsets":[0,4]})";
  const auto b = [](const char* offsets) { return ",\"b\":{" + f32 + R"([1],"data_offsets":)" + offsets + "}"; };
  CHECK(header_error("{" + a + "," + a + "}", "1234") == "two entries are named 'a'");
  CHECK(header_error("{" + a + b("[2,6]") + "}", "123456") ==
        "tensor 'b' starts at byte 2 of the data, inside the one before it, which ends at 4");
  CHECK(header_error("{" + a + b("[0,4]") + "}", "1234") ==
        "tensor 'b' starts at byte 0 of the data, inside the one before it, which ends at 4");
  CHECK(header_error("{" + a + b("[5,9]") + "}", "123456789") ==
        "tensor 'b' starts at byte 5 of the data, behind a hole, which ends at 4");
  CHECK(header_error(R"({"__metadata__":{"a":"1","\u0061":"2"}})") == "two entries are named 'a'");
  CHECK(header_error(R"({"__metadata__":[]})") == "__metadata__ is no object");
  CHECK(header_error(R"({"__metadata__":{"epoch":3}})") == "__metadata__: 'epoch' is no string");
}

TEST_CASE("SafetensorsFile survives a header nested without end", "[io][safetensors]") {
  const std::string deep(1'000'000, '[');
  CHECK_THAT(header_error("{\"w\":" + deep), ContainsSubstring("no valid JSON"));
  CHECK(header_error("{\"w\":{" + f32 + "[" + deep + std::string(deep.size(), ']') + R"(],"data_offsets":[0,4]}})", "1234") ==
        "tensor 'w': shape holds what is no whole number of 0 or more");
}

TEST_CASE("SafetensorsFile refuses a file that is cut off anywhere", "[io][safetensors]") {
  const TemporaryFolder folder;
  const std::string bytes = content_of(golden / "dtypes.safetensors");
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK(refused(folder, bytes.substr(0, size)));
  CHECK(refused(folder, bytes + '\0'));
  CHECK(!refused(folder, bytes));
}

TEST_CASE("SafetensorsFile refuses or reads a file with any byte changed", "[io][safetensors]") {
  const TemporaryFolder folder;
  const std::string bytes = content_of(golden / "dtypes.safetensors");
  const std::size_t data = 8 + static_cast<unsigned char>(bytes[0]) + 256u * static_cast<unsigned char>(bytes[1]);
  std::size_t refusals = 0;
  for (std::size_t i = 0; i < data + 4; ++i)
    for (const int change : {0x01, 0x02, 0x10, 0x20, 0x80, 0xFF}) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ change);
      refusals += refused(folder, damaged);
    }
  CHECK(refusals > 3 * data);  // changes inside names, texts and values are read
}
