// Expected values were computed by scikit-learn 1.9 (StandardScaler, MinMaxScaler).
#include <tenon/data/min_max_scaler.hpp>
#include <tenon/data/standard_scaler.hpp>

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;

namespace {
using Matrix = xt::xtensor<float, 2>;
const Matrix train{{1, -2, .1f}, {4, 0, .1f}, {2, 7, .1f}, {-3.5f, 1, .1f}};
const Matrix test{{2, 2, 2}};

void check_close(const auto& found, const std::vector<double>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(found.data()[i] == Approx(expected[i]).margin(1e-6).epsilon(1e-6));
}
}  // namespace

TEST_CASE("StandardScaler agrees with scikit-learn", "[data][scaler]") {
  const tn::StandardScaler scaler(train);
  check_close(scaler.transform(train), {0.04550158, -1.04349839, 0, 1.13753939, -0.4472136, 0, 0.40951418, 1.63978318, 0,
                                        -1.59255514, -0.1490712, 0});
  check_close(scaler.transform(test), {0.40951418, 0.1490712, 1.9});  // the constant feature is only shifted
  check_close(scaler.mean(), {0.875, 1.5, 0.1});
  check_close(scaler.scale(), {2.74715762, 3.35410197, 1});
}

TEST_CASE("MinMaxScaler agrees with scikit-learn", "[data][scaler]") {
  const tn::MinMaxScaler unit(train);
  check_close(unit.transform(train), {.6, 0, 0, 1, .22222222, 0, .73333333, 1, 0, 0, .33333333, 0});
  check_close(unit.transform(test), {.73333333, .44444444, 1.9});
  const tn::MinMaxScaler symmetric(train, -1, 1);
  check_close(symmetric.transform(train), {.2, -1, -1, 1, -.55555556, -1, .46666667, 1, -1, -1, -.33333333, -1});
  check_close(symmetric.transform(test), {.46666667, -.11111111, 2.8});
}

TEST_CASE("A scaler's features are those of the last axis", "[data][scaler]") {
  xt::xtensor<double, 4> images = xt::zeros<double>({2, 2, 3, 2});
  for (std::size_t i = 0; i < images.size(); ++i) images.data()[i] = static_cast<double>(i);
  const auto scaled = tn::StandardScaler(images).transform(images);
  CHECK(scaled(0, 0, 0, 0) == Approx(-1.59325501));
  CHECK(scaled(0, 0, 1, 1) == Approx(-1.30357228));
  CHECK(scaled(0, 0, 2, 0) == Approx(-1.01388955));

  const xt::xtensor<float, 1> column{1, 2, 3};  // one feature
  check_close(tn::MinMaxScaler(column).transform(column), {0, .5, 1});
  const xt::xtensor<float, 2, xt::layout_type::column_major> columns = train;
  check_close(tn::StandardScaler(columns).mean(), {0.875, 1.5, 0.1});
}

TEST_CASE("A scaler undoes what it did", "[data][scaler]") {
  const std::vector<double> before(train.begin(), train.end());
  const tn::StandardScaler standard(train);
  check_close(standard.inverse_transform(standard.transform(train)), before);
  const tn::MinMaxScaler range(train, 2, 5);
  check_close(range.inverse_transform(range.transform(train)), before);
}

TEST_CASE("A scaler takes one sample without a tensor", "[data][scaler]") {
  const tn::StandardScaler scaler{train};
  check_close(scaler.transform(std::array{2.f, 2.f, 2.f}), {0.40951418, 0.1490712, 1.9});
  check_close(scaler.inverse_transform(scaler.transform(std::array{2., 3., 4.})), {2, 3, 4});
  std::vector<float> row{2, 2, 2};
  scaler.transform(std::span<const float>(row), row);  // in place
  check_close(row, {0.40951418, 0.1490712, 1.9});
  CHECK(error_of([&] { scaler.transform(std::array{1.f}); }) == "Scaler: x has 1 features, expected 3");
}

TEST_CASE("A scaler comes back from its file as it was", "[data][scaler]") {
  const support::TemporaryFolder folder;
  const std::string path = folder.path() / "scaler.safetensors";
  const xt::xtensor<double, 2> x{{1e9 + 1, 1. / 3}, {1e9 + 2, 1. / 7}};
  const tn::StandardScaler scaler{x};
  scaler.save(path);
  const tn::Scaler loaded = tn::Scaler::load(path);
  CHECK(loaded.offset() == scaler.offset());  // to the last bit, which a float does not have
  CHECK(loaded.scale() == scaler.scale());
  CHECK((loaded.transform(x) == scaler.transform(x)));

  const std::vector<double> none{0}, two{1, 2};
  const auto load_error = [&](std::vector<tn::NamedTensor> tensors) {
    tn::write_safetensors(path, tensors);
    return error_of([&] { tn::Scaler::load(path); });
  };
  CHECK(load_error({}) == path + ": holds no tensor 'offset'");
  CHECK(load_error({{"offset", {1}, nullptr, two.data()}, {"scale", {2}, nullptr, two.data()}}) == path + ": offset and scale are not those of a scaler");
  CHECK(load_error({{"offset", {1}, nullptr, two.data()}, {"scale", {1}, nullptr, none.data()}}) == path + ": offset and scale are not those of a scaler");
}

TEST_CASE("Scalers say what is wrong with their arguments", "[data][scaler]") {
  const Matrix empty = xt::zeros<float>({0, 3}), with_nan{{1, std::nanf("")}};
  CHECK(error_of([&] { tn::StandardScaler scaler(empty); }) == "StandardScaler: x is empty");
  CHECK(error_of([&] { tn::MinMaxScaler scaler(empty); }) == "MinMaxScaler: x is empty");
  CHECK(error_of([&] { tn::StandardScaler scaler(with_nan); }) == "StandardScaler: x holds a value that is not finite");
  CHECK(error_of([&] { tn::MinMaxScaler scaler(with_nan); }) == "MinMaxScaler: x holds a value that is not finite");
  CHECK(error_of([&] { tn::MinMaxScaler scaler(train, 1, 1); }) == "MinMaxScaler: the range goes from 1.000000 to 1.000000");
  CHECK(error_of([&] { tn::StandardScaler(train).transform(with_nan); }) == "Scaler: x has 2 features, expected 3");
}
