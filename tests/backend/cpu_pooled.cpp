#include <numeric>

#include "cpu_support.hpp"

using namespace cpu_test;

namespace {

using Dense = Epilogue<Code<2, Instruction<Op::add, 0, 1>, Instruction<Op::relu, 2>>, Operands<Operand::per_column>, Stores<3, 0>>;
using Masked = Epilogue<Code<2, Instruction<Op::mul, 0, 1>>, Operands<Operand::full>, Stores<2>>;

/// The element of the convolution's result that is number k of window element i.
long inside(const cpu::Windows& w, long i, long k) {
  const long filter = i % w.filters, pixel = i / w.filters, columns = w.axis[2].result / 2, rows = w.axis[1].result / 2;
  const long sample = pixel / (rows * columns), row = pixel / columns % rows, column = pixel % columns;
  return ((sample * 2 * rows + 2 * row + k / 2) * 2 * columns + 2 * column + k % 2) * w.filters + filter;
}

/// Numbers whose sums of products are exact, so that there is no doubt which one is the largest: multiples of 1/8 between -1 and 1.
template <class T>
std::vector<T> eighths(long count) {
  std::vector<T> v(static_cast<std::size_t>(count));
  for (T& x : v) x = static_cast<T>(number(-8, 8)) / 8;
  return v;
}

template <class T, class G, DType Type = DType::float32>
void check(long batch) {
  using Operand = cpu::operand_of<T, Type>;
  constexpr cpu::Windows w = cpu::windows_of<G>();
  constexpr long image = w.image() * w.channels, result = w.result() * w.filters;
  const auto x = operands<Operand>(eighths<T>(batch * image)), k = operands<Operand>(eighths<T>(w.taps() * w.channels * w.filters));
  const auto bias = eighths<T>(w.filters), factors = eighths<T>(batch * image);
  auto dy = operands<Operand>(eighths<T>(batch * result / 4));
  if (!dy.empty()) dy[dy.size() / 2] = Operand(0);
  std::vector<double> y(static_cast<std::size_t>(batch * result)), largest, dense, dz(y.size()), dx(x.size()), dk(k.size());
  each_product(w, batch, [&](long xi, long ki, long yi) { at(y, yi) += double(at(x, xi)) * double(at(k, ki)); });
  std::vector<std::int8_t> winner;
  for (long i = 0; i < batch * result / 4; ++i) {
    long best = 0;
    for (long n = 1; n < 4; ++n)
      if (at(y, inside(w, i, n)) > at(y, inside(w, i, best))) best = n;
    winner.push_back(static_cast<std::int8_t>(best));
    largest.push_back(at(y, inside(w, i, best)));
    dense.push_back(std::max(0.0, largest.back() + double(at(bias, i % w.filters))));
    at(dz, inside(w, i, best)) = double(at(dy, i));
  }
  each_product(w, batch, [&](long xi, long ki, long yi) {
    at(dx, xi) += at(dz, yi) * double(at(k, ki));
    at(dk, ki) += at(dz, yi) * double(at(x, xi));
  });
  std::vector<double> masked;
  for (long i = 0; i < batch * image; ++i) masked.push_back(at(dx, i) * double(at(factors, i)));

  Output<T> with_relu(batch * result / 4), before(batch * result / 4), plain(batch * result / 4);
  Output<std::int8_t> number(batch * result / 4);
  run<T, PooledConvolve<G, Dense, true, Type>>({x.data(), k.data(), bias.data()}, {with_relu, before, number}, {batch});
  run<T, PooledConvolve<G, NoEpilogue, false, Type>>({x.data(), k.data()}, {plain}, {batch});
  CHECK(difference(before, largest) == 0);
  CHECK(difference(plain, largest) == 0);
  CHECK(difference(with_relu, dense) == 0);
  CHECK(number.guarded());
  CHECK(number.values() == winner);

  Output<T> plain_dx(batch * image), masked_dx(batch * image), plain_dk(static_cast<long>(k.size()));
  run<T, PooledInputGradient<G, NoEpilogue, Type>>({dy.data(), k.data(), winner.data()}, {plain_dx}, {batch});
  run<T, PooledInputGradient<G, Masked, Type>>({dy.data(), k.data(), winner.data(), factors.data()}, {masked_dx}, {batch});
  CHECK(difference(plain_dx, dx) <= rounding<T>(double(w.taps() * w.filters)));
  CHECK(difference(masked_dx, masked) <= rounding<T>(double(w.taps() * w.filters)));
  run<T, PooledKernelGradient<G, Type>>({x.data(), dy.data(), winner.data()}, {plain_dk}, {batch});
  CHECK(difference(plain_dk, dk) <= rounding<T>(double(batch * w.result())));
}

template <class T, int Channels, int Filters>
void check_placements() {
  INFO(Channels << " channels, " << Filters << " filters, size " << sizeof(T));
  // valid, with a row and a column that no window covers; same; strided valid; strided same; dilated; a window larger than the image; one tap
  check<T, Geometry<Ints<9, 8>, Channels, Ints<6, 6>, Filters, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>>(2);
  check<T, Geometry<Ints<4, 30>, Channels, Ints<4, 30>, Filters, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 1>>(3);
  check<T, Geometry<Ints<10, 9>, Channels, Ints<4, 2>, Filters, Ints<3, 2>, Ints<2, 3>, Ints<0, 0>, Ints<1, 1>, 1>>(1);
  check<T, Geometry<Ints<8, 7>, Channels, Ints<4, 4>, Filters, Ints<3, 3>, Ints<2, 2>, Ints<0, 1>, Ints<1, 1>, 1>>(2);
  check<T, Geometry<Ints<9, 9>, Channels, Ints<8, 4>, Filters, Ints<3, 3>, Ints<1, 1>, Ints<2, 0>, Ints<2, 2>, 1>>(1);
  check<T, Geometry<Ints<2, 2>, Channels, Ints<2, 2>, Filters, Ints<5, 4>, Ints<1, 1>, Ints<2, 1>, Ints<1, 1>, 1>>(2);
  check<T, Geometry<Ints<5, 4>, Channels, Ints<4, 4>, Filters, Ints<1, 1>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>>(5);
}

/// The gradient of the input where one number of those that flow back is infinite: of each line of the image, what its window sees is not
/// finite, nor need a vector of numbers behind that be; all others are as they should be.
template <class T, int Channels, DType Type = DType::float32>
void infinite_gradient() {
  using Operand = cpu::operand_of<T, Type>;
  using G = Geometry<Ints<6, 42>, Channels, Ints<4, 40>, 5, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>;
  constexpr cpu::Windows w = cpu::windows_of<G>();
  constexpr long image = w.image() * w.channels, result = w.result() * w.filters, beside = Type == DType::bfloat16 ? 32 : cpu::lanes<T>;
  INFO(Channels << " channels, size " << sizeof(Operand));
  for (const T extreme : {std::numeric_limits<T>::infinity(), std::numeric_limits<T>::quiet_NaN()}) {
    const auto k = operands<Operand>(std::vector<T>(static_cast<std::size_t>(w.kernel()), T(0.5)));
    auto dy = operands<Operand>(eighths<T>(result / 4));
    at(dy, number(0, static_cast<int>(result / 4 - 1))) = static_cast<Operand>(extreme);
    std::vector<std::int8_t> winner;
    std::vector<double> dz(static_cast<std::size_t>(result)), dx(static_cast<std::size_t>(image));
    for (long i = 0; i < result / 4; ++i) {
      winner.push_back(static_cast<std::int8_t>(number(0, 3)));
      at(dz, inside(w, i, winner.back())) = double(at(dy, i));
    }
    each_product(w, 1, [&](long xi, long ki, long yi) { at(dx, xi) += at(dz, yi) * double(at(k, ki)); });
    Output<T> y(image);
    run<T, PooledInputGradient<G, NoEpilogue, Type>>({dy.data(), k.data(), winner.data()}, {y}, {1});
    long last = -image, spread = 0, wrong = 0;  // the last number that is not finite; those that are so without need
    for (long i = 0; i < image; ++i) {
      if (!std::isfinite(at(dx, i))) last = i;
      if (i != last && i - last < beside && !std::isfinite(y[i])) ++spread;
      else wrong += i == last ? std::isfinite(y[i]) : std::abs(double(y[i]) - at(dx, i)) > rounding<T>(double(w.taps() * w.filters));
    }
    CHECK(y.guarded());
    CHECK(wrong == 0);
    CHECK(spread <= 3 * (beside - 1));
    CHECK((spread == 0 || Channels * 3 % beside != 0));
  }
}

}  // namespace

