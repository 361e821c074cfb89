#include "cpu_support.hpp"

using namespace cpu_test;

namespace {

constexpr Access contiguous = Access::contiguous, broadcast = Access::broadcast, strided = Access::strided;

template <std::uint64_t Bits>
using Constant = Instruction<Op::constant, -1, -1, -1, Bits>;

/// (a + b) * 3, and a + b
using Two = Code<2, Instruction<Op::add, 0, 1>, Constant<0x4008000000000000>, Instruction<Op::mul, 2, 3>>;
/// a + 10 iota(0) + 100 iota(1) + 1000 iota(2) + batch
using Places = Code<1, Instruction<Op::iota, 0>, Instruction<Op::iota, 1>, Instruction<Op::iota, 2>, Constant<0x4024000000000000>, Constant<0x4059000000000000>,
                    Constant<0x408F400000000000>, Instruction<Op::mul, 1, 4>, Instruction<Op::mul, 2, 5>, Instruction<Op::mul, 3, 6>, Instruction<Op::add, 0, 7>,
                    Instruction<Op::add, 10, 8>, Instruction<Op::add, 11, 9>, Instruction<Op::batch>, Instruction<Op::add, 12, 13>>;
using Noisy = Code<0, Instruction<Op::random, 5>>;

}  // namespace

TEMPLATE_TEST_CASE("Map computes every element of a row, and writes no other", "[backend][cpu][map]", float, double) {
  using T = TestType;
  for (long n = 0; n <= 5 * cpu::lanes<T> + 1; ++n) {
    const auto a = random<T>(n), b = random<T>(1);
    std::vector<double> sum, three;
    for (const T x : a) sum.push_back(double(T(x + b[0]))), three.push_back(double(T(x + b[0])) * 3);
    Output<T> y(n), z(n);
    run<T, Map<1, Two, Loads<contiguous, broadcast>, Stores<4, 2>>>({a.data(), b.data()}, {y, z}, {n}, {1, 0, 1, 1});
    CHECK(difference(y, three) <= rounding<T>(1));
    CHECK(difference(z, sum) == 0);
  }
}

TEMPLATE_TEST_CASE("Map walks over views", "[backend][cpu][map]", float, double) {
  using T = TestType;
  for (int round = 0; round < 60; ++round) {
    const long d0 = number(1, 4), d1 = number(1, 5), d2 = number(1, 2 * cpu::lanes<T> + 1);
    // a lies transposed (d2, d0, d1), b has one number for every position along axis 1
    const auto a = random<T>(d0 * d1 * d2), b = random<T>(d1);
    std::vector<double> expected;
    for (long i = 0; i < d0; ++i)
      for (long j = 0; j < d1; ++j)
        for (long k = 0; k < d2; ++k) expected.push_back(3 * (double(at(a, (k * d0 + i) * d1 + j)) + double(at(b, j))));
    Output<T> y(d0 * d1 * d2), s(d0 * d1 * d2);
    run<T, Map<3, Two, Loads<strided, broadcast>, Stores<4>>>({a.data(), b.data()}, {y}, {d0, d1, d2}, {d1, 1, d0 * d1, 0, 1, 0, d1 * d2, d2, 1});
    CHECK(difference(y, expected) <= rounding<T>(2));
    run<T, Map<3, Two, Loads<strided, broadcast>, Stores<4>, true>>({a.data(), b.data()}, {s}, {d0, d1, d2}, {d1, 1, d0 * d1, 0, 1, 0, d1, 1, d0 * d1});
    for (long i = 0; i < d0; ++i)
      for (long j = 0; j < d1; ++j)
        for (long k = 0; k < d2; ++k) CHECK(s[(k * d0 + i) * d1 + j] == y[(i * d1 + j) * d2 + k]);
    CHECK(s.guarded());
  }
}

