// Kernels that read and write bfloat16.
#include "cpu_support.hpp"

using namespace cpu_test;
namespace cpu = tenon::cpu;

namespace {

std::vector<Bfloat16> halves(const std::vector<float>& from) { return {[&] { std::vector<Bfloat16> to; for (const float x : from) to.emplace_back(x); return to; }()}; }

using Dense = Epilogue<Code<2, Instruction<Op::add, 0, 1>, Instruction<Op::relu, 2>>, Operands<Operand::per_column>, Stores<3, ~3>>;
using Masked = Epilogue<Code<2, Instruction<Op::constant>, Instruction<Op::greater, 1, 2>, Instruction<Op::mul, 3, 0>>, Operands<Operand::full_bfloat16>, Stores<~4>>;

/// Products of all sizes that matter to tiles, pairs and strips, in double from the same bfloat16 numbers.
template <int Form, class T>
void check_product(long matrices, long m, long n, long k) {
  CAPTURE(Form, matrices, m, n, k);
  const auto x = halves(random<float>(matrices * m * k)), w = halves(random<float>(matrices * k * n));
  constexpr bool sums = Form == Transposed::left;
  Output<T> y(matrices * m * n), totals(n);
  using Kernel = Product<Form, -1, -1, -1, NoEpilogue, sums, DType::bfloat16>;
  run<T, Kernel>({x.data(), w.data()}, sums ? std::vector<void*>{y, totals} : std::vector<void*>{y}, {matrices, m, n, k});
  std::vector<double> expected, expected_totals(static_cast<std::size_t>(n));
  for (long matrix = 0; matrix < matrices; ++matrix)
    for (long i = 0; i < m; ++i)
      for (long j = 0; j < n; ++j) {
        double sum = 0;
        for (long e = 0; e < k; ++e)
          sum += static_cast<double>(at(x, matrix * m * k + (Form & 1 ? e * m + i : i * k + e))) * static_cast<double>(at(w, matrix * k * n + (Form & 2 ? j * k + e : e * n + j)));
        expected.push_back(sum);
      }
  CHECK(difference(y, expected) < rounding<T>(static_cast<double>(k)));
  if (!sums || matrices > 1) return;
  for (long e = 0; e < k; ++e)
    for (long j = 0; j < n; ++j) at(expected_totals, j) += static_cast<double>(at(w, e * n + j));
  CHECK(difference(totals, expected_totals) < rounding<T>(static_cast<double>(k)));
}

/// One row and a small matrix whose sizes are known, between NaNs that nobody may read.
template <class T, int N, int K>
void check_row() {
  CAPTURE(N, K, sizeof(T));
  const auto x = halves(random<float>(K)), w = halves(random<float>(K * N));
  const auto bias = random<T>(N);
  std::vector<Bfloat16> left(K + 128, Bfloat16(NAN)), right(K * N + 128, Bfloat16(NAN)), rounded(N + 64, Bfloat16(7.f));
  std::copy(x.begin(), x.end(), left.begin() + 64);
  std::copy(w.begin(), w.end(), right.begin() + 64);
  std::vector<double> sums(N), expected;
  for (int k = 0; k < K; ++k)
    for (int j = 0; j < N; ++j) at(sums, j) += static_cast<double>(at(x, k)) * static_cast<double>(at(w, k * N + j));
  for (int j = 0; j < N; ++j) expected.push_back(std::max(0.0, at(sums, j) + static_cast<double>(at(bias, j))));
  Output<T> plain(N), y(N);
  run<T, Product<0, 1, N, K, NoEpilogue, false, DType::bfloat16>>({left.data() + 64, right.data() + 64}, {plain}, {1, 1, N, K});
  run<T, Product<0, 1, N, K, Dense, false, DType::bfloat16>>({left.data() + 64, right.data() + 64, bias.data()}, {y, rounded.data()}, {1, 1, N, K});
  CHECK(difference(plain, sums) <= rounding<T>(K));
  CHECK(difference(y, expected) <= rounding<T>(K));
  for (int j = 0; j < N + 64; ++j) REQUIRE(at(rounded, j).bits == (j < N ? Bfloat16(static_cast<float>(y[j])) : Bfloat16(7.f)).bits);
}

}  // namespace

TEMPLATE_TEST_CASE("one row times a small matrix of bfloat16 has float sums", "[backend]", float, double) {
  check_row<TestType, 1, 1>();
  check_row<TestType, 1, 40>();
  check_row<TestType, 10, 64>();
  check_row<TestType, 16, 15>();
  check_row<TestType, 17, 33>();
  check_row<TestType, 64, 16>();
  check_row<TestType, 128, 100>();
  check_row<TestType, 200, 9>();  // too wide for this
}

