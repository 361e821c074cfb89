#include "cpu_support.hpp"

using namespace cpu_test;

namespace {

using Dense = Epilogue<Code<2, Instruction<Op::add, 0, 1>, Instruction<Op::relu, 2>>, Operands<Operand::per_column>, Stores<3>>;
/// result * per_row + full * scalar, and the result itself
using Everything = Epilogue<Code<4, Instruction<Op::mul, 0, 1>, Instruction<Op::mul, 2, 3>, Instruction<Op::add, 4, 5>>,
                            Operands<Operand::per_row, Operand::full, Operand::scalar>, Stores<6, 0>>;

using Noisy = Epilogue<Code<1, Instruction<Op::random, 5>, Instruction<Op::mul, 0, 1>>, Operands<>, Stores<2>>;

/// One product in plain loops, in double precision.
template <class T>
std::vector<double> product(int form, long matrices, long m, long n, long k, const std::vector<T>& a, const std::vector<T>& b) {
  std::vector<double> y;
  for (long matrix = 0; matrix < matrices; ++matrix)
    for (long i = 0; i < m; ++i)
      for (long j = 0; j < n; ++j) {
        double sum = 0;
        for (long e = 0; e < k; ++e)
          sum += double(at(a, matrix * m * k + (form & Transposed::left ? e * m + i : i * k + e))) *
                 double(at(b, matrix * k * n + (form & Transposed::right ? j * k + e : e * n + j)));
        y.push_back(sum);
      }
  return y;
}

template <class T, int Form>
void check(long matrices, long m, long n, long k) {
  INFO("form " << Form << ", " << matrices << " x (" << m << ", " << n << ", " << k << "), size " << sizeof(T));
  const auto a = random<T>(matrices * m * k), b = random<T>(matrices * k * n);
  const std::vector<double> expected = product(Form, matrices, m, n, k, a, b);
  const long size = matrices * m * n;
  {
    Output<T> y(size);
    run<T, Product<Form, -1, -1, -1, NoEpilogue>>({a.data(), b.data()}, {y}, {matrices, m, n, k});
    CHECK(difference(y, expected) <= rounding<T>(double(k)));
  }
  {
    const auto bias = random<T>(n);
    std::vector<double> dense = expected;
    for (long i = 0; i < size; ++i) at(dense, i) = std::max(0.0, at(dense, i) + double(at(bias, i % n)));
    Output<T> y(size);
    run<T, Product<Form, -1, -1, -1, Dense>>({a.data(), b.data(), bias.data()}, {y}, {matrices, m, n, k});
    CHECK(difference(y, dense) <= rounding<T>(double(k)));
  }
  {
    const auto row = random<T>(matrices * m), full = random<T>(size), scalar = random<T>(1);
    std::vector<double> all = expected;
    for (long i = 0; i < size; ++i) at(all, i) = at(all, i) * double(at(row, i / n)) + double(at(full, i)) * double(scalar[0]);
    Output<T> y(size), z(size);
    run<T, Product<Form, -1, -1, -1, Everything>>({a.data(), b.data(), row.data(), full.data(), scalar.data()}, {y, z}, {matrices, m, n, k});
    CHECK(difference(y, all) <= rounding<T>(double(k)));
    CHECK(difference(z, expected) <= rounding<T>(double(k)));
  }
  {
    const Noise noise{3, 4};
    std::vector<double> noisy = expected;
    for (long i = 0; i < size; ++i) at(noisy, i) *= static_cast<double>(uniform(static_cast<std::uint32_t>(i), noise.key(5)));
    Output<T> y(size);
    run<T, Product<Form, -1, -1, -1, Noisy>>({a.data(), b.data()}, {y}, {matrices, m, n, k}, {}, noise);
    CHECK(difference(y, noisy) <= rounding<T>(double(k)));
  }
}
template <class T>
void check_forms(long matrices, long m, long n, long k) {
  check<T, 0>(matrices, m, n, k);
  check<T, 1>(matrices, m, n, k);
  check<T, 2>(matrices, m, n, k);
  check<T, 3>(matrices, m, n, k);
}

}  // namespace

TEMPLATE_TEST_CASE("Product is right at every small size", "[backend][cpu][product]", float, double) {
  constexpr int most = 2 * cpu::lanes<TestType> + 1;
  for (int i = 0; i <= most; ++i) {
    check_forms<TestType>(1, i, number(0, most), number(0, most));
    check_forms<TestType>(1, number(0, most), i, number(0, most));
    check_forms<TestType>(number(1, 3), number(0, most), number(0, most), i);
  }
}

