// Reverse-mode differentiation: a function on symbols.
#pragma once

#include <tenon/graph/matmul.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/graph/windows.hpp>

namespace tenon {
namespace detail {

/// Walks a graph backwards; each operation passes the gradient of its output on to its inputs.
class Reverse {
 public:
  constexpr Reverse(Symbol loss, const List<Symbol>& with_respect_to) : at_(loss), adjoint_(loss.id + 1, -1), active_(loss.id + 1, false) {
    for (const Symbol& x : with_respect_to)
      if (x.id <= loss.id) active_[x.id] = true;
    for (int id = 0; id <= loss.id; ++id)
      for (const int input : node(id).in)
        if (input >= 0 && active_[input] && node(id).op != Op::stop_gradient) active_[id] = true;
  }

  constexpr void run() {
    const int last = at_.id;
    flow(last, ones_like(at_));
    for (int id = last; id >= 0; --id)
      if (adjoint_[id] >= 0) step(id, symbol(adjoint_[id]));
  }

  /// The gradient with respect to one of the symbols; zero where the loss does not depend on it.
  constexpr Symbol of(Symbol x) const { return x.id < adjoint_.size() && adjoint_[x.id] >= 0 ? symbol(adjoint_[x.id]) : zeros_like(x); }

 private:
  constexpr Symbol symbol(int id) const { return {at_.trace, at_.graph, id, false}; }
  constexpr const Node& node(int id) const { return at_.home().nodes[id]; }

  constexpr void flow(int id, Symbol d) {
    if (!active_[id]) return;
    adjoint_[id] = adjoint_[id] < 0 ? d.id : (symbol(adjoint_[id]) + d).id;
  }

