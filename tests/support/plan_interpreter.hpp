// Runs a plan in naive loops: what a plan means, without any backend.
#pragma once

#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>
#include <vector>

#include <tenon/backend/frame.hpp>
#include <tenon/backend/kernels.hpp>
#include <tenon/backend/scalar.hpp>
#include <tenon/graph/plan.hpp>
#include <tenon/graph/pool_convolutions.hpp>
#include <tenon/graph/simplify.hpp>

namespace support {

/// Memory in which every element is a double, whatever its type in the graph, at every second byte of the plan. Integers are stored
/// with an offset and bfloat16 with a factor, so that reading one as a float (or the other way round) gives nonsense, as it does in real memory.
class PlanInterpreter {
 public:
  using Values = std::vector<double>;

  PlanInterpreter(const tenon::NodeGraph& graph, const tenon::Plan& plan, long batch, tenon::Noise noise) : g_(graph), plan_(plan), batch_(batch), noise_(noise) {}

  /// `arguments` are changed where a result of role `update` shares the memory of argument shared[result] (none if empty or -1).
  std::vector<Values> run(const std::vector<Values>& arguments, const std::vector<int>& shared = {}) {
    const int n = g_.arguments.size();
    spaces_.clear();
    spaces_.emplace_back(static_cast<std::size_t>((plan_.arena_fixed + plan_.arena_counted * tenon::counted_batch(batch_)) / 2), nan);
    for (int k = 0; k < n; ++k) {
      const Values& values = arguments.at(static_cast<std::size_t>(k));
      const tenon::DType type = dtype(g_.arguments[k].node);
      const std::size_t step = type == tenon::DType::bfloat16 ? 1 : 2;
      Values& space = spaces_.emplace_back(step * values.size(), nan);
      for (std::size_t i = 0; i < values.size(); ++i) space[step * i] = is_integer(type) ? encoded(values[i]) : step == 1 ? values[i] * half_factor : values[i];
    }
    for (const tenon::Port& r : g_.results) spaces_.emplace_back(static_cast<std::size_t>(2 * g_.nodes[r.node].shape.elements(batch_)), nan);
    at_.clear();
    for (int s = 0; s < static_cast<int>(spaces_.size()); ++s) at_.push_back(s);
    for (std::size_t r = 0; r < shared.size(); ++r)
      if (shared[r] >= 0) at_[static_cast<std::size_t>(1 + n) + r] = 1 + shared[r];

    for (const tenon::PlannedStep& step : plan_.steps) run_step(step);

    std::vector<Values> results;
    for (int r = 0; r < g_.results.size(); ++r) {
      const Values& space = spaces_[static_cast<std::size_t>(at_[static_cast<std::size_t>(1 + n + r)])];
      Values& values = results.emplace_back();
      for (std::size_t i = 0; i < space.size(); i += 2) values.push_back(space[i]);
      if (is_integer(dtype(g_.results[r].node))) for (double& x : results.back()) x = decoded(x);
    }
    return results;
  }

 private:
  using Op = tenon::Op;
  static constexpr double nan = std::numeric_limits<double>::quiet_NaN(), integer_offset = 1e12;
  static constexpr double half_factor = 0x1p600;
  static double encoded(double x) { return x + integer_offset; }
  static double decoded(double x) { return x == 0 ? 0 : x > integer_offset / 2 ? x - integer_offset : nan; }
  tenon::DType dtype(int node) const { return g_.nodes[node].dtype; }

  // ---- memory and key of the step that runs ----------------------------------------------------------------------

