#include <tenon/backend/host_device.hpp>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "../support/catch.hpp"

namespace tn = tenon;
using tn::DType;
using tn::detail::Element;

namespace {

template <class T>
std::vector<T> values(const void* rows, std::size_t count) { return {static_cast<const T*>(rows), static_cast<const T*>(rows) + count}; }

}  // namespace

TEST_CASE("rows of float, or of integers where these are wanted, are read where they are", "[backend][device]") {
  const auto rows = tn::HostDevice().rows();
  const std::array<float, 6> x{1, 2, 3, 4, 5, 6};
  rows->begin(x.data(), Element::float32, 3, 2);
  CHECK(rows->next(DType::float32, 1, 2) == &x[2]);
  const std::array<std::int32_t, 3> y{7, 8, 9};
  rows->begin(y.data(), Element::int32, 3, 1);
  CHECK(rows->next(DType::int32, 2, 1) == &y[2]);
}
TEST_CASE("rows of other elements are converted", "[backend][device]") {
  const auto rows = tn::HostDevice().rows();
  const std::array<double, 4> wide{0.5, -1, 2, 3};
  rows->begin(wide.data(), Element::float64, 4, 1);
  CHECK(values<float>(rows->next(DType::float32, 1, 3), 3) == std::vector<float>{-1, 2, 3});
  const std::array<std::uint8_t, 4> bytes{0, 255, 7, 1};
  rows->begin(bytes.data(), Element::uint8, 2, 2);
  CHECK(values<float>(rows->next(DType::float32, 0, 2), 4) == std::vector<float>{0, 255, 7, 1});
  const std::array<std::int64_t, 2> labels{3, -1};
  rows->begin(labels.data(), Element::int64, 2, 1);
  CHECK(values<std::int32_t>(rows->next(DType::int32, 0, 2), 2) == std::vector<std::int32_t>{3, -1});
  const std::array<float, 2> whole{4, 5};
  rows->begin(whole.data(), Element::float32, 2, 1);
  CHECK(values<std::int32_t>(rows->next(DType::int32, 0, 2), 2) == std::vector<std::int32_t>{4, 5});
}
TEST_CASE("rows come in the order that is given, until the next one or other samples", "[backend][device]") {
  const auto rows = tn::HostDevice().rows();
  const std::array<float, 6> x{1, 2, 3, 4, 5, 6};
  rows->begin(x.data(), Element::float32, 3, 2);
  const std::array<std::size_t, 3> order{2, 0, 1}, other{1, 2, 0};
  rows->begin_order(order);
  CHECK(values<float>(rows->next(DType::float32, 0, 2), 4) == std::vector<float>{5, 6, 1, 2});
  CHECK(values<float>(rows->next(DType::float32, 2, 1), 2) == std::vector<float>{3, 4});
  rows->begin_order(other);
  CHECK(values<float>(rows->next(DType::float32, 0, 1), 2) == std::vector<float>{3, 4});
  rows->begin(x.data(), Element::float32, 3, 2);
  CHECK(rows->next(DType::float32, 0, 3) == x.data());
}
TEST_CASE("rows without data are ones, also where other numbers lay", "[backend][device]") {
  const auto rows = tn::HostDevice().rows();
  const std::array<double, 3> wide{2, 3, 4};
  const std::array<std::size_t, 3> order{2, 1, 0};
  rows->begin(nullptr, Element::float32, 3, 1);
  rows->begin_order(order);
  CHECK(values<float>(rows->next(DType::float32, 1, 2), 2) == std::vector<float>{1, 1});
  rows->begin(wide.data(), Element::float64, 3, 1);
  CHECK(values<float>(rows->next(DType::float32, 0, 1), 1) == std::vector<float>{2});
  rows->begin(nullptr, Element::float32, 3, 1);
  CHECK(values<float>(rows->next(DType::float32, 0, 2), 2) == std::vector<float>{1, 1});
  CHECK(values<float>(rows->next(DType::float32, 0, 3), 3) == std::vector<float>{1, 1, 1});
}
TEST_CASE("totals are sums over all samples: of losses, which are means of batches, and of metrics, which are sums", "[backend][device]") {
  const auto totals = tn::HostDevice().totals();
  totals->start(2);
  const std::array<float, 2> first{0.5f, 3}, second{2, 1};
  totals->add(first.data(), 1, 4);
  totals->add(second.data(), 1, 2);
  CHECK(totals->sums()[0] == 0.5 * 4 + 2 * 2);
  CHECK(totals->sums()[1] == 4);
  CHECK(totals->samples() == 6);
  totals->start(1);
  totals->add(second.data(), 1, 2);
  CHECK(totals->sums()[0] == 4);
}
TEST_CASE("a step does its work before it returns, and lets errors pass", "[backend][device]") {
  tn::HostDevice device;
  int done = 0;
  device.step([&] { ++done; });
  CHECK(done == 1);
  CHECK_THROWS_AS(device.step([] { throw std::runtime_error("no"); }), std::runtime_error);
}
