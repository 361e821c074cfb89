#include <tenon/graph/movement.hpp>

#include "../support/gradient_check.hpp"
#include "../support/plan_interpreter.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

const Values six{1, 2, 3, 4, 5, 6};

/// What the function makes of (2, 3) filled with 1 … 6; the same by the plan.
Values of_six(Symbol (*f)(Symbol)) {
  Sketch g;
  const Symbol y = f(g.argument(shape(2, 3)));
  REQUIRE(g.trace.mistake.problem == Problem::none);
  const Values traced = g.run({y}, {six})[0];
  CHECK(support::run_planned(g.with_results({y}), {six})[0] == traced);
  support::check_gradients([f](const std::vector<Symbol>& x) { return square(f(x[0])); }, {shape(2, 3)});
  support::check_second_derivatives([f](const std::vector<Symbol>& x) { return square(f(x[0])); }, {shape(2, 3)});
  return traced;
}
Problem problem_of(const Shape& s, Symbol (*f)(Symbol)) {
  Sketch g;
  const bool poisoned = f(g.argument(s)).poisoned;
  CHECK(poisoned == (g.trace.mistake.problem != Problem::none));
  return g.trace.mistake.problem;
}

}  // namespace

TEST_CASE("elements move to where NumPy puts them, and gradients move back", "[graph][movement]") {
  CHECK(of_six([](Symbol x) { return reshape(x, shape(3, 2)); }) == six);
  CHECK(of_six([](Symbol x) { return expand_dims(x, axis<1>); }) == six);
  CHECK(of_six([](Symbol x) { return transpose(x); }) == Values{1, 4, 2, 5, 3, 6});
  CHECK(of_six([](Symbol x) { return transpose(reshape(x, shape(1, 2, 3)), axis<2, 0, 1>); }) == Values{1, 4, 2, 5, 3, 6});
  CHECK(of_six([](Symbol x) { return slice(x, axis<1>, 1, 3); }) == Values{2, 3, 5, 6});
  CHECK(of_six([](Symbol x) { return slice(x, axis<-1>, 0, 3, 2); }) == Values{1, 3, 4, 6});
  CHECK(of_six([](Symbol x) { return slice(x, axis<1>, -2, -1); }) == Values{2, 5});
  CHECK(of_six([](Symbol x) { return split<3>(x, axis<1>, 2); }) == Values{3, 6});
  CHECK(of_six([](Symbol x) { return pad(x, axis<0>, 1, 0); }) == Values{0, 0, 0, 1, 2, 3, 4, 5, 6});
  CHECK(of_six([](Symbol x) { return pad(x, axis<1>, 1, 2); }) == Values{0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0});
  CHECK(of_six([](Symbol x) { return concatenate(x, x * 10); }) == Values{1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60});
  CHECK(of_six([](Symbol x) { return concatenate(axis<0>, x, slice(x, axis<0>, 0, 1), x); }) == Values{1, 2, 3, 4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6});
  CHECK(of_six([](Symbol x) { return broadcast_to(slice(x, axis<0>, 1, 2), shape(2, 2, 3)); }) == Values{4, 5, 6, 4, 5, 6, 4, 5, 6, 4, 5, 6});
}

TEST_CASE("the batch axis may be merged with others and moved", "[graph][movement]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 2, 3)), flat = reshape(x, shape(-2, 3)), moved = transpose(x, axis<2, 0, 1>);
  CHECK(flat.shape() == shape(-2, 3));
  CHECK(moved.shape() == shape(3, dynamic, 2));
  const std::vector<Symbol> wanted{sum(flat, axis<1>), reshape(moved, shape(3, -2)), slice(moved, axis<0>, 1, 2), slice(transpose(moved), axis<0>, 2, 3) * 1.5};
  Values v(12);
  for (std::size_t i = 0; i < 12; ++i) v[i] = static_cast<double>(i);
  const auto traced = g.run(wanted, {v}, 2);
  CHECK(traced[0] == Values{3, 12, 21, 30});
  CHECK(traced[1] == Values{0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11});
  CHECK(traced[2] == Values{1, 4, 7, 10});
  CHECK(support::run_planned(g.with_results(wanted), {v}, 2) == traced);
}

TEST_CASE("movements that make no sense are refused", "[graph][movement]") {
  const Shape s = shape(dynamic, 2, 3);
  CHECK(problem_of(s, [](Symbol x) { return reshape(x, shape(dynamic, 5)); }) == Problem::reshape_changes_size);
  CHECK(problem_of(s, [](Symbol x) { return reshape(x, shape(2, 3)); }) == Problem::reshape_changes_size);
  CHECK(problem_of(s, [](Symbol x) { return transpose(x, axis<1, 0>); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return transpose(x, axis<0, 1, 3>); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return transpose(x, axis<0, 0, 1>); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return transpose(x, axis<0, 2, 1>); }) == Problem::none);
  CHECK(problem_of(shape(3), [](Symbol x) { return transpose(x); }) == Problem::rank_too_small);
  CHECK(problem_of(s, [](Symbol x) { return expand_dims(x, axis<4>); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return expand_dims(x, axis<-5>); }) == Problem::axis_out_of_range);
  CHECK(problem_of(shape(1, 1, 1, 1, 1, 1), [](Symbol x) { return expand_dims(x, axis<0>); }) == Problem::rank_too_large);
  CHECK(problem_of(s, [](Symbol x) { return slice(x, axis<3>, 0, 1); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return slice(x, axis<0>, 0, 1); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return slice(x, axis<1>, 1, 3); }) == Problem::slice_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return slice(x, axis<1>, 1, 1); }) == Problem::slice_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return split<2>(x, axis<2>, 0); }) == Problem::slice_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return pad(x, axis<0>, 1, 1); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return pad(x, axis<1>, -1, 1); }) == Problem::value_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return concatenate(axis<0>, x, x); }) == Problem::axis_out_of_range);
  CHECK(problem_of(s, [](Symbol x) { return concatenate(axis<1>, x, reshape(x, shape(dynamic, 3, 2))); }) == Problem::shapes_cannot_be_concatenated);
  CHECK(problem_of(shape(2, 3), [](Symbol x) { return broadcast_to(x, shape(2, 4)); }) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem_of(s, [](Symbol x) { return concatenate(axis<-1>, x, slice(x, axis<2>, 0, 1)); }) == Problem::none);
}