  double& element(int operand, long i, bool half = false) {
    const tenon::Place& p = plan_.places[step_->first_place + operand];
    return spaces_.at(static_cast<std::size_t>(at_[static_cast<std::size_t>(p.space)])).at(static_cast<std::size_t>(p.at(batch_) / 2 + (half ? i : 2 * i)));
  }
  double in(int k, long i, bool half = false) { return half ? element(k, i, true) / half_factor : element(k, i); }
  double& out(int k, long i) { return element(step_->inputs + k, i); }
  /// Stores a register as the key says.
  void store(int k, long i, const Values& registers, long how) {
    const double value = registers.at(static_cast<std::size_t>(tenon::stored_register(static_cast<int>(how))));
    if (!tenon::is_rounded(static_cast<int>(how))) out(k, i) = value;
    else element(step_->inputs + k, i, true) = tenon::reference::apply(Op::cast, value, 0.0, 0.0) * half_factor;
  }
  /// An operand of a kernel that takes operands of several types.
  double factor(int k, long i) { return in(k, i, tenon::operands_of(key(0)) == tenon::DType::bfloat16); }
  long extent(int i) const { return i < step_->extents ? plan_.extents[step_->first_extent + i].at(batch_) : throw std::out_of_range("no such extent"); }
  long stride(int i) const { return i < step_->strides ? plan_.strides[step_->first_stride + i].at(batch_) : throw std::out_of_range("no such stride"); }
  long key(int i) const { return plan_.words[plan_.kernel_starts[step_->kernel] + i]; }

  void run_step(const tenon::PlannedStep& step) {
    step_ = &step;
    using tenon::KernelKind;
    switch (tenon::kind_of(key(0))) {
      case KernelKind::map: return map();
      case KernelKind::product: return product();
      case KernelKind::convolve: return convolve();
      case KernelKind::convolve_input_gradient: return convolve_input_gradient();
      case KernelKind::convolve_kernel_gradient: return convolve_kernel_gradient();
      case KernelKind::pool: return pool();
      case KernelKind::pooled_convolve: return pooled_convolve();
      case KernelKind::pooled_input_gradient: return pooled_input_gradient();
      case KernelKind::pooled_kernel_gradient: return pooled_kernel_gradient();
      case KernelKind::reduce: return reduce();
      case KernelKind::softmax: return softmax();
      case KernelKind::gather:
        for (long i = 0; i < extent(0); ++i)
          for (long j = 0; j < extent(1); ++j) out(0, i * extent(1) + j) = row(i) < 0 ? 0 : in(0, row(i) * extent(1) + j);
        return;
      case KernelKind::scatter_add:
        for (long i = 0; i < extent(2) * extent(1); ++i) out(0, i) = 0;
        for (long i = 0; i < extent(0); ++i)
          for (long j = 0; j < extent(1) && row(i) >= 0; ++j) out(0, row(i) * extent(1) + j) += in(0, i * extent(1) + j);
        return;
    }
    throw std::logic_error("no such kernel");
  }

  // ---- fused expressions -----------------------------------------------------------------------------------------

  struct Position {
    long row_major = 0;
    const long* axes = nullptr;
  };
  /// The row of a table that the i-th index of a step names; -1: none.
  long row(long i) {
    const double index = decoded(in(1, i));
    return index >= 0 && index < static_cast<double>(extent(2)) ? static_cast<long>(index) : -1;
  }
  /// Runs the code at key word `from` on registers that hold the loads; returns the index of the first word of the stores.
  int evaluate(int from, Values& r, const Position& p, long batch) const {
    const int lines = static_cast<int>(key(from));
    const auto value = [&](long i) { return i < 0 ? 0.0 : r.at(static_cast<std::size_t>(i)); };
    for (int i = 0; i < lines; ++i) {
      const int at = from + 1 + 5 * i;
      const auto op = static_cast<Op>(key(at));
      const long a = key(at + 1);
      if (op == Op::constant) r.push_back(std::bit_cast<double>(key(at + 4)));
      else if (op == Op::batch) r.push_back(static_cast<double>(batch));
      else if (op == Op::iota) r.push_back(static_cast<double>(p.axes[a]));
      else if (op == Op::random) r.push_back(static_cast<double>(tenon::uniform(static_cast<std::uint32_t>(p.row_major), noise_.key(static_cast<int>(a)))));
      else r.push_back(tenon::reference::apply(op, value(a), value(key(at + 2)), value(key(at + 3))));
    }
    return from + 1 + 5 * lines;
  }