TEMPLATE_TEST_CASE("Product is right for larger matrices", "[backend][cpu][product]", float, double) {
  for (int i = 0; i < 8; ++i) check_forms<TestType>(1, number(1, 120), number(1, 120), number(1, 300));
  check_forms<TestType>(1, 64, 96, 64);
  check_forms<TestType>(1, 1, 300, 200);
  check_forms<TestType>(7, 20, 33, 50);
  check_forms<TestType>(1, 50, 40, 2500);  // a sum in several pieces
  check_forms<TestType>(1, 1, 100, 2500);
  check_forms<TestType>(2, 2, 301, 201);  // large for so few rows
  check_forms<TestType>(1, 2, 300, 200);
  check_forms<TestType>(2, 3, 101, 401);  // few rows and long sums
  check_forms<TestType>(1, 7, 50, 1000);
}

TEST_CASE("Product knows its extents while it is compiled, or is told them", "[backend][cpu][product]") {
  const auto a = random<float>(20 * 30), b = random<float>(30 * 40);
  Output<float> y(20 * 40), z(20 * 40);
  run<float, Product<0, -1, 40, 30, NoEpilogue>>({a.data(), b.data()}, {y}, {1, 20, 40, 30});
  run<float, Product<0, -1, -1, -1, NoEpilogue>>({a.data(), b.data()}, {z}, {1, 20, 40, 30});
  CHECK(same_bits(y.values(), z.values()));
}

TEMPLATE_TEST_CASE("Product sums the columns of its right operand", "[backend][cpu][product]", float, double) {
  using T = TestType;
  for (const long m : {0L, 1L, 5L, 70L})
    for (const long n : {1L, 10L, 16L, 33L, 64L, 100L})
      for (const long k : {1L, 32L, 129L, 1500L}) {
        const auto a = random<T>(k * m), b = random<T>(k * n);
        std::vector<double> sums(static_cast<std::size_t>(n));
        for (long i = 0; i < k * n; ++i) at(sums, i % n) += double(at(b, i));
        Output<T> y(m * n), s(n);
        run<T, Product<1, -1, -1, -1, NoEpilogue, true>>({a.data(), b.data()}, {y, s}, {1, m, n, k});
        INFO(m << " " << n << " " << k);
        CHECK(difference(y, product(1, 1, m, n, k, a, b)) <= rounding<T>(double(k)));
        CHECK(difference(s, sums) <= rounding<T>(double(k)));
      }
}

TEST_CASE("Product propagates NaN and infinity", "[backend][cpu][product]") {
  for (const long m : {1L, 4L, 30L}) {
    std::vector<float> a(static_cast<std::size_t>(m * 20), 1.f), b(20 * 17, 1.f);
    b[17 * 3 + 16] = NAN;
    b[17 * 5 + 2] = INFINITY;
    Output<float> y(m * 17);
    run<float, Product<0, -1, 17, 20, NoEpilogue>>({a.data(), b.data()}, {y}, {1, m, 17, 20});
    CHECK(difference(y, product(0, 1, m, 17, 20, a, b)) == 0);
  }
}

TEST_CASE("Product gives the same bits for any number of threads", "[backend][cpu][product]") {
  const long sizes[][4] = {{1, 128, 512, 200}, {1, 3, 1000, 700}, {1, 700, 10, 600}, {1, 1, 2000, 900}, {1, 2, 1000, 301}, {9, 40, 70, 80}, {1, 90, 70, 3000}};
  for (const auto& s : sizes) {
    const auto a = random<float>(s[0] * s[1] * s[3]), b = random<float>(s[0] * s[2] * s[3]), bias = random<float>(s[2]);
    std::vector<float> once[4];
    for (int threads = 1; threads <= 3; ++threads) {
      set_num_threads(threads);
      Output<float> y[4] = {Output<float>(s[0] * s[1] * s[2]), Output<float>(s[0] * s[1] * s[2]), Output<float>(s[0] * s[1] * s[2]), Output<float>(s[0] * s[1] * s[2])};
      const std::vector<long> extent{s[0], s[1], s[2], s[3]};
      run<float, Product<0, -1, -1, -1, Dense>>({a.data(), b.data(), bias.data()}, {y[0]}, extent);
      run<float, Product<1, -1, -1, -1, NoEpilogue>>({a.data(), b.data()}, {y[1]}, extent);
      run<float, Product<2, -1, -1, -1, NoEpilogue>>({a.data(), b.data()}, {y[2]}, extent);
      run<float, Product<3, -1, -1, -1, Dense>>({a.data(), b.data(), bias.data()}, {y[3]}, extent);
      for (int f = 0; f < 4; ++f) {
        if (threads == 1) once[f] = y[f].values();
        CHECK(same_bits(once[f], y[f].values()));
      }
    }
    set_num_threads(0);
  }
}

