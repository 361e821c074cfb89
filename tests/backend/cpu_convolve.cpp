#include "cpu_support.hpp"

using namespace cpu_test;

namespace {

using Dense = Epilogue<Code<2, Instruction<Op::add, 0, 1>, Instruction<Op::relu, 2>>, Operands<Operand::per_column>, Stores<3, 0>>;

using Masked = Epilogue<Code<2, Instruction<Op::mul, 0, 1>>, Operands<Operand::full>, Stores<2>>;

template <class T, class G, DType Type = DType::float32>
void check(long batch) {
  using Operand = cpu::operand_of<T, Type>;
  constexpr cpu::Windows w = cpu::windows_of<G>();
  constexpr long image = w.image() * w.channels, result = w.result() * w.filters, taps = w.taps() * w.group_channels();
  const auto x = operands<Operand>(random<T>(batch * image)), k = operands<Operand>(random<T>(taps * w.filters)), dy = operands<Operand>(random<T>(batch * result));
  const auto bias = random<T>(w.filters);
  std::vector<double> y(static_cast<std::size_t>(batch * result)), dx(x.size()), dk(k.size()), sums(bias.size()), dense;
  each_product(w, batch, [&](long xi, long ki, long yi) {
    at(y, yi) += double(at(x, xi)) * double(at(k, ki));
    at(dx, xi) += double(at(dy, yi)) * double(at(k, ki));
    at(dk, ki) += double(at(dy, yi)) * double(at(x, xi));
  });
  for (long i = 0; i < batch * result; ++i) dense.push_back(std::max(0.0, at(y, i) + double(at(bias, i % w.filters)))), at(sums, i % w.filters) += double(at(dy, i));
  {
    Output<T> plain(batch * result), with_relu(batch * result), before(batch * result);
    run<T, Convolve<G, NoEpilogue, Type>>({x.data(), k.data()}, {plain}, {batch});
    run<T, Convolve<G, Dense, Type>>({x.data(), k.data(), bias.data()}, {with_relu, before}, {batch});
    CHECK(difference(plain, y) <= rounding<T>(double(taps)));
    CHECK(difference(before, y) <= rounding<T>(double(taps)));
    CHECK(difference(with_relu, dense) <= rounding<T>(double(taps)));
  }
  {
    Output<T> plain(batch * image);
    run<T, ConvolveInputGradient<G, NoEpilogue, Type>>({dy.data(), k.data()}, {plain}, {batch});
    CHECK(difference(plain, dx) <= rounding<T>(double(w.taps() * w.group_filters())));
  }
  {
    Output<T> plain(static_cast<long>(dk.size())), again(static_cast<long>(dk.size())), columns(w.filters);
    run<T, ConvolveKernelGradient<G, false, Type>>({x.data(), dy.data()}, {plain}, {batch});
    run<T, ConvolveKernelGradient<G, true, Type>>({x.data(), dy.data()}, {again, columns}, {batch});
    CHECK(difference(plain, dk) <= rounding<T>(double(batch * w.result())));
    CHECK(difference(again, dk) <= rounding<T>(double(batch * w.result())));
    CHECK(difference(columns, sums) <= rounding<T>(double(batch * w.result())));
  }
}

/// What is done to the gradient of an input of few channels.
template <class T, class G>
void check_epilogues(long batch) {
  constexpr cpu::Windows w = cpu::windows_of<G>();
  const long count = batch * w.image() * w.channels;
  const auto dy = random<T>(batch * w.result() * w.filters), k = random<T>(w.kernel()), shift = random<T>(w.channels), mask = random<T>(count);
  std::vector<double> dx(mask.size()), shifted, masked;
  each_product(w, batch, [&](long xi, long ki, long yi) { at(dx, xi) += double(at(dy, yi)) * double(at(k, ki)); });
  for (long i = 0; i < count; ++i) shifted.push_back(std::max(0.0, at(dx, i) + double(at(shift, i % w.channels)))), masked.push_back(at(dx, i) * double(at(mask, i)));
  Output<T> with_relu(count), before(count), times(count);
  run<T, ConvolveInputGradient<G, Dense>>({dy.data(), k.data(), shift.data()}, {with_relu, before}, {batch});
  run<T, ConvolveInputGradient<G, Masked>>({dy.data(), k.data(), mask.data()}, {times}, {batch});
  CHECK(difference(with_relu, shifted) <= rounding<T>(double(w.taps() * w.filters)));
  CHECK(difference(before, dx) <= rounding<T>(double(w.taps() * w.filters)));
  CHECK(difference(times, masked) <= rounding<T>(double(w.taps() * w.filters)));
}

/// Of an image with `Channels` channels: every way to place a window.
template <class T, int Channels, int Filters>
void check_placements() {
  INFO(Channels << " channels, " << Filters << " filters, size " << sizeof(T));
  // valid; same; strided valid, with pixels that no window sees; strided same; dilated; a window larger than the image
  check<T, Geometry<Ints<9, 8>, Channels, Ints<7, 6>, Filters, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>>(2);
  check<T, Geometry<Ints<5, 29>, Channels, Ints<5, 29>, Filters, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 1>>(3);
  check<T, Geometry<Ints<10, 9>, Channels, Ints<4, 3>, Filters, Ints<3, 2>, Ints<2, 3>, Ints<0, 0>, Ints<1, 1>, 1>>(1);
  check<T, Geometry<Ints<8, 7>, Channels, Ints<4, 4>, Filters, Ints<3, 3>, Ints<2, 2>, Ints<0, 1>, Ints<1, 1>, 1>>(2);
  check<T, Geometry<Ints<9, 9>, Channels, Ints<9, 5>, Filters, Ints<3, 3>, Ints<1, 1>, Ints<2, 0>, Ints<2, 2>, 1>>(1);
  check<T, Geometry<Ints<2, 3>, Channels, Ints<2, 3>, Filters, Ints<5, 4>, Ints<1, 1>, Ints<2, 1>, Ints<1, 1>, 1>>(2);
}

}  // namespace