  void map() {
    const int rank = static_cast<int>(key(1)), inputs = static_cast<int>(key(3)), last = rank - 1;
    const bool strided_output = key(2) != 0;
    if (inputs != step_->inputs || rank < 1) throw std::logic_error("a map's key disagrees with its step");
    long at[tenon::max_rank]{}, rows = 1;
    for (int i = 0; i < rank; ++i) rows *= extent(i), at[i] = extent(i) - 1;
    for (long n = rows - 1; n >= 0; --n) {  // any order must do; this one finds values that are overwritten before they are read
      const auto offset = [&](int operand) {
        long o = 0;
        for (int i = 0; i < rank; ++i) o += at[i] * stride(operand * rank + i);
        return o;
      };
      Values r;
      for (int k = 0; k < inputs; ++k) {
        const auto access = static_cast<int>(key(4 + k));
        long o = offset(k);  // the innermost axis as the access says, not as the stride does
        o += access % 3 == 0 ? at[last] * (1 - stride(k * rank + last)) : access % 3 == 1 ? at[last] * (0 - stride(k * rank + last)) : 0;
        r.push_back(access >= 6 ? in(k, o, true) : access >= 3 ? decoded(in(k, o)) : in(k, o));
      }
      const int stores = evaluate(4 + inputs, r, {n, at}, extent(rank));
      if (key(stores) != step_->outputs) throw std::logic_error("a map's key disagrees with its step");
      for (int k = 0; k < step_->outputs; ++k) {
        const long o = offset(inputs + k) + (strided_output ? 0 : at[last] * (1 - stride((inputs + k) * rank + last)));
        store(k, o, r, key(stores + 1 + k));
      }
      for (int i = last; i >= 0 && --at[i] < 0; --i) at[i] = extent(i) - 1;
    }
  }

  /// The epilogue at key word `from`, on a result of these rows and columns; `first` is the first extra operand.
  /// Returns how many outputs it stored.
  int finish(int from, const Values& result, long columns, int first) {
    const int extra = static_cast<int>(key(from));
    int stored = 0;
    for (long i = 0; i < static_cast<long>(result.size()); ++i) {
      Values r{result[static_cast<std::size_t>(i)]};
      for (int k = 0; k < extra; ++k) {
        const auto beside = static_cast<tenon::Operand>(key(from + 1 + k) % 4);
        using tenon::Operand;
        r.push_back(in(first + k, beside == Operand::full ? i : beside == Operand::per_column ? i % columns : beside == Operand::per_row ? i / columns : 0, key(from + 1 + k) >= 4));
      }
      const int stores = evaluate(from + 1 + extra, r, {i, nullptr}, batch_);
      stored = static_cast<int>(key(stores));
      for (int k = 0; k < stored; ++k) store(k, i, r, key(stores + 1 + k));
    }
    if (first + extra != step_->inputs) throw std::logic_error("an epilogue's key disagrees with its step");
    return stored;
  }

  // ---- products --------------------------------------------------------------------------------------------------

  void product() {
    const long matrices = extent(0), m = extent(1), n = extent(2), k = extent(3);
    for (int i = 0; i < 3; ++i)
      if (key(2 + i) >= 0 && key(2 + i) != extent(1 + i)) throw std::logic_error("a product's key disagrees with its extents");
    const bool left = key(1) & tenon::Transposed::left, right = key(1) & tenon::Transposed::right, sums = key(5) != 0;
    Values y;
    for (long matrix = 0; matrix < matrices; ++matrix)
      for (long i = 0; i < m; ++i)
        for (long j = 0; j < n; ++j) {
          double sum = 0;
          for (long e = 0; e < k; ++e)
            sum += factor(0, matrix * m * k + (left ? e * m + i : i * k + e)) * factor(1, matrix * k * n + (right ? j * k + e : e * n + j));
          y.push_back(sum);
        }
    const int stored = finish(6, y, n, 2);
    for (long j = 0; sums && j < n; ++j) {
      double sum = 0;
      for (long e = 0; e < k; ++e) sum += factor(1, e * n + j);
      out(stored, j) = sum;
    }
    if (stored + (sums ? 1 : 0) != step_->outputs) throw std::logic_error("a product stores another number of values than its step says");
  }

