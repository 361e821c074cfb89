#include <tenon/graph/reductions.hpp>

#include <algorithm>
#include <cmath>

#include "../support/gradient_check.hpp"
#include "../support/plan_interpreter.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

/// The elements of x (2, 3, 4, 2) that are reduced to each element of the result.
std::vector<Values> reduced_together(const Values& x, const Shape& s, int bits) {
  const Shape kept = detail::without(s, bits);
  std::vector<Values> groups(static_cast<std::size_t>(kept.elements()));
  for (std::size_t i = 0; i < x.size(); ++i) {
    long rest = static_cast<long>(i), group = 0, step = 1;
    for (int axis = s.rank - 1; axis >= 0; --axis) {
      const long at = rest % s.extent[axis];
      rest /= s.extent[axis];
      if (!(bits >> axis & 1)) group += at * step, step *= s.extent[axis];
    }
    groups[static_cast<std::size_t>(group)].push_back(x[i]);
  }
  return groups;
}
template <class F>
Values of_each(const std::vector<Values>& groups, F f) {
  Values y;
  for (const Values& group : groups) y.push_back(f(group));
  return y;
}
double total(const Values& v) { double s = 0; for (const double x : v) s += x; return s; }
double product(const Values& v) { double p = 1; for (const double x : v) p *= x; return p; }

void check_close(const Values& actual, const Values& expected) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) CHECK(actual[i] == Approx(expected[i]).epsilon(1e-12).margin(1e-13));
}

}  // namespace

TEST_CASE("sums, products and extrema over every set of axes", "[graph][reductions]") {
  const Shape s = shape(2, 3, 4, 2);
  Random random(1);
  const Values x = support::random_values(s.elements(), random, 0.4, 1.6);
  for (int bits = 1; bits < 16; ++bits) {
    INFO("axes " << bits);
    Sketch g;
    const Symbol a = g.argument(s);
    const std::vector<Symbol> ys{detail::reduce(Op::reduce_sum, a, bits), detail::reduce(Op::reduce_prod, a, bits), detail::reduce(Op::reduce_max, a, bits),
                                 detail::reduce(Op::reduce_min, a, bits)};
    CHECK(ys[0].shape() == detail::with_ones(s, bits));
    const auto groups = reduced_together(x, s, bits);
    const std::vector<Values> expected{of_each(groups, total), of_each(groups, product), of_each(groups, [](const Values& v) { return *std::max_element(v.begin(), v.end()); }),
                                       of_each(groups, [](const Values& v) { return *std::min_element(v.begin(), v.end()); })};
    const auto traced = g.run(ys, {x}), planned = support::run_planned(g.with_results(ys), {x});
    for (std::size_t k = 0; k < ys.size(); ++k) check_close(traced[k], expected[k]), check_close(planned[k], expected[k]);
    for (const Op op : {Op::reduce_sum, Op::reduce_prod, Op::reduce_max, Op::reduce_min})
      support::check_gradients([&](const std::vector<Symbol>& v) { return detail::reduce(op, v[0], bits); }, {shape(2, 3, 2, 2)}, {.low = 0.4, .high = 1.6});
  }
}