TEMPLATE_TEST_CASE("Convolve and its gradients are right for any number of channels", "[backend][cpu][convolve]", float, double) {
  check_placements<TestType, 1, 1>();
  check_placements<TestType, 3, 32>();
  check_placements<TestType, 32, 3>();
  check_placements<TestType, 5, 33>();
  check_placements<TestType, 17, 64>();
}

TEMPLATE_TEST_CASE("Convolve and its gradients are right for a few channels", "[backend][cpu][convolve]", float, double) {
  check_placements<TestType, 2, 16>();
  check<TestType, Geometry<Ints<37, 21>, 4, Ints<37, 21>, 5, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 1>>(2);
  check<TestType, Geometry<Ints<37, 21>, 1, Ints<19, 21>, 16, Ints<5, 3>, Ints<2, 1>, Ints<2, 1>, Ints<1, 1>, 1>>(2);
  check<TestType, Geometry<Ints<40, 29>, 3, Ints<40, 29>, 8, Ints<5, 5>, Ints<1, 1>, Ints<2, 2>, Ints<1, 1>, 1>>(1);  // more taps than the cache holds sums for
  check_epilogues<TestType, Geometry<Ints<9, 8>, 1, Ints<7, 6>, 5, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>>(2);
  check_epilogues<TestType, Geometry<Ints<8, 7>, 2, Ints<4, 4>, 3, Ints<3, 3>, Ints<2, 2>, Ints<0, 1>, Ints<1, 1>, 1>>(2);
}

TEMPLATE_TEST_CASE("Convolve and its gradients are right in one and three dimensions", "[backend][cpu][convolve]", float, double) {
  check<TestType, Geometry<Ints<40>, 3, Ints<38>, 20, Ints<3>, Ints<1>, Ints<0>, Ints<1>, 1>>(2);
  check<TestType, Geometry<Ints<40>, 4, Ints<40>, 8, Ints<3>, Ints<1>, Ints<4>, Ints<2>, 1>>(2);  // causal, dilated
  check<TestType, Geometry<Ints<40>, 4, Ints<14>, 8, Ints<3>, Ints<3>, Ints<1>, Ints<1>, 1>>(2);
  check<TestType, Geometry<Ints<4, 5, 6>, 3, Ints<4, 5, 6>, 5, Ints<3, 3, 3>, Ints<1, 1, 1>, Ints<1, 1, 1>, Ints<1, 1, 1>, 1>>(2);
  check<TestType, Geometry<Ints<4, 5, 6>, 2, Ints<2, 2, 2>, 17, Ints<2, 3, 2>, Ints<2, 1, 3>, Ints<0, 0, 0>, Ints<1, 2, 1>, 1>>(1);
}