  // ---- windows ---------------------------------------------------------------------------------------------------

  struct Geometry {
    int rank = 0, end = 0;
    long channels = 0, filters = 0, groups = 0, pixels = 1, places = 1, taps = 1;
    long image[3]{}, result[3]{}, size[3]{}, stride[3]{}, low[3]{}, dilation[3]{};
  };
  Geometry geometry(int at) const {
    Geometry g;
    g.rank = static_cast<int>(key(at)), g.channels = key(at + 1), g.filters = key(at + 2), g.groups = key(at + 3);
    at += 4;
    for (long* numbers : {g.image, g.result, g.size, g.stride, g.low, g.dilation})
      for (int i = 0; i < g.rank; ++i) numbers[i] = key(at++);
    for (int i = 0; i < g.rank; ++i) g.pixels *= g.image[i], g.places *= g.result[i], g.taps *= g.size[i];
    g.end = at;
    return g;
  }
  /// Calls f(place, tap, pixel) for every tap of every window that lies in the image.
  template <class F>
  static void each_tap(const Geometry& g, F f) {
    for (long place = 0; place < g.places; ++place)
      for (long tap = 0; tap < g.taps; ++tap) {
        long p = place, t = tap, pixel = 0, step = 1;
        bool inside = true;
        for (int i = g.rank - 1; i >= 0; --i) {
          const long x = p % g.result[i] * g.stride[i] - g.low[i] + t % g.size[i] * g.dilation[i];
          p /= g.result[i], t /= g.size[i];
          inside = inside && x >= 0 && x < g.image[i];
          pixel += x * step;
          step *= g.image[i];
        }
        if (inside) f(place, tap, pixel);
      }
  }
  /// Calls f(x, kernel, y) with the offsets of every product that a convolution adds.
  template <class F>
  void each_product(const Geometry& g, F f) const {
    const long group_in = g.channels / g.groups, group_out = g.filters / g.groups;
    for (long b = 0; b < extent(0); ++b)
      each_tap(g, [&](long place, long tap, long pixel) {
        for (long c = 0; c < group_in; ++c)
          for (long o = 0; o < g.filters; ++o)
            f((b * g.pixels + pixel) * g.channels + o / group_out * group_in + c, (tap * group_in + c) * g.filters + o, (b * g.places + place) * g.filters + o);
      });
  }
  void convolve() {
    const Geometry g = geometry(1);
    Values y(static_cast<std::size_t>(extent(0) * g.places * g.filters));
    each_product(g, [&](long x, long k, long o) { y[static_cast<std::size_t>(o)] += factor(0, x) * factor(1, k); });
    finish(g.end, y, g.filters, 2);
  }
  void convolve_input_gradient() {
    const Geometry g = geometry(1);
    Values dx(static_cast<std::size_t>(extent(0) * g.pixels * g.channels));
    each_product(g, [&](long x, long k, long o) { dx[static_cast<std::size_t>(x)] += factor(0, o) * factor(1, k); });
    finish(g.end, dx, g.channels, 2);
  }
  void convolve_kernel_gradient() {
    const Geometry g = geometry(2);
    const bool sums = key(1) != 0;
    Values dk(static_cast<std::size_t>(g.taps * g.channels / g.groups * g.filters)), sum(static_cast<std::size_t>(g.filters));
    each_product(g, [&](long x, long k, long o) { dk[static_cast<std::size_t>(k)] += factor(0, x) * factor(1, o); });
    for (long i = 0; i < extent(0) * g.places * g.filters; ++i) sum[static_cast<std::size_t>(i % g.filters)] += factor(1, i);
    for (std::size_t i = 0; i < dk.size(); ++i) out(0, static_cast<long>(i)) = dk[i];
    for (std::size_t i = 0; sums && i < sum.size(); ++i) out(1, static_cast<long>(i)) = sum[i];
  }

