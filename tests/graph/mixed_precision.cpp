// Where casts are put. That plans compute with them what they say is tested in random_graphs.cpp.
#include <tenon/graph/matmul.hpp>
#include <tenon/graph/under_policy.hpp>

#include "../support/catch.hpp"
#include "../support/plan_interpreter.hpp"
#include "../support/run_graph.hpp"

namespace tn = tenon;
using support::count_of;
using support::Values;
using tn::DType;
using tn::dynamic;
using tn::Op;
using tn::shape;

namespace {

tn::NodeGraph mixed(const support::Sketch& g, const std::vector<tn::Symbol>& results, bool weights = false) {
  return tn::MixedBfloat16::apply(pool_convolutions(legalize(simplify(g.with_results(results)))), weights);
}
/// The values of a type that reach memory, arguments included.
int stored(const tn::NodeGraph& g, DType type) {
  const tn::Fusion f = fuse(g);
  int count = 0;
  for (int id = 0; id < g.nodes.size(); ++id) count += g.nodes[id].dtype == type && f.stored[id] && g.nodes[id].op != Op::reshape;
  return count;
}

}  // namespace

TEST_CASE("mixed_precision rounds the operands of a product, not its result", "[graph]") {
  support::Sketch g;
  const auto x = g.argument(shape(1, 2)), w = g.argument(shape(2, 1));
  const tn::NodeGraph m = mixed(g, {matmul(x, w)});
  CHECK(count_of(m, Op::cast) == 2);
  // 1.01 is nearest to 1.0078125 and 3.003 to 3: eight significant bits. The sum of their product and 1/256 has more of them.
  CHECK(support::run(m, {{1.01, 1}, {3.003, 0x1p-8}})[0] == Values{3 * 1.0078125 + 0x1p-8});
  CHECK(support::run(g.with_results({matmul(x, w)}), {{1.01, 1}, {3.003, 0x1p-8}})[0] != Values{3 * 1.0078125 + 0x1p-8});
}

TEST_CASE("mixed_precision leaves everything but products alone", "[graph]") {
  support::Sketch g;
  const auto x = g.argument(shape(dynamic, 8));
  CHECK(mixed(g, {softmax(tanh(x) * 3), sum(x)}).nodes == simplify(g.with_results({softmax(tanh(x) * 3), sum(x)})).nodes);
}

TEST_CASE("mixed_precision casts a value once, under whatever shape it is seen", "[graph]") {
  support::Sketch g;
  const auto x = g.argument(shape(dynamic, 2, 3)), h = tanh(x), w = g.weight(shape(6, 4), 1), v = g.weight(shape(6, 5), 2);
  const auto flat = reshape(h, shape(dynamic, 6));
  const tn::NodeGraph m = mixed(g, {matmul(flat, w), matmul(flat, v)});
  CHECK(count_of(m, Op::cast) == 3);
  CHECK(stored(m, DType::bfloat16) == 3);
  const tn::Fusion f = fuse(m);
  for (int id = 0; id < m.nodes.size(); ++id)
    if (m.nodes[id].op == Op::tanh) CHECK(!f.stored[id]);  // only its cast is
}

TEST_CASE("a step of training stores activations and their gradients as bfloat16 only", "[graph]") {
  support::Sketch g;
  const auto x = g.argument(shape(dynamic, 8)), w = g.weight(shape(8, 6), 1), b = g.weight(shape(6), 2), v = g.weight(shape(6, 4), 3);
  const auto h = relu(matmul(x, w) + b), loss = sum(matmul(h, v) * matmul(h, v));
  tn::List<tn::Symbol> weights;
  for (const auto& symbol : {w, b, v}) weights.push_back(symbol);
  std::vector<tn::Symbol> results;
  for (const tn::Symbol& d : gradient(loss, weights)) results.push_back(d);
  const tn::NodeGraph m = mixed(g, results);
  const tn::Fusion f = fuse(m);
  for (int id = 0; id < m.nodes.size(); ++id) {
    if (m.nodes[id].op == Op::relu || m.nodes[id].op == Op::select) CHECK(!f.stored[id]);  // the mask of the gradient is read off the cast
    if (m.nodes[id].op == Op::reduce_sum) CHECK(f.rider[id] >= 0);                         // the gradient of the bias comes with a product
  }
  CHECK(stored(m, DType::bfloat16) == 6);  // x, w, v, h, and the gradients behind the two products
}

TEST_CASE("mixed_precision keeps a pooled convolution of which only the winners are needed, and reads its casts for them", "[graph]") {
  support::Sketch g;
  const auto x = g.argument(shape(dynamic, 4, 4, 1)), k = g.weight(shape(1, 1, 1, 2), 1);
  tn::Window one, two;
  one.groups = two.groups = 1;
  for (int i = 1; i <= 2; ++i) one.size[i] = one.stride[i] = one.dilation[i] = two.dilation[i] = 1, two.size[i] = two.stride[i] = 2;
  const auto h = x * 2, y = max_pool(convolve(h, k, one, tn::Padding::valid), two, tn::Padding::valid);
  tn::List<tn::Symbol> weights;
  weights.push_back(k);
  tn::NodeGraph pooled = pool_convolutions(legalize(simplify(g.with_results({y, gradient(sum(y), weights)[0]}))));
  const tn::Port last = pooled.results.back();
  pooled.results = {};
  pooled.results.push_back(last);  // nobody asks for y
  const tn::NodeGraph m = mixed_precision(pooled, DType::bfloat16);
  CHECK(count_of(m, Op::pooled_index) == 1);
  CHECK(count_of(m, Op::pooled_convolve) == 1);
  for (const tn::Node& v : m.nodes)
    if (v.op == Op::pooled_index) CHECK(m.nodes[v.axis].op == Op::pooled_convolve);
  const tn::Fusion f = fuse(m);
  for (int id = 0; id < m.nodes.size(); ++id)
    if (m.nodes[id].op == Op::mul) CHECK(!f.stored[id]);  // only its cast is
  Values numbers;  // of whose doubles 5, 7, 13, 15 win where the kernel is positive, otherwise 0, 2, 8, 10
  for (int i = 0; i < 16; ++i) numbers.push_back(i);
  CHECK(support::PlanInterpreter(m, plan(m, steps_of(m, f)), 1, {}).run({numbers, {1, -1}})[0] == Values{2 * (5 + 7 + 13 + 15), 2 * (0 + 2 + 8 + 10)});
}

TEST_CASE("weights that only products read can be given as they are read", "[graph]") {
  support::Sketch g;
  const auto x = g.argument(shape(dynamic, 8)), w = g.weight(shape(8, 6), 1), b = g.weight(shape(6), 2), v = g.weight(shape(6, 6), 3), u = g.weight(shape(2, 3, 4), 4);
  const std::vector<tn::Symbol> results{matmul(matmul(x, w) + b, v) + sum(v), matmul(x, reshape(u, shape(8, 3)))};
  const tn::NodeGraph m = mixed(g, results, true);
  const auto type = [&](int k) { return m.nodes[m.arguments[k].node].dtype; };
  CHECK(type(0) == DType::float32);   // no weight
  CHECK(type(1) == DType::bfloat16);
  CHECK(type(2) == DType::float32);   // read by no product
  CHECK(type(3) == DType::float32);   // read by a sum, too
  CHECK(type(4) == DType::bfloat16);  // under another shape
}