TEST_CASE("axes are dropped or kept, counted from either end, and the batch may be among them", "[graph][reductions]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 2, 3));
  CHECK(sum(x, axis<-1>).shape() == shape(dynamic, 2));
  CHECK(sum(x, axis<1>, keep_dims).shape() == shape(dynamic, 1, 3));
  CHECK(sum(x, axis<0, 2>).shape() == shape(2));
  CHECK(sum(x).shape() == shape());
  CHECK(max(x, axis<1, -1>).shape() == shape(dynamic));
  CHECK(argmax(x, axis<1>).shape() == shape(dynamic, 3));
  CHECK(is_integer(argmax(x, axis<1>).dtype()));
  const Values v{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  CHECK(g.run({mean(x), mean(x, axis<0>), mean(x, axis<1, 2>), mean(x, axis<0, 2>), prod(x, axis<0, 1, 2>)}, {v}, 2) ==
        std::vector<Values>{{6.5}, {4, 5, 6, 7, 8, 9}, {3.5, 9.5}, {5, 8}, {479001600}});
  CHECK(g.trace.mistake.problem == Problem::none);
  CHECK(sum(x, axis<3>).poisoned);
  CHECK(g.trace.mistake.problem == Problem::axis_out_of_range);
}

TEST_CASE("mean, variance and logsumexp follow their formulas and pass gradients", "[graph][reductions]") {
  Sketch g;
  const Symbol x = g.argument(shape(2, 3));
  const auto results = g.run({mean(x, axis<1>), variance(x, axis<1>), logsumexp(x, axis<1>), variance(x, axis<0>, keep_dims)}, {{1, 2, 6, 1000, 1000, 1000}});
  check_close(results[0], {3, 1000});
  check_close(results[1], {14.0 / 3, 0});
  check_close(results[2], {std::log(std::exp(1) + std::exp(2) + std::exp(6)), 1000 + std::log(3)});
  check_close(results[3], {999. * 999 / 4, 998. * 998 / 4, 994. * 994 / 4});
  for (const support::Function& f : std::vector<support::Function>{[](auto& v) { return mean(v[0], axis<0, 2>); }, [](auto& v) { return variance(v[0], axis<1>); },
                                                                  [](auto& v) { return logsumexp(v[0], axis<-1>); }, [](auto& v) { return logsumexp(v[0], axis<>); }}) {
    support::check_gradients(f, {shape(dynamic, 3, 2)});
    support::check_second_derivatives(f, {shape(dynamic, 3, 2)});
  }
}

TEST_CASE("softmax and log_softmax do not overflow, and pass gradients", "[graph][reductions]") {
  Sketch g;
  const Symbol x = g.argument(shape(2, 3));
  const auto results = g.run({softmax(x), log_softmax(x)}, {{1, 2, 3, 1000, 0, -1000}});
  const double sum = std::exp(1) + std::exp(2) + std::exp(3);
  check_close(results[0], {std::exp(1) / sum, std::exp(2) / sum, std::exp(3) / sum, 1, 0, 0});
  check_close(results[1], {1 - std::log(sum), 2 - std::log(sum), 3 - std::log(sum), 0, -1000, -2000});
  for (const support::Function& f : std::vector<support::Function>{[](auto& v) { return softmax(v[0]); }, [](auto& v) { return log_softmax(v[0]); }}) {
    support::check_gradients(f, {shape(dynamic, 2, 4)});
    support::check_second_derivatives(f, {shape(dynamic, 2, 4)});
  }
  CHECK(softmax(g.argument(shape())).poisoned);
  CHECK(g.trace.mistake.problem == Problem::rank_too_small);
  Sketch h;  // the last axis is the batch
  CHECK(log_softmax(h.argument(shape(dynamic))).poisoned);
}

TEST_CASE("argmax and argmin give the first of equal extrema", "[graph][reductions]") {
  Sketch g;
  const Symbol x = g.argument(shape(2, 4));
  const auto results = g.run({argmax(x, axis<1>), argmin(x, axis<1>), argmax(x, axis<0>), gradient(argmax(x, axis<1>) * 1.0, x)}, {{1, 7, 7, 0, 2, 2, -1, -1}});
  CHECK(results == std::vector<Values>{{1, 0}, {3, 2}, {1, 0, 0, 0}, Values(8, 0.0)});
}

TEST_CASE("the gradient of a maximum is shared among equal elements", "[graph][reductions]") {
  Sketch g;
  const Symbol x = g.argument(shape(2, 3));
  CHECK(g.run({gradient(max(x, axis<1>), x), gradient(min(x, axis<1>), x)}, {{5, 5, 1, 2, 3, 4}}) ==
        std::vector<Values>{{0.5, 0.5, 0, 0, 0, 1}, {0, 0, 1, 1, 0, 0}});
}

TEST_CASE("the gradient of a product holds where factors are zero", "[graph][reductions]") {
  Sketch g;
  const Symbol x = g.argument(shape(3, 3));
  CHECK(g.run({gradient(prod(x, axis<1>), x)}, {{2, 3, 4, 0, 3, 4, 0, 0, 4}})[0] == Values{12, 8, 6, 12, 0, 0, 0, 0, 0});
}

TEST_CASE("integers become rows of a table, or ones among zeros", "[graph][reductions]") {
  Sketch g;
  const Symbol table = g.argument(shape(3, 2)), index = g.argument(shape(dynamic, 2), DType::int32), rows = gather(table, index);
  CHECK(rows.shape() == shape(dynamic, 2, 2));
  CHECK(one_hot(index, 4).shape() == shape(dynamic, 2, 4));
  const std::vector<Values> arguments{{1, 2, 3, 4, 5, 6}, {2, 0, 2, 2}};
  const std::vector<Symbol> wanted{rows, one_hot(index, 3), gradient(rows * rows, table), gradient(gradient(rows * rows * rows, table), table)};
  const std::vector<Values> expected{{5, 6, 1, 2, 5, 6, 5, 6}, {0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1}, {2, 4, 0, 0, 30, 36}, {6, 12, 0, 0, 90, 108}};
  CHECK(g.run(wanted, arguments, 2) == expected);
  CHECK(support::run_planned(g.with_results(wanted), arguments, 2) == expected);
  CHECK(g.trace.mistake.problem == Problem::none);
  gather(table, table);
  CHECK(g.trace.mistake.problem == Problem::indices_are_not_integers);
}

TEST_CASE("an index that is no row of a table gives zeros, and nothing is added for it", "[graph][reductions]") {
  Sketch g;
  const Symbol table = g.argument(shape(3, 2)), index = g.argument(shape(dynamic), DType::int32), rows = gather(table, index);
  const std::vector<Values> arguments{{1, 2, 3, 4, 5, 6}, {-1, 3, 1, 1000000000, -2000000000}};
  const std::vector<Symbol> wanted{rows, gradient(rows * rows, table), one_hot(index, 3)};
  const std::vector<Values> expected{{0, 0, 0, 0, 3, 4, 0, 0, 0, 0}, {0, 0, 6, 8, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}};
  CHECK(g.run(wanted, arguments, 5) == expected);
  CHECK(support::run_planned(g.with_results(wanted), arguments, 5) == expected);
}

TEST_CASE("positions and rows that make no sense are refused", "[graph][reductions]") {
  const auto problem_of = [](auto f) {
    Sketch g;
    static_cast<void>(f(g.argument(shape(dynamic, 2)), g.argument(shape(dynamic, 2, 3, 4, 5), DType::int32)));
    return g.trace.mistake.problem;
  };
  CHECK(problem_of([](Symbol x, Symbol) { return iota(x, shape(2, 3), 5); }) == Problem::axis_out_of_range);
  CHECK(problem_of([](Symbol x, Symbol) { return iota(x, shape(2, 3), -3); }) == Problem::axis_out_of_range);
  CHECK(problem_of([](Symbol x, Symbol) { return iota(x, shape(2, 3), -2); }) == Problem::none);
  CHECK(problem_of([](Symbol, Symbol i) { return one_hot(i, 0); }) == Problem::value_out_of_range);
  CHECK(problem_of([](Symbol, Symbol i) { return one_hot(one_hot(i, 3) * i, 3); }) != Problem::none);
  CHECK(problem_of([](Symbol x, Symbol i) { return gather(x, i); }) == Problem::none);
  CHECK(problem_of([](Symbol x, Symbol i) { return gather(expand_dims(x, axis<1>), i); }) == Problem::rank_too_large);
  CHECK(problem_of([](Symbol x, Symbol i) { return gather(constant(x, 1), i); }) == Problem::rank_too_small);
}

TEST_CASE("integers are added, multiplied and compared as the numbers they are", "[graph][reductions]") {
  Sketch g;
  const Symbol index = g.argument(shape(dynamic, 3), DType::int32), w = g.argument(shape(3, 1));
  const std::vector<Symbol> wanted{sum(index), mean(index, axis<0>), max(index, axis<1>), matmul(index, w), index + 0, index * 1, softmax(index * 0), argmax(index, axis<1>),
                                   concatenate(axis<0>, w, w), concatenate(index, index * 0.5), transpose(index), -(-index), one_hot(argmax(index, axis<1>), 3)};
  const std::vector<Values> arguments{{1, 0, 2, 5, 4, 3}, {1, 10, 100}};
  const auto traced = g.run(wanted, arguments, 2);
  CHECK(traced[0] == Values{15});
  CHECK(traced[3] == Values{201, 345});
  CHECK(traced[9] == Values{1, 0, 2, 0.5, 0, 1, 5, 4, 3, 2.5, 2, 1.5});
  CHECK(support::run_planned(g.with_results(wanted), arguments, 2) == traced);
}
