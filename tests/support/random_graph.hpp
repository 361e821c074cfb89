// Graphs drawn at random: every kind of operation, shared subexpressions, views of views, several results.
#pragma once

#include "run_graph.hpp"

namespace support {

/// Draws operations on what it has drawn before. The values stay near 1, so that they can be compared.
/// A third of the graphs is made of small square matrices, all of one size: there, everything can be fused with everything.
class RandomGraph {
 public:
  explicit RandomGraph(std::uint64_t seed) : random_(seed), square_(seed % 3 == 0) {}

  /// Arguments and operations; with what `sketch` then holds.
  void draw(Sketch& sketch, int operations) {
    sketch_ = &sketch;
    const int arguments = 1 + below(4);
    for (int k = 0; k < arguments; ++k) values_.push_back(sketch.argument(any_shape(k == 0 || below(2) == 0)));
    if (below(3) == 0) indices_.push_back(sketch.argument(tenon::shape(tenon::dynamic), tenon::DType::int32));
    for (int k = 0; k < operations; ++k) {
      const tenon::Symbol y = operation();
      if (y.shape().elements() <= 200 && !twice_batched(y.shape())) values_.push_back(y);
    }
  }
  /// One to three results, the last value among them; sometimes an argument, sometimes one twice.
  std::vector<tenon::Symbol> results() {
    std::vector<tenon::Symbol> chosen{values_.back()};
    for (int k = below(3); k > 0; --k) chosen.push_back(pick());
    return chosen;
  }
  std::vector<Values> arguments(const tenon::NodeGraph& g, long batch) {
    std::vector<Values> all;
    for (const tenon::Port& p : g.arguments) {
      all.push_back(random_values(count(g, p.node, batch), random_, 0.1, 1.7));
      for (double& x : all.back())
        if (is_integer(g.nodes[p.node].dtype)) x = static_cast<double>(below(classes));
        else if (below(2) == 0) x = -x;
    }
    return all;
  }
  int below(int n) { return static_cast<int>(random_.below(static_cast<std::uint64_t>(n))); }

 private:
  using Op = tenon::Op;
  using Shape = tenon::Shape;
  using Symbol = tenon::Symbol;
  static constexpr int classes = 3;

  static bool twice_batched(const Shape& s) {
    int n = 0;
    for (int i = 0; i < s.rank; ++i) n += s.extent[i] < 0;
    return n > 1;
  }
  int extent() {
    constexpr int sizes[] = {1, 2, 3, 3, 4, 5, 7};
    return sizes[below(7)];
  }
  Shape any_shape(bool batched) {
    Shape s;
    if (square_) return batched && below(2) == 0 ? tenon::shape(tenon::dynamic, classes) : tenon::shape(classes, classes);
    if (batched) s = s.append(tenon::dynamic);
    for (int rank = below(4); rank > 0; --rank) s = s.append(extent());
    return s;
  }
  Symbol pick() { return values_[static_cast<std::size_t>(below(2) == 0 ? below(static_cast<int>(values_.size())) : static_cast<int>(values_.size()) - 1 - below(std::min(4, static_cast<int>(values_.size()))))]; }
  int axis_of(const Shape& s) { return below(std::min(s.rank, 5)); }
  static bool multiplies_batch(const Shape& a, const Shape& b) {
    Shape all;
    return !broadcast(a, b, all) || twice_batched(all);
  }
  /// A value that can be combined with x element by element.
  Symbol beside(Symbol x) {
    for (int attempt = 0; attempt < 12; ++attempt)
      if (const Symbol y = pick(); !multiplies_batch(x.shape(), y.shape())) return y;
    const int kind = below(3);
    return kind == 0 ? constant(x, 0.5) : kind == 1 ? random_uniform(x, x.shape()) : x;
  }

