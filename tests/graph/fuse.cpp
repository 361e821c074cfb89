// What becomes one kernel, on graphs whose fusions are known.
#include <tenon/graph/fuse.hpp>

#include "../support/catch.hpp"
#include "../support/plan_interpreter.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

/// A graph, what the passes make of it, and that it still computes the same.
struct Planned_graph {
  NodeGraph graph;
  Fusion fusion;
  Plan plan;

  explicit Planned_graph(const NodeGraph& traced) : graph(legalize(simplify(traced))), fusion(fuse(graph)), plan(tenon::plan(graph, steps_of(graph, fusion))) {
    Random random(3);
    std::vector<Values> arguments;
    for (const Port& p : traced.arguments) arguments.push_back(support::random_values(support::count(traced, p.node, 3), random));
    const auto expected = support::run(traced, arguments, 3, {1, 2});
    const auto actual = support::PlanInterpreter(graph, plan, 3, {1, 2}).run(arguments);
    for (std::size_t r = 0; r < expected.size(); ++r)
      for (std::size_t i = 0; i < expected[r].size(); ++i) {
        INFO("result " << r << " at " << i);
        CHECK(actual[r][i] == Approx(expected[r][i]).epsilon(1e-12).margin(1e-13));
      }
  }
  int steps() const { return plan.steps.size(); }
  int kernels(KernelKind kind) const {
    int n = 0;
    for (const PlannedStep& s : plan.steps) n += plan.words[plan.kernel_starts[s.kernel]] == static_cast<long>(kind);
    return n;
  }
  /// How many values of this operation reach memory.
  int stored(Op op) const {
    int n = 0;
    for (int id = 0; id < graph.nodes.size(); ++id) n += graph.nodes[id].op == op && fusion.stored[id];
    return n;
  }
  int hosts() const {
    int n = 0;
    for (const int host : fusion.host) n += host >= 0;
    return n;
  }
  int riders() const {
    int n = 0;
    for (const int rider : fusion.rider) n += rider >= 0;
    return n;
  }
};
Window window3x3() {
  Window w;
  w.groups = 1;
  for (int i = 1; i <= 2; ++i) w.size[i] = 3, w.stride[i] = 1, w.dilation[i] = 1;
  return w;
}

}  // namespace

TEST_CASE("a chain of elementwise operations is one kernel", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), b = g.argument(shape(3)), y = tanh(x * 2 + b) - exp(-square(x));
  const Planned_graph p(g.with_results({y}));
  CHECK(p.steps() == 1);
  CHECK(p.plan.arena_fixed + p.plan.arena_counted == 0);
}

TEST_CASE("several results of one chain come from one kernel", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), h = tanh(x);
  CHECK(Planned_graph(g.with_results({h, h * h, 1 - h * h})).steps() == 1);
}

TEST_CASE("bias and activation are the epilogue of a product", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 5)), w = g.argument(shape(5, 4)), b = g.argument(shape(4));
  CHECK(Planned_graph(g.with_results({relu(matmul(x, w) + b)})).steps() == 1);
  const Symbol z = matmul(x, w) + b;
  const Planned_graph p(g.with_results({tanh(z), z, 1 - square(tanh(z))}));
  CHECK(p.steps() == 1);
  CHECK(p.stored(Op::matmul) == 1);
}

TEST_CASE("bias and activation are the epilogue of a product of stacks, and of one seen under another shape", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3, 5)), w = g.argument(shape(5, 4)), b = g.argument(shape(4)), scale = g.argument(shape(dynamic, 3, 1));
  CHECK(Planned_graph(g.with_results({relu(matmul(x, w) + b)})).steps() == 1);
  CHECK(Planned_graph(g.with_results({matmul(x, w) * scale})).steps() == 1);  // one number per row
}

TEST_CASE("bias and activation are the epilogue of a convolution", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 5, 5, 2)), k = g.argument(shape(3, 3, 2, 4)), b = g.argument(shape(4));
  const Planned_graph p(g.with_results({relu(convolve(x, k, window3x3(), Padding::same) + b)}));
  CHECK(p.steps() == 1);
  CHECK(p.kernels(KernelKind::convolve) == 1);
}

TEST_CASE("a product that is read beside its epilogue is stored as well", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 5)), w = g.argument(shape(5, 4)), z = matmul(x, w);
  const Planned_graph p(g.with_results({relu(z + 1), sum(z, axis<1>)}));
  CHECK(p.hosts() == 1);
  CHECK(p.steps() == 2);
}

TEST_CASE("the derivative of an activation is the epilogue of the product before it, and a mask is never stored", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 6)), w1 = g.argument(shape(6, 5)), b1 = g.argument(shape(5)), w2 = g.argument(shape(5, 4)), b2 = g.argument(shape(4));
  const Symbol h = relu(matmul(x, w1) + b1), dropped = select(random_uniform(h, h.shape()) >= 0.25, h * (1 / 0.75), 0), y = matmul(dropped, w2) + b2;
  List<Symbol> weights;
  for (const Symbol& w : {w1, b1, w2, b2}) weights.push_back(w);
  std::vector<Symbol> results{y};
  for (const Symbol& d : gradient(sum(square(y)), weights)) results.push_back(d);
  const Planned_graph p(g.with_results(results));
  CHECK(p.stored(Op::greater) == 0);
  CHECK(p.stored(Op::greater_equal) == 0);
  CHECK(p.stored(Op::random) == 0);
  CHECK(p.riders() == 2);  // both bias gradients come with the gradients of the kernels
  CHECK(p.kernels(KernelKind::reduce) == 0);
  CHECK(p.kernels(KernelKind::product) == 5);
}

