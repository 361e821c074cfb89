#include <tenon/graph/graph.hpp>

#include "../support/catch.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;
using support::Sketch;

TEST_CASE("what is computed already is found again", "[graph]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), w = g.argument(shape(3, 2));
  CHECK((x + 1).id == (x + 1).id);
  CHECK((x + 1).id != (x + 2).id);
  CHECK(matmul(x, w).id == matmul(x, w).id);
  CHECK(tanh(matmul(x, w)).id == tanh(matmul(x, w)).id);
  CHECK((x < 1).id != (x <= 1).id);
  CHECK(sum(x, axis<0>).id != sum(x, axis<1>).id);
  CHECK(slice(x, axis<1>, 0, 2).id == slice(x, axis<1>, 0, 2).id);
  CHECK(slice(x, axis<1>, 0, 2).id != slice(x, axis<1>, 1, 3).id);
  CHECK(random_uniform(x, x.shape()).id != random_uniform(x, x.shape()).id);
  const int size = g.graph().nodes.size();
  static_cast<void>(tanh(matmul(x, w)) + 0);
  static_cast<void>(slice(x + 1, axis<1>, 0, 3));
  CHECK(g.graph().nodes.size() <= size + 2);  // at most the number 0 as a matrix
}

TEST_CASE("hash-consing finds a node among thousands", "[graph]") {
  Sketch g;
  const Symbol x = g.argument(shape(4));
  for (int i = 0; i < 3000; ++i) static_cast<void>(x * (0.25 + i));
  const int size = g.graph().nodes.size();
  for (int i = 0; i < 3000; ++i) static_cast<void>(x * (0.25 + i));
  CHECK(g.graph().nodes.size() == size);
}