TEMPLATE_TEST_CASE("Convolve and its gradients are right in groups", "[backend][cpu][convolve]", float, double) {
  check<TestType, Geometry<Ints<6, 7>, 6, Ints<6, 7>, 10, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 2>>(2);
  check<TestType, Geometry<Ints<6, 7>, 20, Ints<6, 7>, 20, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 20>>(2);  // depthwise
  check<TestType, Geometry<Ints<9, 8>, 20, Ints<9, 8>, 20, Ints<5, 5>, Ints<1, 1>, Ints<2, 2>, Ints<1, 1>, 20>>(2);  // depthwise, more taps than registers
  check<TestType, Geometry<Ints<9, 7>, 18, Ints<5, 4>, 18, Ints<3, 3>, Ints<2, 2>, Ints<1, 1>, Ints<1, 1>, 18>>(2);
  check<TestType, Geometry<Ints<6, 7>, 4, Ints<4, 5>, 12, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 4>>(2);  // three filters each
}

TEST_CASE("Convolve and its gradients have float sums of bfloat16 numbers", "[backend][cpu][convolve]") {  // odd and even lengths of what a window sees in one piece
  constexpr DType halved = DType::bfloat16;
  check<float, Geometry<Ints<9, 8>, 1, Ints<7, 6>, 32, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>, halved>(2);
  check<float, Geometry<Ints<5, 29>, 5, Ints<5, 29>, 33, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 1>, halved>(3);
  check<float, Geometry<Ints<8, 7>, 16, Ints<4, 4>, 70, Ints<3, 3>, Ints<2, 2>, Ints<0, 1>, Ints<1, 1>, 1>, halved>(2);
  check<float, Geometry<Ints<9, 9>, 3, Ints<9, 5>, 7, Ints<3, 3>, Ints<1, 1>, Ints<2, 0>, Ints<2, 2>, 1>, halved>(1);
  check<float, Geometry<Ints<6, 7>, 6, Ints<6, 7>, 10, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 2>, halved>(2);
  check<double, Geometry<Ints<6, 7>, 6, Ints<6, 7>, 10, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 2>, halved>(2);
  check<float, Geometry<Ints<40>, 4, Ints<14>, 8, Ints<3>, Ints<3>, Ints<1>, Ints<1>, 1>, halved>(2);
}

TEMPLATE_TEST_CASE("Convolve and its gradients are right channel by channel", "[backend][cpu][convolve]", float, double) {
  check<TestType, Geometry<Ints<9, 12>, 16, Ints<9, 12>, 16, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 16>>(3);
  check<TestType, Geometry<Ints<11, 10>, 33, Ints<7, 6>, 33, Ints<5, 5>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 33>>(20);  // more taps than sums, more images than parts
  check<TestType, Geometry<Ints<11, 13>, 7, Ints<6, 5>, 7, Ints<3, 3>, Ints<2, 3>, Ints<1, 1>, Ints<1, 2>, 7>>(2);
  check<TestType, Geometry<Ints<30>, 40, Ints<30>, 40, Ints<4>, Ints<1>, Ints<3>, Ints<1>, 40>>(2);
  check<float, Geometry<Ints<9, 8>, 20, Ints<5, 4>, 20, Ints<3, 3>, Ints<2, 2>, Ints<1, 1>, Ints<1, 1>, 20>, DType::bfloat16>(2);
  check<float, Geometry<Ints<9, 8>, 20, Ints<9, 8>, 20, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 20>, DType::bfloat16>(2);
}