  constexpr void step(int id, Symbol dy) {
    const Node v = node(id);  // a copy: adding nodes moves the others
    const int ia = v.in[0], ib = v.in[1], ic = v.in[2];
    const Symbol y = symbol(id), a = symbol(ia), b = symbol(ib);
    const auto wants = [&](int input) { return active_[input]; };
    switch (v.op) {
      case Op::neg: flow(ia, -dy); break;
      case Op::abs: flow(ia, dy * sign(a)); break;
      case Op::reciprocal: flow(ia, -dy * y * y); break;
      case Op::sqrt: flow(ia, dy * 0.5 / y); break;
      case Op::rsqrt: flow(ia, dy * -0.5 * y / a); break;
      case Op::cbrt: flow(ia, dy / (3.0 * y * y)); break;
      case Op::exp: flow(ia, dy * y); break;
      case Op::exp2: flow(ia, dy * y * 0.6931471805599453); break;
      case Op::expm1: flow(ia, dy * (y + 1.0)); break;
      case Op::log: flow(ia, dy / a); break;
      case Op::log2: flow(ia, dy / (a * 0.6931471805599453)); break;
      case Op::log10: flow(ia, dy / (a * 2.302585092994046)); break;
      case Op::log1p: flow(ia, dy / (a + 1.0)); break;
      case Op::sin: flow(ia, dy * cos(a)); break;
      case Op::cos: flow(ia, -dy * sin(a)); break;
      case Op::tan: flow(ia, dy * (1.0 + y * y)); break;
      case Op::asin: flow(ia, dy * rsqrt(1.0 - a * a)); break;
      case Op::acos: flow(ia, -dy * rsqrt(1.0 - a * a)); break;
      case Op::atan: flow(ia, dy / (1.0 + a * a)); break;
      case Op::sinh: flow(ia, dy * cosh(a)); break;
      case Op::cosh: flow(ia, dy * sinh(a)); break;
      case Op::tanh: flow(ia, dy * (1.0 - y * y)); break;
      case Op::asinh: flow(ia, dy * rsqrt(a * a + 1.0)); break;
      case Op::acosh: flow(ia, dy * rsqrt(a - 1.0) * rsqrt(a + 1.0)); break;  // NaN where acosh is
      case Op::atanh: flow(ia, dy / (1.0 - a * a)); break;
      case Op::erf: flow(ia, dy * 1.1283791670955126 * exp(-a * a)); break;
      case Op::erfc: flow(ia, dy * -1.1283791670955126 * exp(-a * a)); break;
      case Op::normal_cdf: flow(ia, dy * normal_pdf(a)); break;
      case Op::normal_pdf: flow(ia, dy * (-a * y)); break;
      case Op::lgamma: flow(ia, dy * digamma(a)); break;
      case Op::digamma: flow(ia, dy * trigamma(a)); break;
      case Op::sigmoid: flow(ia, dy * (y * (1.0 - y))); break;
      case Op::softplus: flow(ia, dy * sigmoid(a)); break;
      case Op::relu: flow(ia, select(y > 0, dy, 0)); break;

      case Op::add: flow(ia, dy); flow(ib, dy); break;
      case Op::sub: flow(ia, dy); if (wants(ib)) flow(ib, -dy); break;
      case Op::mul: if (wants(ia)) flow(ia, dy * b); if (wants(ib)) flow(ib, dy * a); break;
      case Op::div: if (wants(ia)) flow(ia, dy / b); if (wants(ib)) flow(ib, -dy * y / b); break;
      case Op::pow:
        if (wants(ia)) flow(ia, select(b == 0, 0, dy * b * pow(a, b - 1.0)));
        if (wants(ib)) flow(ib, select(a > 0, dy * y * log(select(a > 0, a, 1)), 0));
        break;
      case Op::mod: flow(ia, dy); if (wants(ib)) flow(ib, -dy * trunc(a / b)); break;
      case Op::atan2: {
        const Symbol r = a * a + b * b;
        if (wants(ia)) flow(ia, dy * b / r);
        if (wants(ib)) flow(ib, -dy * a / r);
        break;
      }
      case Op::hypot: if (wants(ia)) flow(ia, dy * a / y); if (wants(ib)) flow(ib, dy * b / y); break;
      case Op::minimum: if (wants(ia)) flow(ia, select(a <= b, dy, 0)); if (wants(ib)) flow(ib, select(a <= b, 0, dy)); break;
      case Op::maximum: if (wants(ia)) flow(ia, select(a >= b, dy, 0)); if (wants(ib)) flow(ib, select(a >= b, 0, dy)); break;
      case Op::select: if (wants(ib)) flow(ib, select(a, dy, 0)); if (wants(ic)) flow(ic, select(a, 0, dy)); break;

      case Op::expand: flow(ia, sum_to(dy, a.shape())); break;
      case Op::reshape: flow(ia, reshape(dy, a.shape())); break;
      case Op::transpose: {
        int inverse[max_rank]{};
        for (int i = 0; i < v.shape.rank; ++i) inverse[permuted_axis(v.axis, i)] = i;
        flow(ia, transpose(dy, inverse));
        break;
      }
      case Op::slice: flow(ia, pad(dy, window(v), a.shape())); break;
      case Op::pad: flow(ia, slice(dy, window(v), a.shape())); break;
      case Op::concatenate: {
        const int first = a.shape().extent[v.axis];
        if (wants(ia)) flow(ia, part(dy, v.axis, 0, a.shape()));
        if (wants(ib)) flow(ib, part(dy, v.axis, first, b.shape()));
        break;
      }

      case Op::reduce_sum: flow(ia, broadcast_to(dy, a.shape())); break;
      case Op::reduce_prod: flow(ia, dy * product_of_the_others(a, v.axis)); break;
      case Op::reduce_max:
      case Op::reduce_min: {  // shared among equal extrema, as Keras does
        const Symbol hit = a == y;
        flow(ia, hit * (dy / detail::reduce(Op::reduce_sum, hit, v.axis)));
        break;
      }
      case Op::softmax: flow(ia, y * (dy - sum(dy * y, axis<-1>, keep_dims))); break;
      case Op::log_softmax: flow(ia, dy - softmax(a) * sum(dy, axis<-1>, keep_dims)); break;

      case Op::matmul: {  // Y = A B: dA = dY Bt, dB = At dY; and the same with A or B transposed
        const bool left = v.axis & Transposed::left, right = v.axis & Transposed::right;
        constexpr int l = Transposed::left, r = Transposed::right;
        if (wants(ia)) flow(ia, left ? product(b, dy, right ? l | r : r) : product(dy, b, right ? 0 : r));
        if (wants(ib)) flow(ib, right ? product(dy, a, left ? l | r : l) : product(a, dy, left ? 0 : l));
        break;
      }
      case Op::convolve:
        if (wants(ia)) flow(ia, window_operation(Op::convolve_input_gradient, dy, b, v.window, a.shape()));
        if (wants(ib)) flow(ib, window_operation(Op::convolve_kernel_gradient, a, dy, v.window, b.shape()));
        break;
      case Op::convolve_input_gradient:  // linear in dy (in[0]) and the kernel (in[1])
        if (wants(ia)) flow(ia, window_operation(Op::convolve, dy, b, v.window, a.shape()));
        if (wants(ib)) flow(ib, window_operation(Op::convolve_kernel_gradient, dy, a, v.window, b.shape()));
        break;
      case Op::convolve_kernel_gradient:  // linear in x (in[0]) and dy (in[1])
        if (wants(ia)) flow(ia, window_operation(Op::convolve_input_gradient, b, dy, v.window, a.shape()));
        if (wants(ib)) flow(ib, window_operation(Op::convolve, a, dy, v.window, b.shape()));
        break;
      case Op::max_pool: flow(ia, window_operation(Op::max_pool_scatter, a, dy, v.window, a.shape())); break;
      case Op::max_pool_gather: if (wants(ib)) flow(ib, window_operation(Op::max_pool_scatter, a, dy, v.window, b.shape())); break;
      case Op::max_pool_scatter: if (wants(ib)) flow(ib, window_operation(Op::max_pool_gather, a, dy, v.window, b.shape())); break;
      case Op::average_pool: flow(ia, emit(dy, {.op = Op::average_pool_gradient, .in = {dy.id, -1, -1}, .window = v.window, .shape = a.shape()})); break;
      case Op::average_pool_gradient: flow(ia, emit(dy, {.op = Op::average_pool, .in = {dy.id, -1, -1}, .window = v.window, .shape = a.shape()})); break;
      case Op::gather: if (wants(ia)) flow(ia, emit(dy, {.op = Op::scatter_add, .in = {dy.id, ib, -1}, .shape = a.shape()})); break;
      case Op::scatter_add: if (wants(ia)) flow(ia, gather(dy, b)); break;

      case Op::argument: case Op::constant: case Op::batch: case Op::random: case Op::iota: break;  // they read nothing
      case Op::stop_gradient: break;
      case Op::sign: case Op::floor: case Op::ceil: case Op::round: case Op::trunc: case Op::is_nan:  // constant, piece by piece
      case Op::less: case Op::less_equal: case Op::greater: case Op::greater_equal: case Op::equal: case Op::not_equal:
      case Op::argmax: case Op::argmin: break;
      default: at_.trace->report(Problem::has_no_derivative);
    }
  }

