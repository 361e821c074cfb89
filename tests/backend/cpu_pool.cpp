#include "cpu_support.hpp"

using namespace cpu_test;

namespace {

template <class T, class G>
void check(long batch, bool ties, bool nans) {
  constexpr cpu::Windows w = cpu::windows_of<G>();
  constexpr long channels = w.channels, image = w.image() * channels, result = w.result() * channels;
  auto x = random<T>(batch * image);
  const auto v = random<T>(batch * image), dy = random<T>(batch * result);
  for (T& e : x) {
    if (ties) e = std::round(e * 2);
    if (nans && number(0, 5) == 0) e = std::numeric_limits<T>::quiet_NaN();
  }
  std::vector<double> largest, chosen, average, scattered(x.size()), spread(x.size());
  for (long n = 0; n < batch; ++n)
    for (long o = 0; o < w.result(); ++o)
      for (long c = 0; c < channels; ++c) {
        const long to[] = {o / (w.axis[1].result * w.axis[2].result), o / w.axis[2].result % w.axis[1].result, o % w.axis[2].result};
        std::vector<long> inside;
        for (long tap = 0; tap < w.taps(); ++tap) {
          const long from[] = {tap / (w.axis[1].size * w.axis[2].size), tap / w.axis[2].size % w.axis[1].size, tap % w.axis[2].size};
          long offset = n, i = 0;
          for (; i < 3; ++i) {
            const long p = to[i] * w.axis[i].stride - w.axis[i].low + from[i];
            if (p < 0 || p >= w.axis[i].image) break;
            offset = offset * w.axis[i].image + p;
          }
          if (i == 3) inside.push_back(offset * channels + c);
        }
        long best = inside[0];
        double sum = 0;
        for (const long p : inside) {
          if (at(x, p) > at(x, best) || (std::isnan(at(x, p)) && !std::isnan(at(x, best)))) best = p;
          sum += double(at(x, p));
        }
        const double d = double(at(dy, (n * w.result() + o) * channels + c));
        largest.push_back(double(at(x, best)));
        chosen.push_back(double(at(v, best)));
        average.push_back(sum / double(inside.size()));
        at(scattered, best) += d;
        for (const long p : inside) at(spread, p) += d / double(inside.size());
      }
  Output<T> y(batch * result), g(batch * result), s(batch * image), a(batch * result), b(batch * image);
  run<T, Pool<Op::max_pool, G>>({x.data()}, {y}, {batch});
  run<T, Pool<Op::max_pool_gather, G>>({x.data(), v.data()}, {g}, {batch});
  run<T, Pool<Op::max_pool_scatter, G>>({x.data(), dy.data()}, {s}, {batch});
  run<T, Pool<Op::average_pool, G>>({x.data()}, {a}, {batch});
  run<T, Pool<Op::average_pool_gradient, G>>({dy.data()}, {b}, {batch});
  CHECK(difference(y, largest) == 0);
  CHECK(difference(g, chosen) == 0);
  CHECK(difference(s, scattered) <= rounding<T>(double(w.taps())));
  CHECK(difference(a, average) <= rounding<T>(double(w.taps())));
  CHECK(difference(b, spread) <= rounding<T>(double(w.taps())));
}

template <class T, int C>
void check_channels() {
  INFO(C << " channels, size " << sizeof(T));
  for (const bool ties : {false, true})
    for (const bool nans : {false, true}) {
      check<T, Geometry<Ints<6, 8>, C, Ints<3, 4>, C, Ints<2, 2>, Ints<2, 2>, Ints<0, 0>, Ints<1, 1>, 1>>(3, ties, nans);
      check<T, Geometry<Ints<7, 7>, C, Ints<3, 3>, C, Ints<2, 2>, Ints<2, 2>, Ints<0, 0>, Ints<1, 1>, 1>>(2, ties, nans);  // a row is left over
      check<T, Geometry<Ints<7, 5>, C, Ints<4, 3>, C, Ints<3, 3>, Ints<2, 2>, Ints<1, 1>, Ints<1, 1>, 1>>(2, ties, nans);  // overlapping, with a border
      check<T, Geometry<Ints<3, 3>, C, Ints<1, 1>, C, Ints<3, 3>, Ints<3, 3>, Ints<0, 0>, Ints<1, 1>, 1>>(0, ties, nans);
    }
}

}  // namespace

TEMPLATE_TEST_CASE("Pool finds the first maximum, and NaN before it", "[backend][cpu][pool]", float, double) {
  check_channels<TestType, 1>();
  check_channels<TestType, 2>();
  check_channels<TestType, 3>();
  check_channels<TestType, 8>();
  check_channels<TestType, 16>();
  check_channels<TestType, 17>();
  check_channels<TestType, 33>();
}

TEST_CASE("Pool works in one and three dimensions", "[backend][cpu][pool]") {
  check<float, Geometry<Ints<11>, 3, Ints<5>, 3, Ints<3>, Ints<2>, Ints<0>, Ints<1>, 1>>(2, true, false);
  check<float, Geometry<Ints<4, 5, 6>, 5, Ints<2, 3, 3>, 5, Ints<2, 2, 2>, Ints<2, 2, 2>, Ints<0, 1, 0>, Ints<1, 1, 1>, 1>>(2, true, true);
}
