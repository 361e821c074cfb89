#include "cpu_support.hpp"

using namespace cpu_test;

namespace {

template <class T, Op What, int Inner>
void check(long outer, long rows, long inner, const std::vector<T>& x) {
  INFO(name_of(What) << " of (" << outer << ", " << rows << ", " << inner << "), size " << sizeof(T));
  std::vector<double> expected;
  for (long o = 0; o < outer; ++o)
    for (long j = 0; j < inner; ++j) {
      double sum = 0, product = 1, largest = -INFINITY, smallest = INFINITY;
      for (long i = 0; i < rows; ++i) {
        const double e = double(at(x, (o * rows + i) * inner + j));
        sum += e, product *= e;
        if (e > largest || e != e) largest = e;
        if (e < smallest || e != e) smallest = e;
      }
      expected.push_back(What == Op::reduce_sum ? sum : What == Op::reduce_prod ? product : What == Op::reduce_max ? largest : smallest);
    }
  Output<T> y(outer * inner);
  run<T, Reduce<What, Inner>>({x.data()}, {y}, {outer, rows, inner});
  CHECK(difference(y, expected) <= (What == Op::reduce_sum || What == Op::reduce_prod ? rounding<T>(double(rows)) : 0));
}
template <class T, int Inner>
void check_all(long outer, long rows, long inner) {
  auto x = random<T>(outer * rows * inner);
  check<T, Op::reduce_sum, Inner>(outer, rows, inner, x);
  check<T, Op::reduce_prod, Inner>(outer, rows, inner, x);
  for (int nans = 0; nans < 2; ++nans) {
    check<T, Op::reduce_max, Inner>(outer, rows, inner, x);
    check<T, Op::reduce_min, Inner>(outer, rows, inner, x);
    if (!x.empty()) at(x, number(0, static_cast<int>(x.size()) - 1)) = std::numeric_limits<T>::quiet_NaN();
  }
}

}  // namespace

TEMPLATE_TEST_CASE("Reduce is right at every small size", "[backend][cpu][reduce]", float, double) {
  constexpr int most = 2 * cpu::lanes<TestType> + 1;
  for (int i = 0; i <= 3 * most; ++i) {
    check_all<TestType, 1>(number(0, 4), i, 1);
    check_all<TestType, -1>(number(0, 4), i, 1);
  }
  for (int i = 1; i <= most; ++i) {
    check_all<TestType, -1>(1, number(0, most), i);
    check_all<TestType, -1>(number(0, 4), number(0, most), i);
    check_all<TestType, -1>(number(0, 4), i, number(1, most));
  }
}

TEST_CASE("Reduce of nothing reads and writes nothing", "[backend][cpu][reduce]") {
  const auto x = random<float>(20'000);  // a row of the size at which threads share it, of which there is none
  check<float, Op::reduce_sum, 1>(0, 20'000, 1, x);
  check<float, Op::reduce_max, 1>(0, 20'000, 1, x);
  check<float, Op::reduce_sum, -1>(1, 20'000, 0, x);
  check<float, Op::reduce_prod, -1>(0, 20'000, 3, x);
}

TEST_CASE("Reduce keeps the error of long sums small", "[backend][cpu][reduce]") {
  const long n = 3'000'000;
  std::vector<float> x(static_cast<std::size_t>(n));
  double sum = 0;
  for (float& e : x) sum += double(e = static_cast<float>(number(0, 1000)) * 1e-3f);
  Output<float> all(1), column(2), rows(3);
  run<float, Reduce<Op::reduce_sum, 1>>({x.data()}, {all}, {1, n, 1});
  run<float, Reduce<Op::reduce_sum, 1>>({x.data()}, {rows}, {3, n / 3, 1});
  run<float, Reduce<Op::reduce_sum, -1>>({x.data()}, {column}, {1, n / 2, 2});
  CHECK(all[0] == Approx(sum).epsilon(2e-6));
  CHECK(rows[0] + rows[1] + rows[2] == Approx(sum).epsilon(2e-6));
  CHECK(column[0] + column[1] == Approx(sum).epsilon(4e-6));
}

TEMPLATE_TEST_CASE("Reduce finds the first extremum, and NaN before it", "[backend][cpu][reduce]", float, double) {
  using T = TestType;
  for (const long inner : {1L, 3L})
    for (long rows = 1; rows < 40; ++rows) {
      const long outer = 3;
      auto x = random<T>(outer * rows * inner);
      for (T& e : x) e = number(0, 60) == 0 ? std::numeric_limits<T>::quiet_NaN() : std::round(e * 4);
      std::vector<std::int32_t> y(static_cast<std::size_t>(outer * inner)), z(y.size());
      if (inner == 1) {
        run<T, Reduce<Op::argmax, 1>>({x.data()}, {y.data()}, {outer, rows, inner});
        run<T, Reduce<Op::argmin, 1>>({x.data()}, {z.data()}, {outer, rows, inner});
      } else {
        run<T, Reduce<Op::argmax, -1>>({x.data()}, {y.data()}, {outer, rows, inner});
        run<T, Reduce<Op::argmin, -1>>({x.data()}, {z.data()}, {outer, rows, inner});
      }
      for (long o = 0; o < outer; ++o)
        for (long j = 0; j < inner; ++j) {
          long most = 0, least = 0;
          for (long i = 0; i < rows; ++i) {
            const auto value = [&](long k) { return at(x, (o * rows + k) * inner + j); };
            if (value(i) > value(most) || (std::isnan(value(i)) && !std::isnan(value(most)))) most = i;
            if (value(i) < value(least) || (std::isnan(value(i)) && !std::isnan(value(least)))) least = i;
          }
          CHECK(at(y, o * inner + j) == most);
          CHECK(at(z, o * inner + j) == least);
        }
    }
}

TEST_CASE("Reduce gives the same bits for any number of threads", "[backend][cpu][reduce]") {
  const auto x = random<float>(1'200'000);
  std::vector<float> once[3];
  for (int threads = 1; threads <= 3; ++threads) {
    set_num_threads(threads);
    Output<float> all(1), column(30), rows(100);
    run<float, Reduce<Op::reduce_sum, 1>>({x.data()}, {all}, {1, 1'200'000, 1});
    run<float, Reduce<Op::reduce_sum, -1>>({x.data()}, {column}, {1, 40'000, 30});
    run<float, Reduce<Op::reduce_sum, 1>>({x.data()}, {rows}, {100, 12'000, 1});
    if (threads == 1) once[0] = all.values(), once[1] = column.values(), once[2] = rows.values();
    CHECK(same_bits(once[0], all.values()));
    CHECK(same_bits(once[1], column.values()));
    CHECK(same_bits(once[2], rows.values()));
  }
  set_num_threads(0);
}
