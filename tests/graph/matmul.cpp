#include <tenon/graph/matmul.hpp>

#include "../support/gradient_check.hpp"
#include "../support/plan_interpreter.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

struct Pair {
  Shape a, b, product;
};
const Pair pairs[] = {
  {shape(2, 3), shape(3, 4), shape(2, 4)},
  {shape(1, 1), shape(1, 1), shape(1, 1)},
  {shape(dynamic, 3), shape(3, 4), shape(dynamic, 4)},
  {shape(5, 2, 3), shape(3, 4), shape(5, 2, 4)},
  {shape(dynamic, 2, 3), shape(3, 4), shape(dynamic, 2, 4)},
  {shape(dynamic, 2, 3), shape(dynamic, 3, 4), shape(dynamic, 2, 4)},
  {shape(dynamic, 2, 3), shape(1, 3, 4), shape(dynamic, 2, 4)},
  {shape(2, 3), shape(5, 3, 4), shape(5, 2, 4)},
  {shape(2, 1, 2, 3), shape(4, 3, 2), shape(2, 4, 2, 2)},
  {shape(3), shape(3, 4), shape(4)},
  {shape(dynamic, 3), shape(3), shape(dynamic)},
  {shape(2, 4, 3), shape(3), shape(2, 4)},
  {shape(3), shape(2, 3, 4), shape(2, 4)},
  {shape(3), shape(3), shape()},
};

/// The product by numpy.matmul's definition.
Values product_of(Shape a, const Values& x, Shape b, const Values& y, long batch) {
  for (Shape* s : {&a, &b})
    for (int i = 0; i < s->rank; ++i) s->extent[i] = s->extent[i] < 0 ? static_cast<int>(batch) : s->extent[i];
  const Shape left = a.rank == 1 ? shape(1, a[0]) : a, right = b.rank == 1 ? shape(b[0], 1) : b;
  const long m = left[-2], k = left[-1], n = right[-1];
  Shape leading;
  broadcast(left.slice(0, left.rank - 2), right.slice(0, right.rank - 2), leading);
  Values result;
  for (long matrix = 0; matrix < leading.elements(); ++matrix) {
    long rest = matrix, ia = 0, ib = 0, step_a = 1, step_b = 1;
    for (int axis = 1; axis <= leading.rank; ++axis) {
      const long at = rest % leading[-axis];
      rest /= leading[-axis];
      if (axis <= left.rank - 2) ia += (left[-2 - axis] == 1 ? 0 : at) * step_a, step_a *= left[-2 - axis];
      if (axis <= right.rank - 2) ib += (right[-2 - axis] == 1 ? 0 : at) * step_b, step_b *= right[-2 - axis];
    }
    for (long i = 0; i < m; ++i)
      for (long j = 0; j < n; ++j) {
        double sum = 0;
        for (long e = 0; e < k; ++e) sum += x[static_cast<std::size_t>((ia * m + i) * k + e)] * y[static_cast<std::size_t>((ib * k + e) * n + j)];
        result.push_back(sum);
      }
  }
  return result;
}

}  // namespace

TEST_CASE("matmul multiplies matrices, stacks of matrices and vectors as NumPy", "[graph][matmul]") {
  for (const Pair& p : pairs) {
    Sketch g;
    const Symbol a = g.argument(p.a), b = g.argument(p.b), y = matmul(a, b);
    REQUIRE(g.trace.mistake.problem == Problem::none);
    CHECK(y.shape() == p.product);
    const auto arguments = support::points(g.graph(), {.batch = 3});
    const Values expected = product_of(p.a, arguments[0], p.b, arguments[1], 3);
    for (const Values& actual : {g.run({y}, arguments, 3)[0], support::run_planned(g.with_results({y}), arguments, 3)[0]}) {
      REQUIRE(actual.size() == expected.size());
      for (std::size_t i = 0; i < actual.size(); ++i) CHECK(actual[i] == Approx(expected[i]).epsilon(1e-12).margin(1e-13));
    }
  }
}

TEST_CASE("matmul passes gradients and gradients of gradients", "[graph][matmul]") {
  for (const Pair& p : pairs) {
    const support::Function f = [](const std::vector<Symbol>& x) { return matmul(x[0], x[1]); };
    support::check_gradients(f, {p.a, p.b});
    support::check_second_derivatives(f, {p.a, p.b});
  }
}

TEST_CASE("products of transposed operands pass gradients", "[graph][matmul]") {
  for (int form = 0; form < 4; ++form) {
    const Shape a = form & Transposed::left ? shape(3, 2) : shape(2, 3), b = form & Transposed::right ? shape(4, 3) : shape(3, 4);
    const support::Function f = [&](const std::vector<Symbol>& x) { return detail::product(x[0], x[1], form); };
    support::check_gradients(f, {a, b});
    support::check_second_derivatives(f, {a, b});
  }
}

TEST_CASE("matmul refuses sizes that differ, and scalars", "[graph][matmul]") {
  const auto problem = [](const Shape& a, const Shape& b) {
    Sketch g;
    matmul(g.argument(a), g.argument(b));
    return g.trace.mistake.problem;
  };
  CHECK(problem(shape(2, 3), shape(2, 3)) == Problem::matmul_sizes_differ);
  CHECK(problem(shape(3), shape(2)) == Problem::matmul_sizes_differ);
  CHECK(problem(shape(), shape(2, 3)) == Problem::rank_too_small);
  CHECK(problem(shape(2, 3), shape()) == Problem::rank_too_small);
  CHECK(problem(shape(2, 2, 3), shape(3, 3, 4)) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem(shape(2, 3), shape(3, 2)) == Problem::none);
}
