#include "cpu_support.hpp"

#include <limits>

using namespace cpu_test;

namespace {

template <class T, int N>
void check_softmax(double scale) {
  INFO(N << " numbers, size " << sizeof(T));
  const long rows = 5;
  auto x = random<T>(rows * N);
  for (T& e : x) e *= static_cast<T>(scale);
  std::vector<double> softmax, logarithm;
  for (long r = 0; r < rows; ++r) {
    double largest = -INFINITY, sum = 0;
    for (long i = 0; i < N; ++i) largest = std::max(largest, double(at(x, r * N + i)));
    for (long i = 0; i < N; ++i) sum += std::exp(double(at(x, r * N + i)) - largest);
    for (long i = 0; i < N; ++i) softmax.push_back(std::exp(double(at(x, r * N + i)) - largest) / sum), logarithm.push_back(double(at(x, r * N + i)) - largest - std::log(sum));
  }
  Output<T> y(rows * N), z(rows * N);
  run<T, RowSoftmax<Op::softmax, N>>({x.data()}, {y}, {rows});
  run<T, RowSoftmax<Op::log_softmax, N>>({x.data()}, {z}, {rows});
  CHECK(difference(y, softmax) <= rounding<T>(4));
  CHECK(difference(z, logarithm) <= rounding<T>(4));
}
template <class T, int... N>
void check_softmaxes(std::integer_sequence<int, N...>) {
  (check_softmax<T, N + 1>(3), ...);
}

}  // namespace

TEMPLATE_TEST_CASE("RowSoftmax is right for rows of any length", "[backend][cpu][softmax]", float, double) {
  check_softmaxes<TestType>(std::make_integer_sequence<int, 2 * cpu::lanes<TestType> + 1>{});
  check_softmax<TestType, 10>(1e4);
  check_softmax<TestType, 1000>(10);
}

TEST_CASE("RowSoftmax gives probabilities for numbers that exp cannot take, and NaN for NaN", "[backend][cpu][softmax]") {
  const float x[] = {1e30f, 1e30f, -1e30f, -1000, -1000, -INFINITY, 1, NAN, 2};
  Output<float> y(9);
  run<float, RowSoftmax<Op::softmax, 3>>({x}, {y}, {3});
  for (const int i : {0, 1, 3, 4}) CHECK(y[i] == 0.5f);
  for (const int i : {2, 5}) CHECK(y[i] == 0);
  for (const int i : {6, 7, 8}) CHECK(std::isnan(y[i]));
}

TEMPLATE_TEST_CASE("Gather gives zeros for what is no row, and ScatterAdd adds nothing there", "[backend][cpu][gather]", float, double) {
  using T = TestType;
  const std::vector<std::int32_t> indices{-1, 1, 2, std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::min()};
  const std::vector<T> table{1, 2, 3, 4, 5, 6}, in(15, T(1));
  Output<T> y(15), z(6);
  run<T, Gather>({table.data(), indices.data()}, {y}, {5, 3, 2});
  run<T, ScatterAdd>({in.data(), indices.data()}, {z}, {5, 3, 2});
  CHECK(difference(y, std::vector<double>{0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0}) == 0);
  CHECK(difference(z, std::vector<double>{0, 0, 0, 1, 1, 1}) == 0);
}

TEMPLATE_TEST_CASE("Gather takes rows of a table, and ScatterAdd adds to them", "[backend][cpu][gather]", float, double) {
  using T = TestType;
  for (long width = 1; width <= 2 * cpu::lanes<T> + 1; ++width) {
    const long rows = number(1, 20), count = number(0, 30);
    const auto table = random<T>(rows * width), in = random<T>(count * width);
    std::vector<std::int32_t> indices;
    for (long i = 0; i < count; ++i) indices.push_back(number(0, static_cast<int>(rows) - 1));
    std::vector<double> taken, added(static_cast<std::size_t>(rows * width));
    for (long i = 0; i < count * width; ++i) {
      const long place = at(indices, i / width) * width + i % width;
      taken.push_back(double(at(table, place)));
      at(added, place) = double(static_cast<T>(at(added, place)) + at(in, i));
    }
    Output<T> y(count * width), z(rows * width);
    run<T, Gather>({table.data(), indices.data()}, {y}, {count, width, rows});
    run<T, ScatterAdd>({in.data(), indices.data()}, {z}, {count, width, rows});
    CHECK(difference(y, taken) == 0);
    CHECK(difference(z, added) == 0);
  }
}
