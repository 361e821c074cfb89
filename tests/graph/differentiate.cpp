#include <tenon/graph/differentiate.hpp>

#include <limits>

#include "../support/gradient_check.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

TEST_CASE("what a loss does not depend on has a gradient of zero", "[graph][differentiate]") {
  Sketch g;
  const Symbol x = g.argument(shape(2)), y = g.argument(shape(dynamic, 2));
  CHECK(g.run({gradient(sum(x), y), gradient(sum(stop_gradient(y) * x), y)}, {{1, 2}, {1, 2, 3, 4}}, 2) == std::vector<Values>{{0, 0, 0, 0}, {0, 0, 0, 0}});
}

TEST_CASE("an operation without a derivative is a mistake, unless it is constant piece by piece", "[graph][differentiate]") {
  Sketch g;
  const Symbol x = g.argument(shape(3));
  CHECK(g.run({gradient(sum(floor(x) + round(x) + trunc(x) + ceil(x) + sign(x) + is_nan(x) + (x < 1) + (x == 2) + argmax(x, axis<0>)), x)}, {{1, 2, 3}})[0] == Values{0, 0, 0});
  CHECK(g.trace.mistake.problem == Problem::none);
  static_cast<void>(gradient(x + detail::unary(Op::call, x), x));
  CHECK(g.trace.mistake.problem == Problem::has_no_derivative);
}

TEST_CASE("gradients of what is used several times add up", "[graph][differentiate]") {
  Sketch g;
  const Symbol x = g.argument(shape(2)), y = x * x + 3 * x + x * x * x;
  CHECK(g.run({gradient(y, x)}, {{1, 2}})[0] == Values{2 + 3 + 3, 4 + 3 + 12});
}

TEST_CASE("a gradient is taken with respect to values in between", "[graph][differentiate]") {
  Sketch g;
  const Symbol x = g.argument(shape(2)), h = x * x, y = h * h * 2;
  List<Symbol> both;
  both.push_back(h), both.push_back(x);
  const List<Symbol> d = gradient(y, both);
  CHECK(g.run({d[0], d[1]}, {{1, 3}}) == std::vector<Values>{{4, 36}, {8, 216}});
}

TEST_CASE("a gradient can be differentiated again and again", "[graph][differentiate]") {
  Sketch g;
  Symbol x = g.argument(shape(1)), y = x * x * x * x * x;
  Values values;
  for (int k = 0; k < 6; ++k) {
    y = gradient(y, x);
    values.push_back(g.run({y}, {{2}})[0][0]);
  }
  CHECK(values == Values{80, 160, 240, 240, 120, 0});
}

TEST_CASE("nothing is computed for what is not asked for", "[graph][differentiate]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 3)), w = g.argument(shape(3, 2)), loss = sum(square(matmul(x, w)));
  const int before = support::count_of(g.graph(), Op::matmul);
  gradient(loss, w);
  CHECK(support::count_of(g.graph(), Op::matmul) == before + 1);  // none for x
}

TEST_CASE("the check of gradients finds a wrong one", "[support]") {
  const support::Function wrong = [](const std::vector<Symbol>& x) { return x[0] * stop_gradient(x[0]); };
  CHECK(support::gradient_error(wrong, {shape(2)}, {}) != "");
  CHECK(support::gradient_error([](const std::vector<Symbol>& x) { return x[0] * x[0]; }, {shape(2)}, {}) == "");
  CHECK(support::gradient_error([](const std::vector<Symbol>& x) { return x[0] * x[0] * stop_gradient(x[0]); }, {shape(2)}, {}, true) != "");
}

TEST_CASE("gradients at the limits of a function are TensorFlow's", "[graph][differentiate]") {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  const auto check = [](auto f, const Values& x, const Values& y, const Values& dx) {
    Sketch g;
    const Symbol a = g.argument(shape(static_cast<int>(x.size()))), b = f(a);
    const auto results = support::run<float>(g.with_results({b, gradient(b, a)}), {x});
    const auto same = [](const Values& got, const Values& wanted) {
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        INFO(i << ": " << got[i] << " instead of " << wanted[i]);
        CHECK((std::isnan(wanted[i]) ? std::isnan(got[i]) : std::isinf(wanted[i]) ? got[i] == wanted[i] : got[i] == Approx(wanted[i]).epsilon(2e-6)));
      }
    };
    same(results[0], y);
    same(results[1], dx);
  };
  check([](Symbol x) { return acosh(x); }, {-2, 0.5, 1, 2, 1.0001}, {nan, nan, 0, 1.3169579505920410, 0.014143191277980804}, {nan, nan, inf, 0.57735025882720947, 70.703041076660156});
  const auto product = [](Symbol x) { return prod(x); };
  check(product, {2, inf, 3}, {inf}, {inf, 6, inf});
  check(product, {2, -inf, -3}, {inf}, {inf, -6, -inf});
  check(product, {-inf, inf, 2}, {-inf}, {inf, -inf, -inf});
  check(product, {0, inf, 3}, {nan}, {inf, 0, nan});
  check(product, {0, 0, inf}, {nan}, {nan, nan, 0});
  check(product, {0, 2, 3}, {0}, {6, 0, 0});
  const auto most = [](Symbol x) { return logsumexp(x, axis<>); };
  check(most, {1, inf, 2}, {inf}, {0, nan, 0});
  check(most, {-inf, -inf}, {-inf}, {nan, nan});
  check(most, {inf, inf}, {inf}, {nan, nan});
  check(most, {1, -inf, 2}, {2.3132617473602295}, {0.26894142, 0, 0.73105858});
}