TEST_CASE("vectors are rounded to bfloat16 as single numbers are", "[backend]") {
  std::vector<float> x = {0, -0.f, 1, 0x1.01p0f, 0x1.03p0f, 0x1.010002p0f, 0x1.fffffep127f, 0x1p-126f, 0x1.fffffcp-127f, -0x1p-149f, INFINITY, -INFINITY, NAN, std::bit_cast<float>(0xff800001)};
  for (int i = 0; i < 4000; ++i) x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(generator()())));
  for (long begin = 0; begin + cpu::lanes<float> <= static_cast<long>(x.size()); begin += cpu::lanes<float>)
    for (int count = begin == 0 ? 0 : cpu::lanes<float>; count <= cpu::lanes<float>; ++count) {
      Bfloat16 to[64];
      float back[64];
      for (Bfloat16& h : to) h.bits = 77;
      const cpu::First<float> first(count);
      cpu::save(to, cpu::load(x.data() + begin), first);
      cpu::save(back, cpu::load<float>(to, first));
      for (int i = 0; i < count; ++i) {
        const float v = x[static_cast<std::size_t>(begin + i)], expected = Bfloat16(v);
        REQUIRE((v != v ? to[i] != to[i] && back[i] != back[i] : to[i].bits == Bfloat16(v).bits && std::memcmp(&back[i], &expected, 4) == 0));
      }
      for (int i = count; i < cpu::lanes<float>; ++i) REQUIRE((to[i].bits == 77 && back[i] == 0));
    }
}

TEST_CASE("products of bfloat16 have float sums", "[backend]") {
  for (const long m : {1, 2, 3, 4, 5, 11, 12, 13, 25, 97, 130})
    for (const long n : {1, 10, 16, 17, 31, 32, 33, 64, 77}) {
      const long k = number(1, 90);
      check_product<0, float>(1, m, n, k);
      check_product<1, float>(1, m, n, k);
      check_product<2, float>(1, m, n, k);
      check_product<3, float>(1, m, n, k);
    }
  for (const long k : {1, 2, 7, 8, 9, 1024, 1025, 2051}) {  // sums in pieces, and with a last number that has no partner
    for (const long m : {1, 4, 14, 100}) {
      check_product<0, float>(1, m, 34, k);
      check_product<1, float>(1, m, 34, k);
      check_product<2, float>(1, m, 34, k);
      check_product<3, float>(1, m, 34, k);
    }
    check_product<0, float>(3, 7, 9, k);
    check_product<2, float>(3, 7, 9, k);
  }
  check_product<0, float>(1, 300, 530, 130);  // in parts, by several threads
  check_product<1, float>(1, 300, 530, 130);
  check_product<2, float>(1, 300, 530, 130);
  check_product<0, float>(1, 3, 5, 0);
  check_product<1, float>(1, 3, 5, 0);
  check_product<0, double>(1, 5, 7, 9);
}

TEST_CASE("a product of bfloat16 reads nothing beyond its operands", "[backend]") {  // or NaN would come in: 0 x NaN is NaN
  for (const long k : {1, 3, 9, 17})
    for (const long m : {1, 2, 5, 14, 100})
      for (const long n : {1, 15, 33}) {
        const auto check = [&]<int Form>(std::integral_constant<int, Form>) {
          CAPTURE(Form, m, n, k);
          const auto surrounded = [](long count) {
            std::vector<Bfloat16> v(static_cast<std::size_t>(count) + 256, Bfloat16(NAN));
            for (long i = 128; i < 128 + count; ++i) at(v, i) = Bfloat16(1.f);
            return v;
          };
          const auto x = surrounded(m * k), w = surrounded(k * n);
          Output<float> y(m * n);
          run<float, Product<Form, -1, -1, -1, NoEpilogue, false, DType::bfloat16>>({x.data() + 128, w.data() + 128}, {y}, {1, m, n, k});
          CHECK(difference(y, std::vector<double>(static_cast<std::size_t>(m * n), static_cast<double>(k))) == 0);
        };
        check(std::integral_constant<int, 0>{});
        check(std::integral_constant<int, 1>{});
        check(std::integral_constant<int, 2>{});
        check(std::integral_constant<int, 3>{});
      }
}

TEST_CASE("an epilogue reads and stores bfloat16 beside floats", "[backend]") {
  for (const long m : {1, 5, 40})
    for (const long n : {5, 32, 75}) {
      CAPTURE(m, n);
      const long k = 8;
      const auto x = halves(random<float>(m * k)), w = halves(random<float>(k * n)), mask = halves(random<float>(m * n));
      const auto bias = random<float>(n);
      Output<float> plain(m * n), y(m * n);
      std::vector<Bfloat16> rounded(static_cast<std::size_t>(m * n)), masked(rounded);
      run<float, Product<0, -1, -1, -1, NoEpilogue, false, DType::bfloat16>>({x.data(), w.data()}, {plain}, {1, m, n, k});
      run<float, Product<0, -1, -1, -1, Dense, false, DType::bfloat16>>({x.data(), w.data(), bias.data()}, {y, rounded.data()}, {1, m, n, k});
      run<float, Product<0, -1, -1, -1, Masked, false, DType::bfloat16>>({x.data(), w.data(), mask.data()}, {masked.data()}, {1, m, n, k});
      for (long i = 0; i < m * n; ++i) {
        const float z = plain[i] + at(bias, i % n), expected = z > 0 ? z : 0;
        REQUIRE(std::abs(y[i] - expected) <= 1e-6f);
        REQUIRE(at(rounded, i).bits == Bfloat16(y[i]).bits);
        REQUIRE(at(masked, i) == (at(mask, i) > 0 ? Bfloat16(plain[i]) : Bfloat16(0.f)));
      }
    }
}