TEMPLATE_TEST_CASE("Convolve and its gradients are right for any stride and dilation", "[backend][cpu][convolve]", float, double) {
  check<TestType, Geometry<Ints<9, 8>, 3, Ints<5, 4>, 18, Ints<1, 1>, Ints<2, 2>, Ints<0, 0>, Ints<1, 1>, 1>>(2);     // pixels that nobody sees
  check<TestType, Geometry<Ints<11, 12>, 17, Ints<6, 6>, 5, Ints<5, 5>, Ints<2, 2>, Ints<2, 1>, Ints<1, 1>, 1>>(2);
  check<TestType, Geometry<Ints<13, 20>, 4, Ints<4, 4>, 6, Ints<3, 3>, Ints<2, 4>, Ints<0, 1>, Ints<2, 3>, 1>>(1);  // common factors, and none
  check<TestType, Geometry<Ints<21, 17>, 6, Ints<3, 2>, 4, Ints<3, 2>, Ints<4, 6>, Ints<1, 0>, Ints<6, 4>, 2>>(2);
  check<TestType, Geometry<Ints<1, 30>, 2, Ints<1, 28>, 3, Ints<1, 3>, Ints<5, 1>, Ints<0, 0>, Ints<1, 1>, 1>>(2);    // an image of fewer rows than a stride
  check<TestType, Geometry<Ints<7, 7>, 3, Ints<3, 3>, 3, Ints<3, 3>, Ints<5, 5>, Ints<4, 4>, Ints<1, 1>, 1>>(1);
}

TEST_CASE("Convolve and its gradients accept a batch of any size", "[backend][cpu][convolve]") {
  using G = Geometry<Ints<8, 8>, 3, Ints<8, 8>, 17, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 1>;
  for (const long batch : {0L, 1L, 7L, 40L}) check<float, G>(batch);
}

TEST_CASE("Convolve and its gradients give the same bits for any number of threads", "[backend][cpu][convolve]") {
  using G = Geometry<Ints<14, 14>, 16, Ints<14, 14>, 40, Ints<3, 3>, Ints<1, 1>, Ints<1, 1>, Ints<1, 1>, 1>;
  using Strided = Geometry<Ints<15, 14>, 16, Ints<7, 5>, 40, Ints<3, 3>, Ints<2, 3>, Ints<0, 1>, Ints<1, 1>, 1>;
  using Depthwise = Geometry<Ints<15, 14>, 20, Ints<8, 7>, 20, Ints<3, 3>, Ints<2, 2>, Ints<1, 1>, Ints<1, 1>, 20>;
  using One = Geometry<Ints<28, 28>, 1, Ints<26, 26>, 32, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>;
  const auto check_threads = []<class Geo>(Geo, long batch) {
    constexpr cpu::Windows w = cpu::windows_of<Geo>();
    const auto x = random<float>(batch * w.image() * w.channels), k = random<float>(w.taps() * w.channels * w.filters), dy = random<float>(batch * w.result() * w.filters);
    std::vector<float> once[3];
    for (int threads = 1; threads <= 3; ++threads) {
      set_num_threads(threads);
      Output<float> y(static_cast<long>(dy.size())), dx(static_cast<long>(x.size())), dk(static_cast<long>(k.size()));
      run<float, Convolve<Geo, NoEpilogue>>({x.data(), k.data()}, {y}, {batch});
      run<float, ConvolveInputGradient<Geo, NoEpilogue>>({dy.data(), k.data()}, {dx}, {batch});
      run<float, ConvolveKernelGradient<Geo, false>>({x.data(), dy.data()}, {dk}, {batch});
      if (threads == 1) once[0] = y.values(), once[1] = dx.values(), once[2] = dk.values();
      CHECK(same_bits(once[0], y.values()));
      CHECK(same_bits(once[1], dx.values()));
      CHECK(same_bits(once[2], dk.values()));
    }
    set_num_threads(0);
  };
  for (const long batch : {1L, 2L, 9L}) check_threads(G{}, batch), check_threads(One{}, batch), check_threads(Strided{}, batch), check_threads(Depthwise{}, batch);
}
