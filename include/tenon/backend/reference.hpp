// What every operation means: naive loops over the graph as it was traced, nothing fused, nothing planned.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <tenon/backend/frame.hpp>
#include <tenon/backend/host_device.hpp>
#include <tenon/backend/positions.hpp>
#include <tenon/backend/scalar.hpp>
#include <tenon/graph/frozen.hpp>
#include <tenon/graph/numeric_policy.hpp>

namespace tenon {
namespace reference {

/// Runs a graph, operation by operation, in the precision T.
template <class T>
class Interpreter {
 public:
  Interpreter(const NodeGraph& graph, const Frame& frame) : g_(graph), frame_(frame), values_(static_cast<std::size_t>(graph.nodes.size())) {}

  void run() {
    for (int id = 0; id < g_.nodes.size(); ++id) compute(id);
    for (int r = 0; r < g_.results.size(); ++r) {
      const std::vector<T>& v = value(g_.results[r].node);
      if (is_integer(g_.nodes[g_.results[r].node].dtype)) {
        std::transform(v.begin(), v.end(), static_cast<int*>(frame_.results[r]), [](T x) { return static_cast<int>(x); });
      } else {
        std::copy(v.begin(), v.end(), static_cast<T*>(frame_.results[r]));
      }
    }
  }

 private:
  std::vector<T>& value(int id) { return values_[static_cast<std::size_t>(id)]; }
  static T at(const std::vector<T>& v, long i) { return v[static_cast<std::size_t>(i)]; }
  /// The shape with the batch axis filled in.
  Shape shape(int id) const {
    Shape s = g_.nodes[id].shape;
    for (int i = 0; i < s.rank; ++i)
      if (s.extent[i] < 0) s.extent[i] = static_cast<int>(-s.extent[i] * frame_.batch);
    return s;
  }

  /// Calls f(position) for every element of `s` and stores what it returns.
  template <class F>
  void fill(std::vector<T>& y, const Shape& s, F f) {
    y.resize(static_cast<std::size_t>(s.elements()));
    Position p;
    for (T& element : y) element = f(p), p.next(s);
  }

