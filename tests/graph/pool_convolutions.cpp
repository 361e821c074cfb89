// Convolutions that are pooled, on graphs whose rewriting is known.
#include <tenon/graph/pool_convolutions.hpp>

#include "../support/catch.hpp"
#include "../support/plan_interpreter.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

Window window_of(int size, int stride) {
  Window w;
  w.groups = 1;
  for (int i = 1; i <= 2; ++i) w.size[i] = size, w.stride[i] = stride, w.dilation[i] = 1;
  return w;
}
int count_of(const NodeGraph& g, Op op) {
  int n = 0;
  for (int id = 0; id < g.nodes.size(); ++id) n += g.nodes[id].op == op;
  return n;
}

/// relu(x * k + b), pooled, and what a loss needs of it.
struct Pooled {
  Sketch g;
  Symbol x = g.argument(shape(dynamic, 7, 6, 3)), k = g.weight(shape(3, 3, 3, 4), 0), b = g.weight(shape(4), 1);
  Symbol z = convolve(x, k, window_of(3, 1), Padding::same);
  Symbol y = max_pool(relu(z + b), window_of(2, 2), Padding::valid);
  List<Symbol> gradients() {
    List<Symbol> of;
    of.push_back(x), of.push_back(k), of.push_back(b);
    return gradient(sum(y * y), of);
  }
};

/// The rewritten graph, after a check that it is planned to compute the same.
NodeGraph rewritten(const NodeGraph& traced) {
  const NodeGraph g = pool_convolutions(legalize(simplify(traced)));
  Random random(5);
  for (const long batch : {1L, 3L}) {
    std::vector<Values> arguments;
    for (const Port& p : traced.arguments) arguments.push_back(support::random_values(support::count(traced, p.node, batch), random, -1, 1));
    const auto expected = support::run(traced, arguments, batch), actual = support::PlanInterpreter(g, plan(g, steps_of(g, fuse(g))), batch, {}).run(arguments);
    for (std::size_t r = 0; r < expected.size(); ++r)
      for (std::size_t i = 0; i < expected[r].size(); ++i) CHECK(actual[r][i] == Approx(expected[r][i]).epsilon(1e-12).margin(1e-12));
  }
  return g;
}

}  // namespace

TEST_CASE("Pooling comes before what keeps the order of numbers", "[graph][pool_convolutions]") {
  Pooled p;
  CHECK(p.y.node().op == Op::relu);
  const NodeGraph g = simplify(p.g.with_results({p.y}));
  CHECK(g.nodes[g.nodes[g.results[0].node].in[0]].op == Op::add);
  CHECK(count_of(g, Op::max_pool) == 1);
}

TEST_CASE("A convolution and its pooling become one step", "[graph][pool_convolutions]") {
  Pooled p;
  const NodeGraph g = rewritten(p.g.with_results({p.y}));
  CHECK(count_of(g, Op::pooled_convolve) == 1);
  CHECK(count_of(g, Op::pooled_index) == 0);  // nobody asks which one it was
  CHECK(count_of(g, Op::convolve) + count_of(g, Op::max_pool) == 0);
  CHECK(plan(g, steps_of(g, fuse(g))).steps.size() == 1);  // bias and ReLU are its epilogue
}

TEST_CASE("The gradients of a pooled convolution are never spread out", "[graph][pool_convolutions]") {
  Pooled p;
  const auto d = p.gradients();
  const NodeGraph g = rewritten(p.g.with_results({p.y, d[0], d[1], d[2]}));
  CHECK(count_of(g, Op::pooled_convolve) == 1);
  CHECK(count_of(g, Op::pooled_index) == 1);
  CHECK(count_of(g, Op::pooled_input_gradient) == 1);
  CHECK(count_of(g, Op::pooled_kernel_gradient) == 1);
  CHECK(count_of(g, Op::max_pool_scatter) + count_of(g, Op::convolve_input_gradient) + count_of(g, Op::convolve_kernel_gradient) == 0);
}

TEST_CASE("A convolution that others read is left as it is", "[graph][pool_convolutions]") {
  SECTION("as a result") {
    Pooled p;
    const auto d = p.gradients();
    const NodeGraph g = rewritten(p.g.with_results({p.y, p.z, d[1]}));
    CHECK(count_of(g, Op::pooled_convolve) == 0);
    CHECK(count_of(g, Op::max_pool_scatter) == 1);
  }
  SECTION("by another operation") {
    Pooled p;
    const auto d = gradient(sum(p.y * p.y) + sum(tanh(p.z)), p.k);
    CHECK(count_of(rewritten(p.g.with_results({p.y, d})), Op::pooled_convolve) == 0);
  }
  SECTION("by another pool") {
    Pooled p;
    const Symbol other = max_pool(p.z, window_of(3, 2), Padding::valid);
    CHECK(count_of(rewritten(p.g.with_results({p.y, other})), Op::pooled_convolve) == 0);
  }
}

TEST_CASE("Windows that overlap, are padded or are not 2 x 2 are pooled as they are", "[graph][pool_convolutions]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 7, 7, 2)), k = g.weight(shape(3, 3, 2, 4), 0), z = convolve(x, k, window_of(3, 1), Padding::same);
  for (const Symbol& y : {max_pool(z, window_of(3, 3), Padding::valid), max_pool(z, window_of(2, 1), Padding::valid), max_pool(z, window_of(2, 2), Padding::same)}) {
    const NodeGraph out = rewritten(g.with_results({y, gradient(sum(y * y), k)}));
    CHECK(count_of(out, Op::pooled_convolve) == 0);
    CHECK(count_of(out, Op::max_pool) == 1);
  }
}

TEST_CASE("The gradient of a gradient through pooling is right", "[graph][pool_convolutions]") {
  Pooled p;
  const Symbol first = p.gradients()[1];
  rewritten(p.g.with_results({gradient(sum(first * first), p.k), gradient(sum(first * first), p.x)}));
}
