#include <tenon/graph/fixed_batch.hpp>

#include <tenon/graph/simplify.hpp>

#include "../support/catch.hpp"
#include "../support/plan_interpreter.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

TEST_CASE("A graph with a fixed batch computes the same for that many samples", "[graph][fixed_batch]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), w = g.weight(shape(3, 4), 0), b = g.weight(shape(4), 1);
  const Symbol y = tanh(matmul(x, w) + b), centered = y - mean(y, axis<0>, keep_dims), rows = sum(centered * centered, axis<1>);
  const NodeGraph open = g.with_results({centered, rows, mean(rows), gradient(sum(y * y), w)});
  for (const int batch : {1, 3}) {
    const NodeGraph closed = with_batch(open, batch);
    for (int id = 0; id < closed.nodes.size(); ++id) {
      CHECK(!closed.nodes[id].shape.batched());
      CHECK(closed.nodes[id].op != Op::batch);
    }
    Random random(1);
    std::vector<Values> arguments;
    for (const Port& p : open.arguments) arguments.push_back(support::random_values(support::count(open, p.node, batch), random, -1, 1));
    const auto expected = support::run(open, arguments, batch), actual = support::run_planned(closed, arguments, 7);  // the batch of the call does not matter
    REQUIRE(actual.size() == expected.size());
    for (std::size_t r = 0; r < expected.size(); ++r) {
      REQUIRE(actual[r].size() == expected[r].size());
      for (std::size_t i = 0; i < expected[r].size(); ++i) CHECK(actual[r][i] == Approx(expected[r][i]).margin(1e-12));
    }
  }
}

static_assert([] {
  NodeGraph g;
  const int x = g.add({.op = Op::argument, .shape = shape(dynamic, 2)});
  g.arguments.push_back({Role::input, x, 0});
  g.results.push_back({Role::output, g.add({.op = Op::neg, .in = {x, -1, -1}, .shape = shape(dynamic, 2)}), 0});
  const NodeGraph one = with_batch(g, 1);
  return one.nodes[one.results[0].node].shape == shape(1, 2);
}());
