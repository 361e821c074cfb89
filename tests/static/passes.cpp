// Every pass runs while the program compiles: a few of the facts that tests/graph checks while it runs.
#include <tenon/graph/differentiate.hpp>
#include <tenon/graph/plan.hpp>
#include <tenon/graph/simplify.hpp>

using namespace tenon;

namespace {

template <class F>
constexpr auto with_graph(F f) {
  Trace t;
  t.program.graphs.push_back(NodeGraph{});
  const auto argument = [&](const Shape& s) { return Symbol{&t, 0, t.argument(Role::input, t.root().arguments.size(), s)}; };
  const auto result = [&](Symbol y) { t.root().results.push_back({Role::output, y.id, t.root().results.size()}); };
  return f(t, argument, result);
}
constexpr int count_of(const NodeGraph& g, Op op) {
  int n = 0;
  for (const Node& v : g.nodes) n += v.op == op;
  return n;
}
constexpr Plan plan_of(const NodeGraph& traced) {
  const NodeGraph g = legalize(simplify(traced));
  return plan(g, steps_of(g, fuse(g)));
}

}  // namespace

// tracing: equal expressions are one node, a mistake is noted once
static_assert(with_graph([](Trace&, auto argument, auto) {
  const Symbol x = argument(shape(dynamic, 3));
  return tanh(x * 2).id == tanh(x * 2).id && tanh(x * 2).id != tanh(x * 3).id;
}));
static_assert(with_graph([](Trace& t, auto argument, auto) {
  const Symbol y = argument(shape(dynamic, 3)) + argument(shape(dynamic, 2));
  matmul(y, y);
  return t.mistake.problem == Problem::shapes_cannot_be_broadcast;
}));

// differentiate: d/dx of x · x is x + x, of a product of matrices two products
static_assert(with_graph([](Trace&, auto argument, auto) {
  const Symbol x = argument(shape(3));
  return gradient(x * x, x).id == (x + x).id;
}));
static_assert(with_graph([](Trace& t, auto argument, auto) {
  const Symbol x = argument(shape(dynamic, 3)), w = argument(shape(3, 2));
  List<Symbol> both;
  both.push_back(x), both.push_back(w);
  gradient(matmul(x, w), both);
  return count_of(t.root(), Op::matmul) == 3;
}));

// simplify: dead code and stop_gradient vanish, softmax under a logarithm becomes log_softmax
static_assert(with_graph([](Trace& t, auto argument, auto result) {
  const Symbol x = argument(shape(dynamic, 3));
  static_cast<void>(exp(x));
  result(log(softmax(stop_gradient(x))));
  const NodeGraph g = simplify(t.root());
  return g.nodes.size() == 2 && g.nodes[g.results[0].node].op == Op::log_softmax;
}));

// legalize: sums over axes that are not neighbours
static_assert(with_graph([](Trace& t, auto argument, auto result) {
  result(sum(argument(shape(dynamic, 3, 4)), axis<0, 2>));
  return count_of(legalize(t.root()), Op::reduce_sum) == 2;
}));

// fuse and plan: bias and activation are part of the product; results need no memory of their own
static_assert(with_graph([](Trace& t, auto argument, auto result) {
  result(relu(matmul(argument(shape(dynamic, 3)), argument(shape(3, 2))) + argument(shape(2))));
  const Plan p = plan_of(t.root());
  return p.steps.size() == 1 && p.arena_fixed + p.arena_counted == 0;
}));
static_assert(with_graph([](Trace& t, auto argument, auto result) {
  Symbol x = argument(shape(dynamic, 16));
  for (int k = 0; k < 5; ++k) x = softmax(x);
  result(x);
  const Plan p = plan_of(t.root());
  return p.steps.size() == 5 && p.arena_counted == 128 && p.kernel_starts.size() == 2;
}));
