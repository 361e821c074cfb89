#include <tenon/graph/plan.hpp>

#include "../support/catch.hpp"
#include "../support/plan_interpreter.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

Plan plan_of(const NodeGraph& traced) {
  const NodeGraph g = legalize(simplify(traced));
  return plan(g, steps_of(g, fuse(g)));
}
long arena(const Plan& p, long batch) { return p.arena_fixed + p.arena_counted * counted_batch(batch); }

/// Something that no fusion swallows, of the shape of x (..., N, N).
Symbol stored(Symbol x) { return softmax(x); }

/// What a training step leaves in its weights, where each update is written over its weight.
std::vector<Values> updated(const NodeGraph& traced, const std::vector<Values>& arguments, const std::vector<int>& shared) {
  const NodeGraph g = legalize(simplify(traced));
  const Plan p = plan(g, steps_of(g, fuse(g)));
  const auto results = support::PlanInterpreter(g, p, 1, {}).run(arguments, shared);
  CHECK(results == support::run(traced, arguments));
  return results;
}

}  // namespace

TEST_CASE("memory is used again as soon as a value is not needed any more", "[graph][plan]") {
  Sketch g;
  Symbol x = g.argument(shape(dynamic, 16));
  for (int k = 0; k < 10; ++k) x = stored(x);
  const Plan p = plan_of(g.with_results({x}));
  CHECK(p.steps.size() == 10);
  CHECK(p.arena_counted == 2 * 64);  // two rows of 16 floats, to and fro
  CHECK(p.arena_fixed == 0);

  Sketch h;  // all ten are needed at the end
  Symbol y = h.argument(shape(dynamic, 16));
  std::vector<Symbol> all;
  for (int k = 0; k < 10; ++k) all.push_back(y = stored(y));
  Symbol total = concatenate(all[0], all[1]);
  for (std::size_t k = 2; k < 10; ++k) total = concatenate(total, all[k]);
  CHECK(plan_of(h.with_results({total})).arena_counted >= 10 * 64);
}

TEST_CASE("a loop works in place where its input is not needed any more", "[graph][plan]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 16)), y = stored(tanh(stored(x)));
  CHECK(plan_of(g.with_results({y})).arena_counted == 64);
  const Symbol z = stored(x), turned = stored(exp(transpose(stored(g.argument(shape(4, 4)))))) + 1;  // reads across: not in place
  static_cast<void>(z);
  CHECK(plan_of(g.with_results({turned})).arena_fixed == 2 * 64);
}

TEST_CASE("what grows with the batch lies behind what does not", "[graph][plan]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 4)), w = g.argument(shape(4, 4)), y = stored(stored(x) + max(stored(w), axis<0>));
  const NodeGraph traced = g.with_results({y});
  const Plan p = plan_of(traced);
  CHECK(p.arena_fixed > 0);
  CHECK(p.arena_counted > 0);
  for (const Place& place : p.places) CHECK((place.space != 0 || place.fixed < p.arena_fixed || place.fixed == p.arena_fixed));
  const std::vector<Values> arguments{{1, 2, 3, 4, 5, 6, 7, 9}, {1, 2, 0, 4, 3, 6, 7, 8, 9, 1, 1, 2, 1, 4, 1, 6}};
  const Values expected = support::run(traced, arguments, 2)[0], actual = support::run_planned(traced, arguments, 2)[0];
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(actual[i] == Approx(expected[i]));
}

TEST_CASE("a number for each sample takes four bytes of each, and every value begins on a line of the cache", "[graph][plan]") {
  Sketch g;
  Symbol x = g.argument(shape(dynamic, 3));
  for (int k = 0; k < 5; ++k) x = stored(x) + sum(stored(x), axis<1>, keep_dims);
  const Plan p = plan_of(g.with_results({x}));
  CHECK(p.arena_counted % 4 == 0);
  CHECK(p.arena_counted <= 3 * 12 + 4);
  for (const long batch : {1L, 15L, 16L, 17L, 100L}) {
    CHECK(arena(p, batch) % 64 == 0);
    CHECK(arena(p, batch) >= p.arena_fixed + p.arena_counted * batch);
    for (const Place& place : p.places)
      if (place.space == 0) CHECK(place.at(batch) % 64 == 0);
  }
}

