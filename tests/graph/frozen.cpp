#include <tenon/graph/frozen.hpp>

#include "../support/catch.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;

namespace {

constexpr Symbol function(Symbol x) {
  const Symbol a = tanh(x * 2), b = slice(x, axis<1>, 0, 1);  // one after the other, in every compiler's order
  return a + b;
}

struct Source {
  static constexpr Trace trace() {
    Trace t;
    t.program.graphs.push_back(NodeGraph{});
    const Symbol x{&t, 0, t.argument(Role::input, 0, shape(dynamic, 3))};
    const Symbol y = function(x);
    t.root().results.push_back({Role::output, y.id, 0});
    return t;
  }
};

}  // namespace

TEST_CASE("a graph that was frozen is the same when it is thawed", "[graph][frozen]") {
  const NodeGraph g = Source::trace().program.root(), thawed = Traced<Source>::graph.thaw();
  CHECK(thawed.nodes == g.nodes);
  CHECK(thawed.windows == g.windows);
  CHECK(thawed.arguments == g.arguments);
  CHECK(thawed.results == g.results);
}

TEST_CASE("a thawed graph grows as the one that was frozen", "[graph][frozen]") {
  Trace t;
  t.program.graphs.push_back(Traced<Source>::graph.thaw());
  const int size = t.root().nodes.size();
  const Symbol x{&t, 0, t.root().arguments[0].node};
  const Symbol y = function(x);
  CHECK(t.root().nodes.size() == size);
  CHECK(y.id == t.root().results[0].node);
  for (int i = 0; i < 1000; ++i) static_cast<void>(y * (0.25 + i));
  const int larger = t.root().nodes.size();
  for (int i = 0; i < 1000; ++i) static_cast<void>(y * (0.25 + i));
  CHECK(t.root().nodes.size() == larger);
  CHECK(larger == size + 3000);  // a number, the number as a tensor, the product
}

// The compiler's evaluation sees a step beyond an array.
static_assert([] {
  NodeGraph g = Traced<Source>::graph.thaw();
  const int size = g.nodes.size();
  for (const Node& v : Traced<Source>::graph.thaw().nodes) g.add(v);
  for (int i = 0; i < 300; ++i) g.add({.op = Op::constant, .value = 0.25 + i});
  return g.nodes.size() == size + 300;
}());
