#include <tenon/graph/identities.hpp>

#include <cmath>
#include <limits>

#include <tenon/graph/differentiate.hpp>
#include <tenon/graph/simplify.hpp>

#include "../support/catch.hpp"
#include "../support/run_graph.hpp"

using namespace tenon;
using support::count_of;
using support::Sketch;
using support::Values;

namespace {

/// A graph of x (2, 3) after simplification; that it still computes what this function does is checked.
NodeGraph simplified(Symbol (*f)(Symbol), double (*expected)(double) = nullptr) {
  Sketch g;
  const Symbol x = g.argument(shape(2, 3)), y = f(x);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  const NodeGraph s = simplify(g.with_results({y}));
  const Values v{-2, -0.5, 0, 0.25, 1, 3};
  const Values values = support::run(s, {v})[0];
  CHECK(values == g.run({y}, {v})[0]);
  for (std::size_t i = 0; expected != nullptr && i < v.size(); ++i) CHECK(values[i] == Approx(expected(v[i])));
  return s;
}
/// Is the result the argument itself?
bool is_argument(const NodeGraph& g) { return g.results[0].node == g.arguments[0].node; }
bool is_number(const NodeGraph& g, double value) { return is_constant(g, g.results[0].node, value); }
Op result_of(const NodeGraph& g) { return g.nodes[g.results[0].node].op; }

}  // namespace

TEST_CASE("neutral elements vanish", "[graph][identities]") {
  CHECK(is_argument(simplified([](Symbol x) { return x + 0; })));
  CHECK(is_argument(simplified([](Symbol x) { return 0 + x; })));
  CHECK(is_argument(simplified([](Symbol x) { return x - 0; })));
  CHECK(is_argument(simplified([](Symbol x) { return x * 1; })));
  CHECK(is_argument(simplified([](Symbol x) { return 1 * x; })));
  CHECK(is_argument(simplified([](Symbol x) { return x / 1; })));
  CHECK(is_argument(simplified([](Symbol x) { return x + zeros_like(x); })));
  CHECK(is_argument(simplified([](Symbol x) { return x * ones_like(x); })));
  CHECK(is_argument(simplified([](Symbol x) { return -(-x); })));
  CHECK(result_of(simplified([](Symbol x) { return 0 - x; }, [](double x) { return -x; })) == Op::neg);
  CHECK(result_of(simplified([](Symbol x) { return x * -1; }, [](double x) { return -x; })) == Op::neg);
  CHECK(result_of(simplified([](Symbol x) { return -1 * x; }, [](double x) { return -x; })) == Op::neg);
  CHECK(count_of(simplified([](Symbol x) { return relu(relu(x)); }, [](double x) { return std::fmax(x, 0); }), Op::relu) == 1);
  CHECK(is_argument(simplified([](Symbol x) { return select(x > 0, x, x); })));
  CHECK(is_argument(simplified([](Symbol x) { return select(ones_like(x), x, x * 2); })));
  CHECK(result_of(simplified([](Symbol x) { return select(zeros_like(x), x, x * 2); }, [](double x) { return 2 * x; })) == Op::mul);
}

TEST_CASE("numbers are computed while compiling", "[graph][identities]") {
  CHECK(is_number(simplified([](Symbol x) { return constant(x, 2) + 3; }), 5));
  CHECK(is_number(simplified([](Symbol x) { return constant(x, 2) - 3; }), -1));
  CHECK(is_number(simplified([](Symbol x) { return constant(x, 2) * 3; }), 6));
  CHECK(is_number(simplified([](Symbol x) { return constant(x, 3) / 2; }), 1.5));
  CHECK(is_number(simplified([](Symbol x) { return -constant(x, 3); }), -3));
  CHECK(is_number(simplified([](Symbol x) { return minimum(constant(x, 3), 2); }), 2));
  CHECK(is_number(simplified([](Symbol x) { return maximum(constant(x, 3), 2); }), 3));
  CHECK(is_number(simplified([](Symbol x) { return reshape(ones_like(x) * 4, shape(6)); }), 4));
  CHECK(!is_number(simplified([](Symbol x) { return x * 0; }), 0));  // x may be NaN
  Sketch g;
  const Symbol quotient = constant(g.argument(shape()), 1) / 0;
  CHECK(g.run({quotient}, {{0}})[0][0] == std::numeric_limits<double>::infinity());
}