  void compute(int id) {
    const Node& v = g_.nodes[id];
    const Shape s = shape(id);
    static const std::vector<T> nothing;
    const auto in = [&](int k) -> const std::vector<T>& { return v.in[k] < 0 ? nothing : value(v.in[k]); };
    std::vector<T>& y = value(id);
    const std::vector<T>&a = in(0), &b = in(1), &c = in(2);
    const Shape sa = v.in[0] < 0 ? Shape{} : shape(v.in[0]), sb = v.in[1] < 0 ? Shape{} : shape(v.in[1]);

    if (is_elementwise(v.op)) {
      y.resize(static_cast<std::size_t>(s.elements()));
      for (std::size_t i = 0; i < y.size(); ++i) y[i] = apply(v.op, a[i], b.empty() ? T(0) : b[i], c.empty() ? T(0) : c[i]);
      return;
    }
    switch (v.op) {
      case Op::argument: load(y, s, v); break;
      case Op::constant: y.assign(1, static_cast<T>(v.value)); break;
      case Op::batch: y.assign(1, static_cast<T>(frame_.batch)); break;
      case Op::random: {
        const std::uint32_t key = frame_.noise.key(v.axis);
        std::uint32_t position = 0;
        fill(y, s, [&](const Position&) { return static_cast<T>(uniform(position++, key)); });
        break;
      }
      case Op::iota: fill(y, s, [&](const Position& p) { return static_cast<T>(p.at[v.axis]); }); break;
      case Op::expand: fill(y, s, [&](const Position& p) { return at(a, p.offset(sa, s.rank)); }); break;
      case Op::reshape: y = a; break;
      case Op::transpose:
        fill(y, s, [&](const Position& p) {
          Position q;
          for (int i = 0; i < s.rank; ++i) q.at[permuted_axis(v.axis, i)] = p.at[i];
          return at(a, q.offset(sa, s.rank));
        });
        break;
      case Op::slice:
        fill(y, s, [&](const Position& p) {
          Position q;
          for (int i = 0; i < s.rank; ++i) q.at[i] = window(v).low[i] + p.at[i] * window(v).stride[i];
          return at(a, q.offset(sa, s.rank));
        });
        break;
      case Op::pad: {
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        Position p;
        for (const T x : a) {
          Position q;
          for (int i = 0; i < s.rank; ++i) q.at[i] = window(v).low[i] + p.at[i] * window(v).stride[i];
          y[static_cast<std::size_t>(q.offset(s, s.rank))] = x;
          p.next(sa);
        }
        break;
      }
      case Op::concatenate:
        fill(y, s, [&](Position p) {
          const long first = sa.extent[v.axis];
          if (p.at[v.axis] < first) return at(a, p.offset(sa, s.rank));
          p.at[v.axis] -= first;
          return at(b, p.offset(sb, s.rank));
        });
        break;
      case Op::reduce_sum: reduce(y, a, s, sa, T(0), [](T x, T e) { return x + e; }); break;
      case Op::reduce_prod: reduce(y, a, s, sa, T(1), [](T x, T e) { return x * e; }); break;
      case Op::reduce_max: reduce(y, a, s, sa, -std::numeric_limits<T>::infinity(), [](T x, T e) { return e != e || e > x ? e : x; }); break;
      case Op::reduce_min: reduce(y, a, s, sa, std::numeric_limits<T>::infinity(), [](T x, T e) { return e != e || e < x ? e : x; }); break;
      case Op::argmax: index_of(y, a, s, sa, v.axis, [](T x, T best) { return x > best; }); break;
      case Op::argmin: index_of(y, a, s, sa, v.axis, [](T x, T best) { return x < best; }); break;
      case Op::softmax:
      case Op::log_softmax: {
        const long n = s.back();
        y.resize(a.size());
        for (long r = 0; r < s.elements(); r += n) {
          const T largest = *std::max_element(a.begin() + r, a.begin() + r + n);
          T sum = 0;
          for (long i = r; i < r + n; ++i) sum += std::exp(at(a, i) - largest);
          for (long i = r; i < r + n; ++i) {
            const T x = at(a, i) - largest;
            y[static_cast<std::size_t>(i)] = v.op == Op::softmax ? std::exp(x) / sum : x - std::log(sum);
          }
        }
        break;
      }
      case Op::matmul: {
        const bool left = v.axis & Transposed::left, right = v.axis & Transposed::right;
        const long m = s[-2], n = s[-1], k = left ? sa[-2] : sa[-1];
        long o = 0;
        y.resize(static_cast<std::size_t>(s.elements()));
        for (long matrix = 0; matrix < s.elements() / (m * n); ++matrix)
          for (long i = 0; i < m; ++i)
            for (long j = 0; j < n; ++j) {
              T sum = 0;
              for (long e = 0; e < k; ++e)
                sum += at(a, matrix * m * k + (left ? e * m + i : i * k + e)) * at(b, matrix * k * n + (right ? j * k + e : e * n + j));
              y[static_cast<std::size_t>(o++)] = sum;
            }
        break;
      }
      case Op::convolve:
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        each_product(sa, sb, s, window(v), [&](long x, long k, long o) { y[static_cast<std::size_t>(o)] += at(a, x) * at(b, k); });
        break;
      case Op::convolve_input_gradient:  // a: dy, b: kernel
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        each_product(s, sb, sa, window(v), [&](long x, long k, long o) { y[static_cast<std::size_t>(x)] += at(a, o) * at(b, k); });
        break;
      case Op::convolve_kernel_gradient:  // a: x, b: dy
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        each_product(sa, s, sb, window(v), [&](long x, long k, long o) { y[static_cast<std::size_t>(k)] += at(a, x) * at(b, o); });
        break;
      case Op::max_pool:
      case Op::max_pool_gather: {  // a holds the values that are compared, `from` those that are passed on
        const std::vector<T>& from = v.op == Op::max_pool ? a : b;
        fill(y, s, [&](const Position& p) { return at(from, position_of_largest(a, sa, p, window(v))); });
        break;
      }
      case Op::max_pool_scatter: {
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        Position p;
        for (const T d : b) {
          y[static_cast<std::size_t>(position_of_largest(a, sa, p, window(v)))] += d;
          p.next(sb);
        }
        break;
      }
      case Op::average_pool:
        fill(y, s, [&](const Position& p) {
          T sum = 0, count = 0;
          each_in_window(sa, p, window(v), [&](long x) { sum += at(a, x), count += 1; });
          return sum / count;
        });
        break;
      case Op::average_pool_gradient: {
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        Position p;
        for (const T d : a) {
          T count = 0;
          each_in_window(s, p, window(v), [&](long) { count += 1; });
          each_in_window(s, p, window(v), [&](long x) { y[static_cast<std::size_t>(x)] += d / count; });
          p.next(sa);
        }
        break;
      }
      case Op::gather: {
        const long width = sa.elements() / sa.extent[0];
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        for (std::size_t i = 0; i < b.size(); ++i)
          if (b[i] >= 0 && b[i] < static_cast<T>(sa.extent[0])) std::copy_n(a.begin() + static_cast<long>(b[i]) * width, width, y.begin() + static_cast<long>(i) * width);
        break;
      }
      case Op::scatter_add: {
        const long width = s.elements() / s.extent[0];
        y.assign(static_cast<std::size_t>(s.elements()), T(0));
        for (long i = 0; i < static_cast<long>(a.size()); ++i)
          if (const T row = at(b, i / width); row >= 0 && row < static_cast<T>(s.extent[0])) y[static_cast<std::size_t>(static_cast<long>(row) * width + i % width)] += at(a, i);
        break;
      }
      default: break;
    }
  }