TEMPLATE_TEST_CASE("Map knows the position and the size of the batch, and reads integers", "[backend][cpu][map]", float, double) {
  using T = TestType;
  for (long n = 1; n <= 2 * cpu::lanes<T> + 1; ++n) {
    const long d0 = number(1, 3), d1 = number(1, 4);
    std::vector<std::int32_t> a(static_cast<std::size_t>(d0 * d1 * n));
    for (auto& x : a) x = number(-100000, 100000);
    std::vector<double> row, same, last;
    for (long p = 0; p < d0 * d1 * n; ++p) {
      const double place = double(p / n / d1 * 10 + p / n % d1 * 100 + p % n * 1000 + 77);
      row.push_back(place + at(a, p));
      same.push_back(place + at(a, p / n));
      last.push_back(place + at(a, p % n * d0 * d1 + p / n));
    }
    Output<T> y(d0 * d1 * n), z(d0 * d1 * n), w(d0 * d1 * n);
    run<T, Map<3, Places, Loads<Access::contiguous_int>, Stores<14>>>({a.data()}, {y}, {d0, d1, n, 77}, {d1 * n, n, 1, d1 * n, n, 1});
    run<T, Map<3, Places, Loads<Access::broadcast_int>, Stores<14>>>({a.data()}, {z}, {d0, d1, n, 77}, {d1, 1, 0, d1 * n, n, 1});
    run<T, Map<3, Places, Loads<Access::strided_int>, Stores<14>>>({a.data()}, {w}, {d0, d1, n, 77}, {d1, 1, d0 * d1, d1 * n, n, 1});
    CHECK(difference(y, row) == 0);
    CHECK(difference(z, same) == 0);
    CHECK(difference(w, last) == 0);
  }
}

TEMPLATE_TEST_CASE("Map draws the random numbers of core/noise.hpp", "[backend][cpu][map]", float, double) {
  using T = TestType;
  const Noise noise{12345678901234567u, 42};
  for (const long n : {1L, 5L, 16L, 37L, 1000L}) {
    std::vector<double> expected;
    for (long i = 0; i < 3 * n; ++i) expected.push_back(double(uniform(static_cast<std::uint32_t>(i), noise.key(5))));
    Output<T> y(3 * n), z(3 * n);
    run<T, Map<1, Noisy, Loads<>, Stores<0>>>({}, {y}, {3 * n}, {1}, noise);
    run<T, Map<2, Noisy, Loads<>, Stores<0>>>({}, {z}, {3, n}, {n, 1}, noise);
    CHECK(difference(y, expected) == 0);
    CHECK(difference(z, expected) == 0);
  }
}

TEST_CASE("Map updates an array in place", "[backend][cpu][map]") {
  for (const long n : {1L, 16L, 31L, 500L}) {
    auto a = random<float>(n);
    const auto before = a, b = random<float>(n);
    run<float, Map<1, Two, Loads<contiguous, contiguous>, Stores<4>>>({a.data(), b.data()}, {a.data()}, {n}, {1, 1, 1});
    for (long i = 0; i < n; ++i) CHECK(at(a, i) == Approx((at(before, i) + at(b, i)) * 3).margin(1e-6));
  }
}

TEMPLATE_TEST_CASE("Map knows that what goes through the standard library one lane at a time takes longest", "[backend][cpu][map]", float, double) {
  using T = TestType;
  for (const Op op : {Op::acosh, Op::lgamma, Op::digamma, Op::pow, Op::mod, Op::atan2, Op::hypot}) CHECK(cpu::cost_of<T>(op) >= 20 * cpu::lanes<T>);
  for (const Op op : {Op::exp, Op::tanh, Op::random}) CHECK((cpu::cost_of<T>(op) > cpu::cost_of<T>(Op::add) && cpu::cost_of<T>(op) < cpu::cost_of<T>(Op::atan2)));
  CHECK(cpu::cost_of<T>(Op::constant) == 0);
}

TEST_CASE("Map gives the same bits for any number of threads", "[backend][cpu][map]") {
  const auto a = random<float>(300 * 1000), b = random<float>(300);
  std::vector<float> once, rows;
  for (int threads = 1; threads <= 3; ++threads) {
    set_num_threads(threads);
    Output<float> y(300000), z(300000);
    run<float, Map<1, Two, Loads<contiguous, broadcast>, Stores<4>>>({a.data(), b.data()}, {y}, {300000}, {1, 0, 1});
    run<float, Map<2, Two, Loads<contiguous, broadcast>, Stores<4>>>({a.data(), b.data()}, {z}, {300, 1000}, {1000, 1, 1, 0, 1000, 1});
    if (threads == 1) once = y.values(), rows = z.values();
    CHECK(same_bits(once, y.values()));
    CHECK(same_bits(rows, z.values()));
  }
  set_num_threads(0);
}
