#include <tenon/graph/simplify.hpp>

#include <tenon/graph/legalize.hpp>

#include "../support/catch.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;
using support::count_of;
using support::Sketch;
using support::Values;

TEST_CASE("what no result needs is dropped, arguments stay", "[graph][simplify]") {
  Sketch g;
  const Symbol x = g.argument(shape(3)), y = g.argument(shape(3)), z = g.argument(shape(2));
  static_cast<void>(exp(x * y));
  g.result(tanh(z));
  const NodeGraph s = simplify(g.graph());
  CHECK(s.arguments.size() == 3);
  CHECK(s.nodes.size() == 4);
  CHECK(count_of(s, Op::exp) == 0);
  CHECK(support::run(s, {{1, 2, 3}, {1, 2, 3}, {0, 100}})[0] == Values{0, 1});
}

TEST_CASE("stop_gradient is gone after differentiation, and what it hid is found", "[graph][simplify]") {
  Sketch g;
  const Symbol x = g.argument(shape(3)), y = exp(stop_gradient(x)) * exp(x);
  CHECK(count_of(g.graph(), Op::exp) == 2);
  const NodeGraph s = simplify(g.with_results({y, gradient(y, x)}));
  CHECK(count_of(s, Op::stop_gradient) == 0);
  CHECK(count_of(s, Op::exp) == 1);
  CHECK(s.results[0].node == s.results[1].node);
}

TEST_CASE("simplifying twice changes nothing", "[graph][simplify]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), w = g.argument(shape(3, 2)), y = relu(matmul(x, w) + 1);
  const NodeGraph once = simplify(g.with_results({y, gradient(mean(square(y)), w)})), twice = simplify(once);
  CHECK(once.nodes == twice.nodes);
  CHECK(once.results == twice.results);
}

TEST_CASE("a softmax under a cross-entropy leaves only its log and, in the gradient, itself", "[graph][simplify]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 4)), y = g.argument(shape(dynamic, 4));
  const Symbol p = softmax(x), loss = -sum(y * log(clip(p / sum(p, axis<-1>, keep_dims), 1e-7, 1 - 1e-7)));
  const NodeGraph s = simplify(g.with_results({loss, gradient(loss, x)}));
  CHECK(count_of(s, Op::log) == 0);
  CHECK(count_of(s, Op::div) == 0);
  CHECK(count_of(s, Op::log_softmax) == 1);
  CHECK(count_of(s, Op::softmax) == 1);
}

TEST_CASE("a reduction over axes that are not neighbours becomes several over neighbours", "[graph][legalize]") {
  for (const auto& [bits, reductions] : {std::pair{0b0101, 2}, {0b10010, 2}, {0b0110, 1}, {0b1111, 1}, {0b10001, 2}, {0b10100, 1}, {0b10101, 2}, {0b0100, 1}}) {
    Sketch g;
    const Symbol x = g.argument(shape(2, 3, 4, 1, 3));  // the axis of extent 1 separates nothing
    const NodeGraph before = g.with_results({detail::reduce(Op::reduce_max, x, bits)}), after = legalize(before);
    CHECK(count_of(after, Op::reduce_max) == reductions);
    Random random(4);
    const std::vector<Values> arguments{support::random_values(72, random)};
    CHECK(support::run(after, arguments) == support::run(before, arguments));
  }
}