  const Window& window(const Node& v) const { return g_.windows[v.window]; }

  void load(std::vector<T>& y, const Shape& s, const Node& v) {
    const void* from = frame_.arguments[v.axis];
    y.resize(static_cast<std::size_t>(s.elements()));
    if (is_integer(v.dtype)) {
      std::transform(static_cast<const int*>(from), static_cast<const int*>(from) + y.size(), y.begin(), [](int x) { return static_cast<T>(x); });
    } else {
      std::copy_n(static_cast<const T*>(from), y.size(), y.begin());
    }
  }

  template <class F>
  static void reduce(std::vector<T>& y, const std::vector<T>& a, const Shape& s, const Shape& sa, T first, F f) {
    y.assign(static_cast<std::size_t>(s.elements()), first);
    Position p;
    for (const T x : a) {
      T& element = y[static_cast<std::size_t>(p.offset(s, sa.rank))];
      element = f(element, x);
      p.next(sa);
    }
  }
  template <class F>
  void index_of(std::vector<T>& y, const std::vector<T>& a, const Shape& s, const Shape& sa, int bits, F better) {
    int axis = 0;
    while (!(bits >> axis & 1)) ++axis;
    fill(y, s, [&](Position p) {
      long best = 0;
      T value = at(a, p.offset(sa, sa.rank));
      for (p.at[axis] = 1; p.at[axis] < sa.extent[axis]; ++p.at[axis]) {
        const T x = at(a, p.offset(sa, sa.rank));
        if (better(x, value) || (x != x && value == value)) value = x, best = p.at[axis];
      }
      return static_cast<T>(best);
    });
  }

  const NodeGraph& g_;
  const Frame& frame_;
  std::vector<std::vector<T>> values_;
};

}  // namespace reference

/// The backend that says what is right: it runs the graph as it was traced, under a numeric policy, one operation at a time, in naive loops.
/// Every other backend is tested against it; it is slow, and allocates.
///
///     auto model = tn::compile<Net, tn::Reference>(tn::Adam{}, tn::MeanSquaredError{});
template <class Policy>
struct ReferenceWith {
  static_assert(detail::is_a_numeric_policy<Policy>, "Tenon: the argument of ReferenceWith is a numeric policy: Float32 or MixedBfloat16");
  static constexpr bool is_backend = true;
  using Device = HostDevice;
  template <class T>
  using Array = std::vector<T>;

  template <class Source>
  struct Executor {
    void reserve(long) {}
    void run(const Frame& frame) {
      static const NodeGraph graph = [] {
        if constexpr (numeric_policy<Policy>) return Policy::apply(Traced<Source>::graph.thaw());
        else return Traced<Source>::graph.thaw();
      }();
      reference::Interpreter<float>(graph, frame).run();
    }
  };
};
using Reference = ReferenceWith<Float32>;

}  // namespace tenon
