// Convolution and pooling along one, two and three axes, against loops that follow the definition.
#include <tenon/graph/windows.hpp>

#include <algorithm>

#include "../support/gradient_check.hpp"
#include "../support/plan_interpreter.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

struct Setting {
  Shape x;          // (B, spatial..., C)
  Shape kernel;     // (window..., C / groups, filters)
  int stride[3]{1, 1, 1}, dilation[3]{1, 1, 1};
  int groups = 1;
  Padding padding = Padding::valid;

  Window window() const {
    Window w;
    for (int i = 0; i + 2 < x.rank; ++i) w.size[i + 1] = kernel.extent[i], w.stride[i + 1] = stride[i], w.dilation[i + 1] = dilation[i];
    w.groups = groups;
    return w;
  }
};
const Setting settings[] = {
  {shape(dynamic, 7, 2), shape(3, 2, 3)},
  {shape(dynamic, 7, 2), shape(3, 2, 3), {2}, {1}, 1, Padding::same},
  {shape(dynamic, 8, 3), shape(2, 1, 6), {1}, {3}, 3},
  {shape(dynamic, 5, 4, 2), shape(3, 2, 2, 3)},
  {shape(dynamic, 5, 4, 2), shape(3, 2, 2, 3), {2, 1}, {1, 1}, 1, Padding::same},
  {shape(dynamic, 6, 5, 4), shape(2, 2, 2, 4), {1, 2}, {2, 1}, 2},
  {shape(dynamic, 3, 3, 1), shape(5, 4, 1, 2), {1, 1}, {1, 1}, 1, Padding::same},
  {shape(dynamic, 5, 5, 1), shape(2, 2, 1, 2), {3, 3}, {1, 1}, 1, Padding::same},
  {shape(dynamic, 3, 4, 3, 1), shape(2, 3, 2, 1, 2)},
  {shape(dynamic, 3, 4, 3, 2), shape(2, 2, 3, 1, 2), {2, 1, 1}, {1, 2, 1}, 2, Padding::same},
  {shape(1, 4, 3, 2), shape(2, 2, 2, 1)},  // no batch
};

/// For each axis: where the first window starts, and how many there are (Keras's documentation of "valid" and "same").
struct Walk {
  int start[3]{}, count[3]{1, 1, 1};
};
Walk walk(const Setting& s) {
  Walk w;
  for (int i = 0; i + 2 < s.x.rank; ++i) {
    const int n = s.x.extent[i + 1], reach = s.dilation[i] * (s.kernel.extent[i] - 1) + 1;
    if (s.padding == Padding::valid) {
      w.count[i] = (n - reach) / s.stride[i] + 1;
    } else {
      w.count[i] = (n + s.stride[i] - 1) / s.stride[i];
      w.start[i] = -std::max(0, (w.count[i] - 1) * s.stride[i] + reach - n) / 2;
    }
  }
  return w;
}

/// Calls f(window, tap, pixel) for what lies inside the image, all counted in row-major order.
template <class F>
void each_tap(const Setting& s, F f) {
  const Walk w = walk(s);
  const int spatial = s.x.rank - 2;
  int size[3]{1, 1, 1}, image[3]{1, 1, 1};
  for (int i = 0; i < spatial; ++i) size[i] = s.kernel.extent[i], image[i] = s.x.extent[i + 1];
  for (int a = 0; a < w.count[0]; ++a)
    for (int b = 0; b < w.count[1]; ++b)
      for (int c = 0; c < w.count[2]; ++c)
        for (int i = 0; i < size[0]; ++i)
          for (int j = 0; j < size[1]; ++j)
            for (int k = 0; k < size[2]; ++k) {
              const int p = w.start[0] + a * s.stride[0] + i * s.dilation[0], q = w.start[1] + b * s.stride[1] + j * s.dilation[1],
                        r = w.start[2] + c * s.stride[2] + k * s.dilation[2];
              if (p < 0 || q < 0 || r < 0 || p >= image[0] || q >= image[1] || r >= image[2]) continue;
              f((a * w.count[1] + b) * w.count[2] + c, (i * size[1] + j) * size[2] + k, (p * image[1] + q) * image[2] + r);
            }
}
std::size_t index(long i) { return static_cast<std::size_t>(i); }