  // Convolutions behind which 2 x 2 windows are pooled: the winners' numbers lie in bytes, which this memory does not have.
  std::vector<int>& winners(int operand) {
    const tenon::Place& p = plan_.places[step_->first_place + operand];
    return winners_[{p.space, p.fixed, p.counted}];
  }
  static long winner_at(const Geometry& g, long y, int number) {  // y: an element of the pooled result
    const long filter = y % g.filters, columns = g.result[1] / 2, pixel = y / g.filters, sample = pixel / (g.places / 4), in = pixel % (g.places / 4);
    return ((sample * g.result[0] + in / columns * 2 + number / 2) * g.result[1] + in % columns * 2 + number % 2) * g.filters + filter;
  }
  void pooled_convolve() {
    const Geometry g = geometry(2);
    Values y(static_cast<std::size_t>(extent(0) * g.places * g.filters)), largest(y.size() / 4);
    each_product(g, [&](long x, long k, long o) { y[static_cast<std::size_t>(o)] += factor(0, x) * factor(1, k); });
    std::vector<int> number(largest.size());
    for (std::size_t i = 0; i < largest.size(); ++i)
      for (int k = 0; k < 4; ++k) {
        const double value = y[static_cast<std::size_t>(winner_at(g, static_cast<long>(i), k))];
        if (k == 0 || value > largest[i]) largest[i] = value, number[i] = k;
      }
    const int stored = finish(g.end, largest, g.filters, 2);
    if (key(1) != 0) winners(step_->inputs + stored) = number;
    if (stored + (key(1) != 0) != step_->outputs) throw std::logic_error("a convolution stores another number of values than its step says");
  }
  Values unpooled(const Geometry& g, int gradient, int index) {
    Values dy(static_cast<std::size_t>(extent(0) * g.places * g.filters));
    const std::vector<int>& number = winners(index);
    for (std::size_t i = 0; i < dy.size() / 4; ++i)
      dy[static_cast<std::size_t>(winner_at(g, static_cast<long>(i), number.at(i)))] = factor(gradient, static_cast<long>(i));
    return dy;
  }
  void pooled_input_gradient() {
    const Geometry g = geometry(1);
    const Values dy = unpooled(g, 0, 2);
    Values dx(static_cast<std::size_t>(extent(0) * g.pixels * g.channels));
    each_product(g, [&](long x, long k, long o) { dx[static_cast<std::size_t>(x)] += dy[static_cast<std::size_t>(o)] * factor(1, k); });
    finish(g.end, dx, g.channels, 3);
  }
  void pooled_kernel_gradient() {
    const Geometry g = geometry(1);
    const Values dy = unpooled(g, 1, 2);
    Values dk(static_cast<std::size_t>(g.taps * g.channels / g.groups * g.filters));
    each_product(g, [&](long x, long k, long o) { dk[static_cast<std::size_t>(k)] += factor(0, x) * dy[static_cast<std::size_t>(o)]; });
    for (std::size_t i = 0; i < dk.size(); ++i) out(0, static_cast<long>(i)) = dk[i];
  }