TEMPLATE_TEST_CASE("A pooled convolution and its gradients are right for any number of channels", "[backend][cpu][pooled]", float, double) {
  check_placements<TestType, 1, 1>();
  check_placements<TestType, 3, 32>();
  check_placements<TestType, 32, 3>();
  check_placements<TestType, 17, 20>();
}

TEST_CASE("A pooled convolution and its gradients have float sums of bfloat16 numbers", "[backend][cpu][pooled]") {
  constexpr DType halved = DType::bfloat16;
  check<float, Geometry<Ints<9, 8>, 1, Ints<6, 6>, 33, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>, halved>(2);
  check<float, Geometry<Ints<4, 30>, 16, Ints<4, 30>, 20, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 1>, halved>(3);
  check<float, Geometry<Ints<9, 9>, 3, Ints<8, 4>, 64, Ints<3, 3>, Ints<1, 1>, Ints<2, 0>, Ints<2, 2>, 1>, halved>(1);
  check<float, Geometry<Ints<10, 10>, 44, Ints<6, 6>, 17, Ints<5, 5>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>, halved>(3);  // wide patches
  check<double, Geometry<Ints<5, 4>, 3, Ints<4, 4>, 5, Ints<1, 1>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>, halved>(5);
}

TEST_CASE("A pooled convolution and its gradients accept a batch of any size and wide patches", "[backend][cpu][pooled]") {
  using G = Geometry<Ints<8, 8>, 48, Ints<4, 4>, 17, Ints<5, 5>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>;
  for (const long batch : {0L, 1L, 7L, 40L}) check<float, G>(batch);
}