  Symbol operation() {
    const Symbol x = pick();
    if (square_) {
      constexpr int likely[] = {0, 4, 5, 20, 20, 20, 10, 15, 26, 27};
      return operation(x, likely[below(10)]);
    }
    return operation(x, below(26));
  }
  Symbol operation(Symbol x, int kind) {
    const int rank = x.shape().rank;
    switch (kind) {
      case 0: case 1: case 2: case 3: return unary(x);
      case 4: case 5: case 6: case 7: case 8: return binary(x, beside(x));
      case 9: return condition(x);
      case 10: case 11: case 12: return reduce(x);
      case 13: case 14: return reshaped(x);
      case 15: case 16: return rank < 2 ? unary(x) : permuted(x);
      case 17: return rank < 1 ? unary(x) : sliced(x);
      case 18: return rank < 1 ? unary(x) : padded(x);
      case 19: return rank < 1 ? unary(x) : joined(x);
      case 20: case 21: case 22: return product(x);
      case 23: return rank < 1 || x.shape().back() < 0 ? unary(x) : below(2) == 0 ? softmax(x) : log_softmax(x) * 0.3;
      case 24: return windows(x);
      case 26: return two_products(x);
      case 27: return product_with_sum(x);
      default: return rows(x);
    }
  }
  // What fusion must not tie together: two products whose epilogues read each other, and a product that reads a sum of its own operand.
  Symbol two_products(Symbol x) {
    const Symbol a = product(x), b = product(x);
    if (multiplies_batch(a.shape(), b.shape())) return unary(a);
    values_.push_back(binary(a, b));
    return binary(a, b);
  }
  Symbol product_with_sum(Symbol x) {
    const Symbol dz = pick();
    if (x.shape().rank != 2 || dz.shape().rank != 2 || x.shape()[0] != dz.shape()[0] || dz.shape()[1] < 0) return unary(x);
    const Symbol total = sum(dz, tenon::axis<0>, tenon::keep_dims);
    if (multiplies_batch(x.shape(), total.shape()) || x.shape()[1] < 0) return unary(x);
    const Symbol y = tenon::detail::product(below(2) == 0 ? x + total : x, dz, tenon::Transposed::left);
    return below(2) == 0 ? y + total : y;
  }
  Symbol unary(Symbol x) {
    switch (below(14)) {
      case 0: return tanh(x);
      case 1: return sigmoid(x);
      case 2: return relu(x);
      case 3: return -x;
      case 4: return abs(x);
      case 5: return softplus(x) * 0.5;
      case 6: return sin(x);
      case 7: return square(x) * 0.4;
      case 8: return x * 0.5 + 1;
      case 9: return rsqrt(square(x) + 1.0);
      case 10: return exp(-square(x));
      case 11: return stop_gradient(x);
      case 12: return select(random_uniform(x, x.shape()) >= 0.3, x * 1.4, 0);
      default: return 1.0 / (1.5 + abs(x));
    }
  }
  Symbol binary(Symbol a, Symbol b) {
    if (below(2) == 0) std::swap(a, b);
    switch (below(8)) {
      case 0: case 1: case 2: return a + b;
      case 3: return a * b * 0.7;
      case 4: return a * b;
      case 5: return a - b;
      case 6: return maximum(a, b);
      default: return minimum(a, b * 0.9);
    }
  }
  Symbol condition(Symbol x) {
    const Symbol a = beside(x), b = beside(x);
    if (multiplies_batch(a.shape(), b.shape())) return select(x > 0.1, a, 0.2);
    Shape ab;
    broadcast(a.shape(), b.shape(), ab);
    return multiplies_batch(x.shape(), ab) ? select(a > 0.1, a, 0.2) : select(x > 0.1, a, b);
  }
  Symbol reduce(Symbol x) {
    const int bits = below(1 << x.shape().rank);
    constexpr Op ops[] = {Op::reduce_sum, Op::reduce_sum, Op::reduce_sum, Op::reduce_max, Op::reduce_min, Op::reduce_prod};
    Symbol y = tenon::detail::reduce(ops[below(6)], x, bits);
    if (y.node().op == Op::reduce_sum) y = y / tenon::detail::reduced_count(x, bits);
    return below(2) == 0 ? y : reshape(y, tenon::detail::without(x.shape(), bits));
  }
  Symbol reshaped(Symbol x) {
    const Shape s = x.shape();
    Shape to;
    for (int i = 0; i < s.rank; ++i) {
      if (below(6) == 0 && to.rank < 4) to = to.append(1);
      const bool join = to.rank > 0 && below(2) == 0 && !(s.extent[i] < 0 && to.back() < 0);
      if (join) to[-1] = s.extent[i] < 0 ? to[-1] * s.extent[i] : to[-1] * s.extent[i];
      else if (s.extent[i] == 4 && to.rank < 4) to = to.append(2).append(2);
      else if (to.rank < 5) to = to.append(s.extent[i]);
      else return x;
    }
    return reshape(x, to);
  }
  Symbol permuted(Symbol x) {
    int order[tenon::max_rank]{};
    const auto shuffled = tenon::shuffled_indices(static_cast<std::size_t>(x.shape().rank), tenon::Random(random_()));
    for (std::size_t i = 0; i < shuffled.size(); ++i) order[i] = static_cast<int>(shuffled[i]);
    return transpose(x, order);
  }
  Symbol sliced(Symbol x) {
    tenon::Window w;
    Shape s = x.shape();
    for (int i = 0; i < s.rank; ++i) {
      w.stride[i] = 1;
      if (s.extent[i] < 2 || below(2) == 0) continue;
      w.low[i] = below(s.extent[i]);
      w.stride[i] = 1 + below(2);
      s.extent[i] = 1 + below((s.extent[i] - w.low[i] - 1) / w.stride[i] + 1);
    }
    return slice(x, w, s);
  }
  Symbol padded(Symbol x) {
    tenon::Window w;
    Shape s = x.shape();
    for (int i = 0; i < s.rank; ++i) {
      w.stride[i] = 1;
      if (s.extent[i] < 1 || below(2) == 0) continue;
      w.low[i] = below(3);
      w.stride[i] = 1 + below(2);
      s.extent[i] = w.low[i] + (s.extent[i] - 1) * w.stride[i] + 1 + below(2);
    }
    return pad(x, w, s);
  }
  Symbol joined(Symbol x) {
    const int at = axis_of(x.shape());
    if (x.shape().extent[at] < 0) return x;
    Symbol y = x;
    for (int attempt = 0; attempt < 8; ++attempt) {
      const Symbol candidate = pick();
      bool fits = candidate.shape().rank == x.shape().rank;
      for (int i = 0; fits && i < x.shape().rank; ++i) fits = i == at ? candidate.shape().extent[i] > 0 : candidate.shape().extent[i] == x.shape().extent[i];
      if (fits) y = candidate;
    }
    switch (at) {
      case 0: return concatenate(tenon::axis<0>, x, y);
      case 1: return concatenate(tenon::axis<1>, x, y);
      case 2: return concatenate(tenon::axis<2>, x, y);
      case 3: return concatenate(tenon::axis<3>, x, y);
      default: return concatenate(tenon::axis<4>, x, y);
    }
  }
  Symbol product(Symbol x) {
    if (x.shape().rank < 1) return x;
    if (below(3) == 0 && x.shape().rank == 2) {  // as gradients have them
      const Symbol y = pick();
      const Shape a = x.shape(), b = y.shape();
      if (b.rank == 2 && a[0] == b[0] && !(a[1] < 0 && b[1] < 0)) return tenon::detail::product(x, y, tenon::Transposed::left);
      if (b.rank == 2 && a[1] == b[1] && !(a[0] < 0 && b[0] < 0)) return tenon::detail::product(x, y, tenon::Transposed::right);
    }
    for (int attempt = 0; attempt < 12; ++attempt) {
      const Symbol y = pick();
      const Shape a = x.shape(), b = y.shape();
      if (b.rank < 1 || a.back() != (b.rank == 1 ? b[0] : b[-2])) continue;
      if (a.back() < 0 && b.rank > 2) continue;
      int batched = 0;
      for (int i = 0; i + 1 < a.rank; ++i) batched += a.extent[i] < 0;
      for (int i = 0; i < b.rank; ++i) batched += i != b.rank - 2 && b.extent[i] < 0;
      if (a.rank > 1 && b.rank > 2 && batched > 0) {
        Shape leading;
        if (!broadcast(a.slice(0, a.rank - 2), b.slice(0, b.rank - 2), leading) || twice_batched(leading.append(a.rank > 1 ? a[-2] : 1).append(b.back()))) continue;
      } else if (batched > 1) {
        continue;
      }
      Shape leading;
      if (a.rank > 1 && b.rank > 2 && !broadcast(a.slice(0, a.rank - 2), b.slice(0, b.rank - 2), leading)) continue;
      if (a.rank == 1 && a.back() < 0) continue;
      const Symbol z = matmul(x, y);
      if (z.shape().rank == 2 && z.shape()[0] > 0 && below(3) == 0) {  // beside rows of something larger
        tenon::Window w;
        w.low[0] = below(2), w.stride[0] = 1 + below(2), w.stride[1] = 1;
        return z + slice(sketch_->argument(tenon::shape(2 * z.shape()[0] + 1, z.shape()[1])), w, z.shape());
      }
      return below(2) == 0 ? z : z * 0.6;
    }
    if (x.shape().back() < 0) return x;
    const Symbol w = sketch_->argument(tenon::shape(x.shape().back(), extent()));
    Symbol y = matmul(x, w);
    if (below(2) == 0) y = y + sketch_->argument(tenon::shape(y.shape().back()));
    return below(2) == 0 ? relu(y) : y;
  }
  Symbol windows(Symbol x) {
    const Shape s = x.shape();
    if (s.rank < 3) return unary(x);
    for (int i = 1; i < s.rank; ++i)
      if (s.extent[i] < 0) return unary(x);
    tenon::Window w;
    Shape k;
    for (int i = 1; i + 1 < s.rank; ++i) {
      w.size[i] = 1 + below(std::min(3, s.extent[i]));
      w.stride[i] = 1 + below(2);
      w.dilation[i] = 1;
      k = k.append(w.size[i]);
    }
    const auto padding = below(2) == 0 ? tenon::Padding::same : tenon::Padding::valid;
    switch (below(4)) {
      case 0: return max_pool(x, w, padding);
      case 1: return average_pool(x, w, padding);
      default: break;
    }
    w.groups = s.back() % 2 == 0 ? 2 : 1;
    const int filters = w.groups * (1 + below(2));
    Symbol y = convolve(x, sketch_->argument(k.append(s.back() / w.groups).append(filters)), w, padding) * 0.6;
    return below(2) == 0 ? relu(y + sketch_->argument(tenon::shape(filters))) : y;
  }
  // Operations on or with integers.
  Symbol rows(Symbol x) {
    const Shape s = x.shape();
    if (s.rank > 0 && below(2) == 0) {
      const int at = axis_of(s);
      if (s.extent[at] > 0) return tenon::detail::reduce(below(2) == 0 ? Op::argmax : Op::argmin, x, 1 << at);
    }
    if (indices_.empty()) return unary(x);
    const Symbol index = indices_[0];
    if (below(3) == 0) return index;
    if (s.rank > 0 && s.rank < 5 && s.extent[0] >= classes && !s.batched()) return gather(x, index);
    return one_hot(index, classes) * 0.8;
  }

  tenon::Random random_;
  bool square_;
  Sketch* sketch_ = nullptr;
  std::vector<Symbol> values_, indices_;
};

}  // namespace support
