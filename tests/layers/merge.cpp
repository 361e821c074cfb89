#include <tenon/layers/merge.hpp>

#include <tenon/layers/dot.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;

TEST_CASE("layers that merge agree with Keras", "[layers][merge]") {
  const auto two_or_three = []<class L>(L) -> support::Forward {
    return [](support::Sketch& g, const golden::Case& c) { return c.inputs.size() == 2 ? support::call_layer<L, 2>(g, c) : support::call_layer<L, 3>(g, c); };
  };
  support::check_golden("layers/merging", {
    {"Add", two_or_three(Add{})},
    {"Multiply", two_or_three(Multiply{})},
    {"Subtract", &support::call_layer<Subtract, 2>},
    {"Average", two_or_three(Average{})},
    {"Maximum", two_or_three(Maximum{})},
    {"Minimum", two_or_three(Minimum{})},
    {"Dot<1>", &support::call_layer<Dot<1>, 2>},
    {"Dot<-1, -1, Normalize>", &support::call_layer<Dot<-1, -1, Normalize>, 2>},
    {"Dot<2>", &support::call_layer<Dot<2>, 2>},
    {"Dot<1, 2>", &support::call_layer<Dot<1, 2>, 2>},
    {"Dot<2, 1>", &support::call_layer<Dot<2, 1>, 2>},
    {"Dot<1, 2, Normalize>", &support::call_layer<Dot<1, 2, Normalize>, 2>},
    {"Concatenate", two_or_three(Concatenate{})},
    {"ConcatenateWith<1>", two_or_three(ConcatenateWith<1>{})},
    {"ConcatenateWith<2>", two_or_three(ConcatenateWith<2>{})},
    {"ConcatenateWith<-2>", two_or_three(ConcatenateWith<-2>{})},
  });
}

TEST_CASE("layers that merge refuse shapes that do not fit", "[layers][merge]") {
  const auto problem = [](auto layer, const Shape& a, const Shape& b) {
    support::Sketch g;
    layer.call(g.argument(a), g.argument(b));
    return g.trace.mistake.problem;
  };
  CHECK(problem(Add{}, shape(dynamic, 3), shape(dynamic, 1)) == Problem::none);
  CHECK(problem(Add{}, shape(dynamic, 3), shape(dynamic, 2)) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem(Multiply{}, shape(dynamic, 3, 2), shape(dynamic, 2, 2)) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem(Concatenate{}, shape(dynamic, 3, 2), shape(dynamic, 3, 5)) == Problem::none);
  CHECK(problem(Concatenate{}, shape(dynamic, 3, 2), shape(dynamic, 4, 2)) == Problem::shapes_cannot_be_concatenated);
  CHECK(problem(Concatenate{}, shape(dynamic, 3, 2), shape(dynamic, 2)) == Problem::shapes_cannot_be_concatenated);
  CHECK(problem(Maximum{}, shape(dynamic, 3), shape(dynamic, 2)) == Problem::shapes_cannot_be_broadcast);
  CHECK(problem(Dot<1>{}, shape(dynamic, 3), shape(dynamic, 2)) == Problem::matmul_sizes_differ);
  CHECK(problem(Dot<0>{}, shape(dynamic, 3), shape(dynamic, 3)) == Problem::axis_out_of_range);
  CHECK(problem(Dot<2>{}, shape(dynamic, 3), shape(dynamic, 3)) == Problem::axis_out_of_range);
  CHECK(problem(ConcatenateWith<0>{}, shape(dynamic, 2), shape(dynamic, 2)) == Problem::axis_out_of_range);
}