TEST_CASE("a map reads and stores bfloat16 along every axis", "[backend]") {
  using Twice = Code<2, Instruction<Op::add, 0, 1>>;
  for (const long n : {1, 7, 16, 100}) {
    const long rows = 3;
    const auto a = halves(random<float>(rows * n)), b = halves(random<float>(rows * n));
    std::vector<Bfloat16> dense(static_cast<std::size_t>(rows * n)), spread(static_cast<std::size_t>(2 * rows * n), Bfloat16(7.f));
    run<float, Map<2, Twice, Loads<Access::contiguous_bfloat16, Access::strided_bfloat16>, Stores<~2>>>({a.data(), b.data()}, {dense.data()}, {rows, n}, {n, 1, 1, rows, n, 1});
    run<float, Map<2, Twice, Loads<Access::contiguous_bfloat16, Access::broadcast_bfloat16>, Stores<~2>, true>>({a.data(), b.data()}, {spread.data()}, {rows, n}, {n, 1, 1, 0, 2 * n, 2});
    for (long i = 0; i < rows; ++i)
      for (long j = 0; j < n; ++j) {
        REQUIRE(at(dense, i * n + j).bits == Bfloat16(at(a, i * n + j) + at(b, i + j * rows)).bits);
        REQUIRE(at(spread, 2 * (i * n + j)).bits == Bfloat16(at(a, i * n + j) + at(b, i)).bits);
        REQUIRE(at(spread, 2 * (i * n + j) + 1) == 7.f);
      }
  }
}

TEST_CASE("a sum of bfloat16 is a float", "[backend]") {
  const auto x = halves(random<float>(50 * 7));
  Output<float> y(7);
  run<float, Reduce<Op::reduce_sum, -1, DType::bfloat16>>({x.data()}, {y}, {1, 50, 7});
  std::vector<double> expected(7);
  for (long i = 0; i < 350; ++i) at(expected, i % 7) += static_cast<double>(at(x, i));
  CHECK(difference(y, expected) < rounding<float>(50));
}

TEST_CASE("kernels of bfloat16 give the same bits for any number of threads", "[backend]") {
  constexpr DType halved = DType::bfloat16;
  using G = Geometry<Ints<14, 14>, 16, Ints<12, 12>, 40, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>;
  constexpr cpu::Windows w = cpu::windows_of<G>();
  constexpr long batch = 9, image = batch * w.image() * w.channels, result = batch * w.result() * w.filters, m = 130, n = 290, k = 170;
  const auto left = halves(random<float>(m * k)), right = halves(random<float>(k * n)), x = halves(random<float>(image)), dy = halves(random<float>(result)), kernel = halves(random<float>(w.kernel()));
  std::vector<std::int8_t> winner(static_cast<std::size_t>(result / 4));
  for (std::int8_t& i : winner) i = static_cast<std::int8_t>(number(0, 3));
  const auto all = [&](int threads) {
    set_num_threads(threads);
    std::vector<std::vector<float>> results;
    const auto add = [&]<class Kernel>(std::type_identity<Kernel>, std::vector<const void*> in, long count, std::vector<long> extent) {
      Output<float> y(count);
      run<float, Kernel>(in, {y}, extent);
      results.push_back(y.values());
    };
    add(std::type_identity<Product<0, -1, -1, -1, NoEpilogue, false, halved>>{}, {left.data(), right.data()}, m * n, {1, m, n, k});
    add(std::type_identity<Product<0, -1, -1, -1, NoEpilogue, false, halved>>{}, {left.data(), right.data()}, 2 * n, {1, 2, n, k});
    add(std::type_identity<Product<1, -1, -1, -1, NoEpilogue, false, halved>>{}, {left.data(), right.data()}, m * n, {1, m, n, k});
    add(std::type_identity<Product<2, -1, -1, -1, NoEpilogue, false, halved>>{}, {left.data(), right.data()}, m * n, {1, m, n, k});
    add(std::type_identity<Convolve<G, NoEpilogue, halved>>{}, {x.data(), kernel.data()}, result, {batch});
    add(std::type_identity<ConvolveKernelGradient<G, false, halved>>{}, {x.data(), dy.data()}, w.kernel(), {batch});
    add(std::type_identity<PooledInputGradient<G, NoEpilogue, halved>>{}, {dy.data(), kernel.data(), winner.data()}, image, {batch});
    add(std::type_identity<PooledKernelGradient<G, halved>>{}, {x.data(), dy.data(), winner.data()}, w.kernel(), {batch});
    return results;
  };
  const auto once = all(1);
  for (const int threads : {2, 3}) {
    const auto again = all(threads);
    for (std::size_t i = 0; i < once.size(); ++i) {
      CAPTURE(threads, i);
      CHECK(same_bits(once[i], again[i]));
    }
  }
  set_num_threads(0);
}