TEST_CASE("views of views are one view, and views that change nothing vanish", "[graph][identities]") {
  CHECK(is_argument(simplified([](Symbol x) { return reshape(x, shape(2, 3)); })));
  CHECK(is_argument(simplified([](Symbol x) { return reshape(reshape(x, shape(6)), shape(2, 3)); })));
  CHECK(is_argument(simplified([](Symbol x) { return transpose(transpose(x)); })));
  CHECK(is_argument(simplified([](Symbol x) { return broadcast_to(x, shape(2, 3)); })));
  CHECK(is_argument(simplified([](Symbol x) { return slice(x, axis<1>, 0, 3); })));
  CHECK(is_argument(simplified([](Symbol x) { return pad(x, axis<1>, 0, 0); })));
  CHECK(is_argument(simplified([](Symbol x) { return detail::reduce(Op::reduce_sum, x, 0); })));
  CHECK(simplified([](Symbol x) { return reshape(reshape(x, shape(6)), shape(3, 2)); }).nodes.size() == 2);
  CHECK(simplified([](Symbol x) { return broadcast_to(broadcast_to(x, shape(4, 2, 3)), shape(2, 4, 2, 3)); }).nodes.size() == 2);
  const NodeGraph turned = simplified([](Symbol x) { return transpose(transpose(reshape(x, shape(1, 2, 3)), axis<1, 2, 0>), axis<1, 0, 2>); });
  CHECK(count_of(turned, Op::transpose) == 1);
}

TEST_CASE("the logarithm of a softmax or sigmoid becomes its stable form", "[graph][identities]") {
  CHECK(result_of(simplified([](Symbol x) { return log(softmax(x)); })) == Op::log_softmax);
  CHECK(result_of(simplified([](Symbol x) { return exp(log_softmax(x)); })) == Op::softmax);
  Sketch g;
  const Symbol x = g.argument(shape(2, 2));
  const auto log_of = [](Symbol p) { return log(clip(p / sum(p, axis<-1>, keep_dims), 1e-7, 1 - 1e-7)); };  // as losses write it
  const NodeGraph s = simplify(g.with_results({log_of(softmax(x))}));
  CHECK(result_of(s) == Op::log_softmax);
  CHECK(support::run(s, {{0, 1000, 0, 0}})[0] == Values{-1000, 0, -std::log(2), -std::log(2)});
  CHECK(count_of(simplify(g.with_results({log_of(abs(x))})), Op::log) == 1);

  const NodeGraph yes = simplify(g.with_results({log(clip(sigmoid(x), 1e-7, 1 - 1e-7))})), no = simplify(g.with_results({log(1 - clip(sigmoid(x), 1e-7, 1 - 1e-7))}));
  CHECK((count_of(yes, Op::log) == 0 && count_of(yes, Op::softplus) == 1));
  CHECK((count_of(no, Op::log) == 0 && count_of(no, Op::softplus) == 1));
  CHECK(support::run(yes, {{-1000, 1000, 0, 1}})[0][0] == -1000);
  CHECK(support::run(no, {{-1000, 1000, 0, 1}})[0][1] == -1000);
  CHECK(support::run(no, {{-1000, 1000, 0, 1}})[0][3] == Approx(std::log(1 - 1 / (1 + std::exp(-1)))));
}

TEST_CASE("behind ReLU and dropout the gradient asks one question only", "[graph][identities]") {
  const auto gradient_of = [](double scale) {
    struct Result { int randoms, comparisons; bool right; };
    Sketch g;
    const Symbol x = g.argument(shape(4, 5)), w = g.argument(shape(4, 5)), r = relu(x), kept = random_uniform(x, x.shape()) >= 0.4;
    const Symbol y = select(kept, r * scale, 0);
    const Symbol d = gradient(sum(y * w), x);
    Random random(1);
    const Values xs = support::random_values(20, random, -1, 1), ws = support::random_values(20, random, -1, 1);
    const auto values = g.run({y, d}, {xs, ws}, 1, {3, 4});
    bool right = true;
    for (std::size_t i = 0; i < 20; ++i) right = right && values[1][i] == Approx(values[0][i] != 0 ? scale * ws[i] : 0);
    const NodeGraph s = simplify(g.with_results({d}));
    return Result{count_of(s, Op::random), count_of(s, Op::greater), right};
  };
  const auto dropped = gradient_of(1 / 0.6), shrunk = gradient_of(0.5);
  CHECK(dropped.right);
  CHECK(dropped.comparisons == 1);
  CHECK(shrunk.right);  // y may have become 0 where relu(x) was not: not the same question
}