  void pool() {
    const auto op = static_cast<Op>(key(1));
    const Geometry g = geometry(2);
    const bool spreads = op == Op::max_pool_scatter || op == Op::average_pool_gradient, averages = op == Op::average_pool || op == Op::average_pool_gradient;
    const long n = extent(0) * (spreads ? g.pixels : g.places) * g.channels;
    Values y(static_cast<std::size_t>(n));
    for (long b = 0; b < extent(0); ++b)
      for (long c = 0; c < g.channels; ++c) {
        const auto x_at = [&](long pixel) { return (b * g.pixels + pixel) * g.channels + c; };
        const auto y_at = [&](long place) { return (b * g.places + place) * g.channels + c; };
        std::vector<long> best(static_cast<std::size_t>(g.places), -1), size(static_cast<std::size_t>(g.places), 0);
        each_tap(g, [&](long place, long, long pixel) {
          long& largest = best[static_cast<std::size_t>(place)];
          ++size[static_cast<std::size_t>(place)];
          if (!averages && (largest < 0 || in(0, x_at(pixel)) > in(0, x_at(largest)))) largest = pixel;
        });
        for (long place = 0; !averages && place < g.places; ++place) {
          const long from = x_at(best[static_cast<std::size_t>(place)]);
          if (spreads) y[static_cast<std::size_t>(from)] += in(1, y_at(place));
          else y[static_cast<std::size_t>(y_at(place))] = in(op == Op::max_pool ? 0 : 1, from);
        }
        if (!averages) continue;
        each_tap(g, [&](long place, long, long pixel) {
          const auto count = static_cast<double>(size[static_cast<std::size_t>(place)]);
          if (spreads) y[static_cast<std::size_t>(x_at(pixel))] += in(0, y_at(place)) / count;
          else y[static_cast<std::size_t>(y_at(place))] += in(0, x_at(pixel)) / count;
        });
      }
    for (long i = 0; i < n; ++i) out(0, i) = y[static_cast<std::size_t>(i)];
  }

  // ---- rows ------------------------------------------------------------------------------------------------------

  void reduce() {
    const auto op = static_cast<Op>(key(1));
    const long outer = extent(0), reduced = extent(1), inner = extent(2);
    if (key(2) == 1 && inner != 1) throw std::logic_error("a reduction's key disagrees with its extents");
    for (long o = 0; o < outer; ++o)
      for (long i = 0; i < inner; ++i) {
        const auto x = [&](long r) { return factor(0, (o * reduced + r) * inner + i); };
        double y = op == Op::reduce_sum ? 0 : op == Op::reduce_prod ? 1 : x(0);
        long best = 0;
        for (long r = 0; r < reduced; ++r) {
          if (op == Op::reduce_sum) y += x(r);
          else if (op == Op::reduce_prod) y *= x(r);
          else if (op == Op::reduce_max || op == Op::argmax) { if (x(r) > y) y = x(r), best = r; }
          else if (x(r) < y) y = x(r), best = r;
        }
        out(0, o * inner + i) = op == Op::argmax || op == Op::argmin ? encoded(static_cast<double>(best)) : y;
      }
  }
  void softmax() {
    const long n = key(2);
    for (long row = 0; row < extent(0) * n; row += n) {
      double largest = in(0, row), sum = 0;
      for (long i = 0; i < n; ++i) largest = std::fmax(largest, in(0, row + i));
      for (long i = 0; i < n; ++i) sum += std::exp(in(0, row + i) - largest);
      for (long i = 0; i < n; ++i) {
        const double x = in(0, row + i) - largest;
        out(0, row + i) = static_cast<Op>(key(1)) == Op::softmax ? std::exp(x) / sum : x - std::log(sum);
      }
    }
  }

  const tenon::NodeGraph& g_;
  const tenon::Plan& plan_;
  long batch_;
  tenon::Noise noise_;
  const tenon::PlannedStep* step_ = nullptr;
  std::vector<Values> spaces_;
  std::map<std::tuple<int, long, long>, std::vector<int>> winners_;
  std::vector<int> at_;  // where each space of the plan lies among spaces_
};

/// Runs a graph as a backend does: after all passes.
inline std::vector<PlanInterpreter::Values> run_planned(const tenon::NodeGraph& traced, const std::vector<PlanInterpreter::Values>& arguments, long batch = 1,
                                                        tenon::Noise noise = {}) {
  const tenon::NodeGraph g = pool_convolutions(legalize(simplify(traced)));
  return PlanInterpreter(g, plan(g, steps_of(g, fuse(g))), batch, noise).run(arguments);
}

}  // namespace support
