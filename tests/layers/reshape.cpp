#include <tenon/layers/reshape.hpp>

#include <tenon/layers/flatten.hpp>
#include <tenon/layers/identity.hpp>
#include <tenon/layers/lambda.hpp>
#include <tenon/layers/permute.hpp>
#include <tenon/layers/repeat_vector.hpp>
#include <tenon/layers/rescaling.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("layers that move elements, or none, agree with Keras", "[layers][reshape]") {
  support::check_golden("layers/shapes", {
    layer_named<Flatten>("Flatten"),
    layer_named<Reshape<3, 4>>("Reshape<3, 4>"),
    layer_named<Reshape<12>>("Reshape<12>"),
    layer_named<Reshape<-1, 2>>("Reshape<-1, 2>"),
    layer_named<Permute<2, 1>>("Permute<2, 1>"),
    layer_named<Permute<3, 1, 2>>("Permute<3, 1, 2>"),
    layer_named<RepeatVector<3>>("RepeatVector<3>"),
    layer_named<Identity>("Identity"),
    layer_named<Rescaling<0.5>>("Rescaling<0.5>"),
    layer_named<Rescaling<0.5, -1>>("Rescaling<0.5, -1>"),
  });
}

TEST_CASE("layers that move elements refuse what does not fit", "[layers][reshape]") {
  const auto problem = [](auto layer, const Shape& x) {
    support::Sketch g;
    layer.call(g.argument(x));
    return g.trace.mistake.problem;
  };
  CHECK(problem(Permute<2, 1>{}, shape(dynamic, 3)) == Problem::axis_out_of_range);
  CHECK(problem(Permute<2, 2>{}, shape(dynamic, 3, 4)) == Problem::axis_out_of_range);
  CHECK(problem(Permute<0, 1>{}, shape(dynamic, 3, 4)) == Problem::axis_out_of_range);
  CHECK(problem(RepeatVector<3>{}, shape(dynamic, 3, 4)) == Problem::rank_too_large);
  CHECK(problem(RepeatVector<3>{}, shape(dynamic)) == Problem::rank_too_small);
  CHECK(problem(RepeatVector<0>{}, shape(dynamic, 3)) == Problem::value_out_of_range);
}

namespace {
constexpr Symbol cubed(Symbol x) { return x * square(x); }
}  // namespace

TEST_CASE("Lambda calls a function or a lambda", "[layers][lambda]") {
  support::Sketch g;
  const Symbol x = g.argument(shape(dynamic, 2)), y = Lambda<cubed>{}(x), z = Lambda<[](auto a, auto b) { return a - 2 * b; }>{}(x, y);
  const auto results = g.run({y, z, gradient(y, x)}, {{2, -3}});
  CHECK(results[0] == support::Values{8, -27});
  CHECK(results[1] == support::Values{-14, 51});
  CHECK(results[2] == support::Values{12, 27});
}