namespace {

/// A row times a matrix, all sizes known.
template <class T, int N, int K>
void check_row() {
  INFO("1 x " << K << " x " << N << ", size " << sizeof(T));
  const auto a = random<T>(K), b = random<T>(K * N), bias = random<T>(N);
  const std::vector<double> expected = product(0, 1, 1, N, K, a, b);
  std::vector<double> dense = expected;
  for (long i = 0; i < N; ++i) at(dense, i) = std::max(0.0, at(dense, i) + double(at(bias, i)));
  Output<T> plain(N), relu(N);
  run<T, Product<0, 1, N, K, NoEpilogue>>({a.data(), b.data()}, {plain}, {1, 1, N, K});
  run<T, Product<0, 1, N, K, Dense>>({a.data(), b.data(), bias.data()}, {relu}, {1, 1, N, K});
  CHECK(difference(plain, expected) <= rounding<T>(K));
  CHECK(difference(relu, dense) <= rounding<T>(K));
}
/// The same with every kind of operand, two results, and random numbers.
template <class T, int N, int K>
void check_row_epilogues() {
  const auto a = random<T>(K), b = random<T>(K * N), row = random<T>(1), full = random<T>(N), scalar = random<T>(1);
  const Noise noise{3, 4};
  const std::vector<double> expected = product(0, 1, 1, N, K, a, b);
  std::vector<double> all = expected, noisy = expected;
  for (long i = 0; i < N; ++i) {
    at(all, i) = at(all, i) * double(row[0]) + double(at(full, i)) * double(scalar[0]);
    at(noisy, i) *= static_cast<double>(uniform(static_cast<std::uint32_t>(i), noise.key(5)));
  }
  Output<T> y(N), z(N), random_y(N);
  run<T, Product<0, 1, N, K, Everything>>({a.data(), b.data(), row.data(), full.data(), scalar.data()}, {y, z}, {1, 1, N, K});
  run<T, Product<0, 1, N, K, Noisy>>({a.data(), b.data()}, {random_y}, {1, 1, N, K}, {}, noise);
  CHECK(difference(y, all) <= rounding<T>(K));
  CHECK(difference(z, expected) <= rounding<T>(K));
  CHECK(difference(random_y, noisy) <= rounding<T>(K));
}
template <class T, int... N>
void check_rows(std::integer_sequence<int, N...>) {
  (check_row<T, N + 1, 1 + N * 7 % 19>(), ...);
}

}  // namespace

TEMPLATE_TEST_CASE("Product is right for one row of any width whose sizes are known", "[backend][cpu][product]", float, double) {
  check_rows<TestType>(std::make_integer_sequence<int, 35>{});
  check_row<TestType, 128, 300>();
  check_row<TestType, 130, 20>();
  check_row<TestType, 300, 3>();
  check_row<TestType, 520, 90>();
  check_row<TestType, 1, 1000>();
  check_row<TestType, 127, 1600>();  // in parts
  check_row<TestType, 1, 8>();  // several rows in a vector
  check_row<TestType, 1, 15>();
  check_row<TestType, 1, 16>();
  check_row<TestType, 1, 129>();
  check_row<TestType, 2, 3>();
  check_row<TestType, 2, 200>();
  check_row<TestType, 4, 2>();
  check_row<TestType, 4, 3>();
  check_row<TestType, 4, 4>();
  check_row<TestType, 4, 70>();
  check_row<TestType, 8, 2>();
  check_row<TestType, 8, 8>();
  check_row<TestType, 8, 19>();
  check_row<TestType, 8, 128>();
  check_row_epilogues<TestType, 3, 5>();
  check_row_epilogues<TestType, 4, 4>();
  check_row_epilogues<TestType, 8, 7>();
  check_row_epilogues<TestType, 45, 4>();
  check_row_epilogues<TestType, 300, 3>();
}
TEST_CASE("Product of one row and a large matrix gives the same bits for any number of threads", "[backend][cpu][product]") {
  constexpr int n = 127, k = 2400;
  const auto a = random<float>(k), b = random<float>(k * n);
  std::vector<float> once;
  for (int threads = 1; threads <= 3; ++threads) {
    set_num_threads(threads);
    Output<float> y(n);
    run<float, Product<0, 1, n, k, NoEpilogue>>({a.data(), b.data()}, {y}, {1, 1, n, k});
    if (threads == 1) once = y.values();
    CHECK(same_bits(once, y.values()));
  }
  set_num_threads(0);
}