TEST_CASE("A pooled convolution and its gradients accept windows of many taps", "[backend][cpu][pooled]") {
  check<float, Geometry<Ints<24, 22>, 2, Ints<8, 6>, 3, Ints<9, 9>, Ints<1, 1>, Ints<0, 0>, Ints<2, 2>, 1>>(2);
}

TEST_CASE("A pooled convolution takes the first of equal values, and NaN before all", "[backend][cpu][pooled]") {
  using G = Geometry<Ints<2, 4>, 1, Ints<2, 4>, 1, Ints<1, 1>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>;
  const float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
  const std::vector<float> x{1, 1, inf, -inf, 1, 1, nan, nan}, k{1};
  Output<float> y(2);
  Output<std::int8_t> number(2);
  run<float, PooledConvolve<G, NoEpilogue, true>>({x.data(), k.data()}, {y, number}, {1});
  CHECK(y[0] == 1);
  CHECK(number[0] == 0);
  CHECK(std::isnan(y[1]));
  CHECK(number[1] == 2);
}

TEMPLATE_TEST_CASE("An infinite gradient of a pooled convolution reaches what its window sees, and at most a vector behind that", "[backend][cpu][pooled]", float, double) {
  infinite_gradient<TestType, 1>();
  infinite_gradient<TestType, 3>();
  infinite_gradient<TestType, 7>();
  infinite_gradient<TestType, 16>();  // runs of whole vectors: nothing behind it
  infinite_gradient<TestType, 3, DType::bfloat16>();
  infinite_gradient<TestType, 7, DType::bfloat16>();
}

TEST_CASE("A pooled convolution and its gradients give the same bits for any number of threads", "[backend][cpu][pooled]") {
  using G = Geometry<Ints<14, 14>, 16, Ints<12, 12>, 40, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>;
  constexpr cpu::Windows w = cpu::windows_of<G>();
  for (const long batch : {1L, 9L}) {
    const auto x = random<float>(batch * w.image() * w.channels), k = random<float>(w.taps() * w.channels * w.filters), dy = random<float>(batch * w.result() * w.filters / 4);
    std::vector<float> once[3];
    for (int threads = 1; threads <= 3; ++threads) {
      set_num_threads(threads);
      Output<float> y(static_cast<long>(dy.size())), dx(static_cast<long>(x.size())), dk(static_cast<long>(k.size()));
      std::vector<std::int8_t> winner(dy.size());
      run<float, PooledConvolve<G, NoEpilogue, true>>({x.data(), k.data()}, {y, winner.data()}, {batch});
      run<float, PooledInputGradient<G, NoEpilogue>>({dy.data(), k.data(), winner.data()}, {dx}, {batch});
      run<float, PooledKernelGradient<G>>({x.data(), dy.data(), winner.data()}, {dk}, {batch});
      if (threads == 1) once[0] = y.values(), once[1] = dx.values(), once[2] = dk.values();
      CHECK(same_bits(once[0], y.values()));
      CHECK(same_bits(once[1], dx.values()));
      CHECK(same_bits(once[2], dk.values()));
    }
    set_num_threads(0);
  }
}