TEST_CASE("the bias gradient of a convolution comes with the gradient of its kernel", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 5, 5, 2)), k = g.argument(shape(3, 3, 2, 4)), b = g.argument(shape(4));
  const Symbol y = relu(convolve(x, k, window3x3(), Padding::same) + b);
  List<Symbol> weights;
  weights.push_back(k), weights.push_back(b);
  const auto d = gradient(sum(y * y), weights);
  const Planned_graph p(g.with_results({d[0], d[1]}));
  CHECK(p.riders() == 1);
  CHECK(p.kernels(KernelKind::reduce) == 0);
}

TEST_CASE("two products do not wait for each other", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), v = g.argument(shape(3, 3)), w = g.argument(shape(3, 3)), a = matmul(x, v), b = matmul(x, w);
  CHECK(Planned_graph(g.with_results({a + b, a - b})).hosts() == 1);
  CHECK(Planned_graph(g.with_results({sigmoid(a) * tanh(b)})).steps() == 2);
}

TEST_CASE("an epilogue does not read the sum that its own product delivers", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), dz = g.argument(shape(dynamic, 4)), dw = detail::product(x, dz, Transposed::left), db = sum(dz, axis<0>);
  const Planned_graph p(g.with_results({dw + db}));
  CHECK(p.riders() == 1);
  CHECK(p.hosts() == 0);
}

TEST_CASE("a sum does not ride in a product that reads it, or that sums something else", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), dz = g.argument(shape(dynamic, 4)), total = sum(dz, axis<0>);
  CHECK(Planned_graph(g.with_results({detail::product(x + sum(total), dz, Transposed::left), total})).riders() == 0);
  const Symbol wide = reshape(g.argument(shape(6, 4)), shape(3, 8));
  const Symbol y = g.argument(shape(6, 2));
  CHECK(Planned_graph(g.with_results({detail::product(y, reshape(wide, shape(6, 4)), Transposed::left), sum(wide, axis<0>)})).riders() == 0);
}

TEST_CASE("an epilogue reads only what lies beside its product", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(4, 3)), w = g.argument(shape(3, 4)), z = matmul(x, w), large = g.argument(shape(9, 4)), column = g.argument(shape(4, 1));
  const auto hosts = [&](Symbol y) { return Planned_graph(g.with_results({y})).hosts(); };
  CHECK(hosts(z + column) == 1);
  CHECK(hosts(z + transpose(column)) == 1);
  CHECK(hosts(z + slice(large, axis<0>, 0, 4)) == 1);
  CHECK(hosts(z + slice(large, axis<0>, 0, 8, 2)) == 0);  // leaves out rows
  CHECK(hosts(z + transpose(z)) == 0);
  CHECK(hosts(z + slice(reshape(large, shape(36)), axis<0>, 3, 7)) == 0);
  CHECK(hosts(z * random_uniform(z, z.shape())) == 1);
  CHECK(hosts(z * iota(z, z.shape(), 1)) == 0);  // the axes of a product are rows and columns
}

TEST_CASE("an expensive value is stored once for two kernels, a cheap one is computed in both", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 4)), w = g.argument(shape(4, 4));
  const auto stored_between = [&](Symbol h) {  // h is read by two groups
    const Planned_graph p(g.with_results({h * 2, select(h > 0, matmul(tanh(matmul(x, w)), w), 0)}));
    int n = 0;
    for (int id = 0; id < p.graph.nodes.size(); ++id) n += p.fusion.stored[id] && is_elementwise(p.graph.nodes[id].op);
    return n - 3;  // the two results, and what the second product reads
  };
  CHECK(stored_between(exp(sin(x))) == 1);
  CHECK(stored_between(abs(x)) == 0);
}

TEST_CASE("an epilogue may see its product under another shape, if it reads only what lies alike", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(4, 3)), w = g.argument(shape(3, 6)), like = g.argument(shape(4, 2, 3)), row = g.argument(shape(3));
  const Symbol z = reshape(matmul(x, w), shape(4, 2, 3));
  CHECK(Planned_graph(g.with_results({select(like > 0, z, 0)})).hosts() == 1);
  CHECK(Planned_graph(g.with_results({z + row})).hosts() == 0);
}

TEST_CASE("dropout is part of the epilogue, in both directions", "[graph][fuse]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 6)), w = g.weight(shape(6, 5), 0), b = g.weight(shape(5), 1), v = g.weight(shape(5, 4), 2);
  const Symbol r = relu(matmul(x, w) + b), h = select(random_uniform(r, r.shape()) >= 0.25, r * (1 / 0.75), 0), y = matmul(h, v);
  const Planned_graph p(g.with_results({y, gradient(sum(y * y), w)}));
  CHECK(p.steps() == 4);  // x w, h v, dh, dw: the mask is in the sign of h
  CHECK(p.hosts() == 3);
  CHECK(p.stored(Op::relu) == 0);
}