  constexpr Window window(const Node& v) const { return at_.home().windows[v.window]; }

  /// dy summed over the axes along which `shape` was broadcast.
  static constexpr Symbol sum_to(Symbol dy, const Shape& shape) {
    const Shape from = dy.shape();
    int bits = 0;
    for (int i = 0; i < from.rank; ++i) {
      const int j = i - (from.rank - shape.rank);
      if (j < 0 || (shape.extent[j] == 1 && from.extent[i] != 1)) bits |= 1 << i;
    }
    return reshape(detail::reduce(Op::reduce_sum, dy, bits), shape);
  }
  /// The part of dy that belongs to one side of a concatenation.
  static constexpr Symbol part(Symbol dy, int at, int from, const Shape& shape) {
    Window window;
    for (int i = 0; i < shape.rank; ++i) window.stride[i] = 1;
    window.low[at] = from;
    return slice(dy, window, shape);
  }
  /// d prod(a) / da_i = prod of all others; by division, where zeros and infinities count as 1 or -1 and are multiplied afterwards.
  static constexpr Symbol product_of_the_others(Symbol a, int bits) {
    const Symbol zero = a == 0, infinite = abs(a) > largest_float, plain = select(zero, 1, select(infinite, sign(a), a));
    const auto among_others = [&](Symbol these) { return detail::reduce(Op::reduce_sum, these, bits) > these; };
    return detail::reduce(Op::reduce_prod, plain, bits) / plain * select(among_others(zero), 0, 1) * select(among_others(infinite), 1 / zeros_like(a), 1);
  }

  Symbol at_;
  List<int> adjoint_;
  List<bool> active_;
};

}  // namespace detail

/// d loss / d x for each x, as symbols of the same graph, so that it can be differentiated again. `loss` may have any
/// shape; its elements are added. Follows reverse mode: one pass over the graph, whatever the number of x.
constexpr List<Symbol> gradient(Symbol loss, const List<Symbol>& with_respect_to) {
  if (loss.poisoned) return with_respect_to;
  detail::Reverse reverse(loss, with_respect_to);
  reverse.run();
  List<Symbol> gradients;
  for (const Symbol& x : with_respect_to) gradients.push_back(reverse.of(x));
  return gradients;
}
constexpr Symbol gradient(Symbol loss, Symbol with_respect_to) {
  List<Symbol> one;
  one.push_back(with_respect_to);
  return gradient(loss, one)[0];
}

}  // namespace tenon