TEST_CASE("results are computed where the caller wants them", "[graph][plan]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 4)), y = stored(x);
  CHECK(arena(plan_of(g.with_results({y, tanh(y)})), 1) == 0);
  CHECK(plan_of(g.with_results({y})).steps.size() == 1);
}

TEST_CASE("an argument, or one value twice, may be results", "[graph][plan]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 2)), i = g.argument(shape(dynamic), DType::int32), y = exp(x);
  const NodeGraph traced = g.with_results({x, y, y, reshape(y, shape(-2)), i, ones_like(x), argmax(x, axis<1>), argmax(x, axis<1>)});
  const std::vector<Values> arguments{{1, 2, 4, 3}, {7, 8}};
  CHECK(support::run_planned(traced, arguments, 2) == support::run(traced, arguments, 2));
}

TEST_CASE("an update is computed in the place of its weight if nobody reads the old value later", "[graph][plan]") {
  Sketch g;
  const Symbol w = g.weight(shape(4), 0), x = g.argument(shape(4));
  g.result(w * 0.9 + x * 0.1, Role::update, 0);
  const Plan p = plan_of(g.graph());
  CHECK(p.steps.size() == 1);
  CHECK(arena(p, 1) == 0);
  CHECK(updated(g.graph(), {{1, 2, 3, 4}, {0, 0, 10, 10}}, {0})[0] == Values{0.9, 1.8, 3.7, 4.6});
}

TEST_CASE("an update waits where the old value is read later, or in another order", "[graph][plan]") {
  Sketch g;
  const Symbol w = g.weight(shape(2, 2), 0);
  g.result(w * 2, Role::update, 0);
  g.result(stored(stored(w)) * w, Role::output, 0);
  CHECK(arena(plan_of(g.graph()), 1) > 0);
  updated(g.graph(), {{1, 2, 3, 4}}, {0, -1});

  Sketch h;
  const Symbol v = h.weight(shape(2, 2), 0);
  h.result(transpose(v) + 1, Role::update, 0);
  CHECK(updated(h.graph(), {{1, 2, 3, 4}}, {0})[0] == Values{2, 4, 3, 5});

  Sketch k;  // a product reads all of a row at once
  const Symbol u = k.weight(shape(2, 2), 0);
  k.result(matmul(u, u) + u, Role::update, 0);
  CHECK(updated(k.graph(), {{1, 2, 3, 4}}, {0})[0] == Values{8, 12, 18, 26});
}

TEST_CASE("weights may change places, and an old weight may be a result beside its update", "[graph][plan]") {
  Sketch g;
  const Symbol a = g.weight(shape(2), 0), b = g.weight(shape(2), 1), c = g.weight(shape(2), 2);
  g.result(b, Role::update, 0);
  g.result(c, Role::update, 1);
  g.result(a + 1, Role::update, 2);
  g.result(c, Role::output, 0);
  CHECK(updated(g.graph(), {{1, 2}, {3, 4}, {5, 6}}, {0, 1, 2, -1}) == std::vector<Values>{{3, 4}, {5, 6}, {2, 3}, {5, 6}});

  Sketch h;
  const Symbol x = h.weight(shape(2), 0), y = h.weight(shape(2), 1);
  h.result(y, Role::update, 0);
  h.result(x, Role::update, 1);
  CHECK(updated(h.graph(), {{1, 2}, {3, 4}}, {0, 1}) == std::vector<Values>{{3, 4}, {1, 2}});
}

TEST_CASE("equal kernels are in the table once", "[graph][plan]") {
  Sketch g;
  Symbol x = g.argument(shape(dynamic, 8));
  for (int k = 0; k < 5; ++k) x = relu(matmul(x, g.argument(shape(8, 8))) + g.argument(shape(8)));
  const Plan p = plan_of(g.with_results({x}));
  CHECK(p.steps.size() == 5);
  CHECK(p.kernel_starts.size() - 1 == 1);
}