Values convolution(const Setting& s, const Values& x, const Values& kernel, long batch) {
  const Walk w = walk(s);
  const long channels = s.x.back(), filters = s.kernel.back(), group_in = channels / s.groups, group_out = filters / s.groups;
  const long pixels = s.x.elements() / channels, places = static_cast<long>(w.count[0]) * w.count[1] * w.count[2];
  Values y(index(batch * places * filters));
  for (long n = 0; n < batch; ++n)
    each_tap(s, [&](long place, long tap, long pixel) {
      for (long f = 0; f < filters; ++f)
        for (long c = 0; c < group_in; ++c)
          y[index((n * places + place) * filters + f)] += x[index((n * pixels + pixel) * channels + f / group_out * group_in + c)] * kernel[index((tap * group_in + c) * filters + f)];
    });
  return y;
}
Values pooled(const Setting& s, const Values& x, long batch, bool largest) {
  const Walk w = walk(s);
  const long channels = s.x.back(), pixels = s.x.elements() / channels, places = static_cast<long>(w.count[0]) * w.count[1] * w.count[2];
  Values y(index(batch * places * channels), largest ? -1e300 : 0), n(y.size());
  for (long sample = 0; sample < batch; ++sample)
    each_tap(s, [&](long place, long, long pixel) {
      for (long c = 0; c < channels; ++c) {
        const std::size_t to = index((sample * places + place) * channels + c);
        const double v = x[index((sample * pixels + pixel) * channels + c)];
        y[to] = largest ? std::max(y[to], v) : y[to] + v;
        n[to] += 1;
      }
    });
  for (std::size_t i = 0; !largest && i < y.size(); ++i) y[i] /= n[i];
  return y;
}
void check_close(const Values& actual, const Values& expected) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) CHECK(actual[i] == Approx(expected[i]).epsilon(1e-12).margin(1e-13));
}

}  // namespace

TEST_CASE("convolution follows its definition", "[graph][windows]") {
  for (const Setting& s : settings) {
    Sketch g;
    const Symbol x = g.argument(s.x), kernel = g.argument(s.kernel), y = convolve(x, kernel, s.window(), s.padding);
    REQUIRE(g.trace.mistake.problem == Problem::none);
    const long batch = s.x.batched() ? 2 : 1;
    const auto arguments = support::points(g.graph(), {.batch = batch});
    const Values expected = convolution(s, arguments[0], arguments[1], batch);
    check_close(g.run({y}, arguments, batch)[0], expected);
    check_close(support::run_planned(g.with_results({y}), arguments, batch)[0], expected);
  }
}

TEST_CASE("convolution passes gradients and gradients of gradients", "[graph][windows]") {
  for (const Setting& s : settings) {
    const support::Function f = [&](const std::vector<Symbol>& x) { return convolve(x[0], x[1], s.window(), s.padding); };
    support::check_gradients(f, {s.x, s.kernel});
    if (s.x.rank < 5) support::check_second_derivatives(f, {s.x, s.kernel}, {.batch = 1});
  }
}

TEST_CASE("pooling follows its definition, and passes gradients and gradients of gradients", "[graph][windows]") {
  for (Setting s : settings) {
    std::fill(std::begin(s.dilation), std::end(s.dilation), 1);
    s.groups = 0;
    Sketch g;
    const Symbol x = g.argument(s.x), largest = max_pool(x, s.window(), s.padding), average = average_pool(x, s.window(), s.padding);
    REQUIRE(g.trace.mistake.problem == Problem::none);
    const long batch = s.x.batched() ? 2 : 1;
    const auto arguments = support::points(g.graph(), {.batch = batch});
    for (const auto& results : {g.run({largest, average}, arguments, batch), support::run_planned(g.with_results({largest, average}), arguments, batch)}) {
      check_close(results[0], pooled(s, arguments[0], batch, true));
      check_close(results[1], pooled(s, arguments[0], batch, false));
    }
    const support::Function max = [&](const std::vector<Symbol>& v) { return square(max_pool(v[0], s.window(), s.padding)); };
    const support::Function mean = [&](const std::vector<Symbol>& v) { return square(average_pool(v[0], s.window(), s.padding)); };
    for (const auto& f : {max, mean}) support::check_gradients(f, {s.x}), support::check_second_derivatives(f, {s.x}, {.batch = 1});
  }
}

TEST_CASE("windows that do not fit are refused", "[graph][windows]") {
  const auto problem = [](const Shape& x, const Shape& kernel, int groups, Padding padding) {
    Sketch g;
    Setting s{x, kernel};
    s.groups = groups, s.padding = padding;
    convolve(g.argument(x), g.argument(kernel), s.window(), s.padding);
    return g.trace.mistake.problem;
  };
  CHECK(problem(shape(dynamic, 4, 4, 2), shape(5, 1, 2, 3), 1, Padding::valid) == Problem::kernel_larger_than_image);
  CHECK(problem(shape(dynamic, 4, 4, 2), shape(5, 1, 2, 3), 1, Padding::same) == Problem::none);
  CHECK(problem(shape(dynamic, 4, 4, 2), shape(3, 3, 1, 3), 2, Padding::valid) == Problem::groups_do_not_divide);
  CHECK(problem(shape(dynamic, 4, 4, 2), shape(3, 3, 1, 4), 2, Padding::valid) == Problem::none);
  CHECK(problem(shape(dynamic, 4, 4, 2), shape(3, 3, 1, 4), 1, Padding::valid) == Problem::groups_do_not_divide);
  CHECK(problem(shape(dynamic, 4), shape(3, 3), 1, Padding::valid) == Problem::not_an_image);
  Sketch g;
  const Setting s{shape(dynamic, 2, 2, 1), shape(3, 3, 1, 1)};
  max_pool(g.argument(s.x), s.window(), Padding::valid);
  CHECK(g.trace.mistake.problem == Problem::pool_larger_than_image);
}
