#include <tenon/graph/elementwise.hpp>

#include <cmath>
#include <limits>

#include "../support/gradient_check.hpp"

using namespace tenon;
using support::Points;
using support::Sketch;
using support::Values;

namespace {

struct Unary {
  const char* name;
  Symbol (*symbol)(Symbol);
  double (*number)(double);
  double low, high;    ///< a range without kinks
  bool signs = false;  ///< also its mirror image
  double tolerance = 1e-12;
};
double digamma_by_differences(double x) { return (std::lgamma(x + 1e-5) - std::lgamma(x - 1e-5)) / 2e-5; }
double trigamma_by_its_series(double x) {
  constexpr int terms = 100000;
  double sum = 1 / (x + terms - 0.5);  // what comes behind them, as an integral
  for (int k = terms - 1; k >= 0; --k) sum += 1 / ((x + k) * (x + k));
  return sum;
}

constexpr Unary unaries[] = {
  {"neg", [](Symbol x) { return -x; }, [](double x) { return -x; }, -2, 2},
  {"abs", abs, std::fabs, 0.1, 2, true},
  {"reciprocal", reciprocal, [](double x) { return 1 / x; }, 0.3, 2, true},
  {"square", square, [](double x) { return x * x; }, -2, 2},
  {"sqrt", sqrt, std::sqrt, 0.2, 3},
  {"rsqrt", rsqrt, [](double x) { return 1 / std::sqrt(x); }, 0.2, 3},
  {"cbrt", cbrt, std::cbrt, 0.2, 3, true},
  {"exp", exp, std::exp, -2, 2},
  {"exp2", exp2, std::exp2, -2, 2},
  {"expm1", expm1, std::expm1, -2, 2},
  {"log", log, std::log, 0.2, 3},
  {"log2", log2, std::log2, 0.2, 3},
  {"log10", log10, std::log10, 0.2, 3},
  {"log1p", log1p, std::log1p, -0.7, 3},
  {"sin", sin, std::sin, -4, 4},
  {"cos", cos, std::cos, -4, 4},
  {"tan", tan, std::tan, -1.2, 1.2},
  {"asin", asin, std::asin, -0.8, 0.8},
  {"acos", acos, std::acos, -0.8, 0.8},
  {"atan", atan, std::atan, -3, 3},
  {"sinh", sinh, std::sinh, -2, 2},
  {"cosh", cosh, std::cosh, -2, 2},
  {"tanh", tanh, std::tanh, -2, 2},
  {"asinh", asinh, std::asinh, -3, 3},
  {"acosh", acosh, std::acosh, 1.3, 4},
  {"atanh", atanh, std::atanh, -0.8, 0.8},
  {"erf", erf, std::erf, -2, 2},
  {"erfc", erfc, std::erfc, -2, 2},
  {"normal_cdf", normal_cdf, [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }, -3, 3},
  {"normal_pdf", normal_pdf, [](double x) { return std::exp(-x * x / 2) / std::sqrt(2 * 3.14159265358979323846); }, -3, 3},
  {"lgamma", lgamma, std::lgamma, 0.3, 6},
  {"digamma", digamma, digamma_by_differences, 0.3, 6, false, 1e-8},
  {"trigamma", trigamma, trigamma_by_its_series, 0.3, 6, false, 1e-10},
  {"sigmoid", sigmoid, [](double x) { return 1 / (1 + std::exp(-x)); }, -5, 5},
  {"softplus", softplus, [](double x) { return std::log(1 + std::exp(x)); }, -5, 5},
  {"relu", relu, [](double x) { return x > 0 ? x : 0; }, 0.1, 2, true},
};

struct Binary {
  const char* name;
  Symbol (*symbol)(Symbol, Symbol);
  double (*number)(double, double);
  Points points{};
};
const Binary binaries[] = {
  {"add", [](Symbol a, Symbol b) { return a + b; }, [](double a, double b) { return a + b; }},
  {"sub", [](Symbol a, Symbol b) { return a - b; }, [](double a, double b) { return a - b; }},
  {"mul", [](Symbol a, Symbol b) { return a * b; }, [](double a, double b) { return a * b; }},
  {"div", [](Symbol a, Symbol b) { return a / b; }, [](double a, double b) { return a / b; }, {.low = 0.3, .high = 2, .signs = true}},
  {"pow", [](Symbol a, Symbol b) { return pow(a, b); }, [](double a, double b) { return std::pow(a, b); }, {.low = 0.3, .high = 2}},
  {"mod", [](Symbol a, Symbol b) { return fmod(a, b * 0.37); }, [](double a, double b) { return std::fmod(a, b * 0.37); }, {.low = 0.5, .high = 2, .signs = true}},
  {"atan2", [](Symbol a, Symbol b) { return atan2(a, b); }, [](double a, double b) { return std::atan2(a, b); }, {.low = 0.3, .high = 2, .signs = true}},
  {"hypot", [](Symbol a, Symbol b) { return hypot(a, b); }, [](double a, double b) { return std::hypot(a, b); }, {.low = 0.3, .high = 2, .signs = true}},
  {"minimum", [](Symbol a, Symbol b) { return minimum(a, b); }, [](double a, double b) { return std::fmin(a, b); }},
  {"maximum", [](Symbol a, Symbol b) { return maximum(a, b); }, [](double a, double b) { return std::fmax(a, b); }},
};

double value_of(Symbol (*f)(Symbol), double x) {
  Sketch g;
  const Symbol a = g.argument(shape(1));
  return g.run({f(a)}, {{x}})[0][0];
}
double value_of(Symbol (*f)(Symbol, Symbol), double x, double y) {
  Sketch g;
  const Symbol a = g.argument(shape(1)), b = g.argument(shape(1));
  return g.run({f(a, b)}, {{x}, {y}})[0][0];
}
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("operations on one number compute what <cmath> computes", "[graph][elementwise]") {
  for (const Unary& u : unaries)
    for (int i = 0; i <= 10; ++i) {
      const double x = u.low + (u.high - u.low) * i / 10;
      INFO(u.name << " of " << x);
      CHECK(value_of(u.symbol, x) == Approx(u.number(x)).epsilon(u.tolerance).margin(1e-14));
      if (u.signs) CHECK(value_of(u.symbol, -x) == Approx(u.number(-x)).epsilon(u.tolerance).margin(1e-14));
    }
  for (const double x : {20.0, -0.6, -2.4}) {
    CHECK(value_of(&digamma, x) == Approx(digamma_by_differences(x)).epsilon(1e-8));
    CHECK(value_of(&trigamma, x) == Approx(trigamma_by_its_series(x)).epsilon(1e-10));
  }
  CHECK(value_of(&trigamma, 1) == Approx(1.6449340668482264).epsilon(1e-10));  // pi^2 / 6
}

TEST_CASE("operations on one number pass gradients and gradients of gradients", "[graph][elementwise]") {
  for (const Unary& u : unaries) {
    INFO(u.name);
    const support::Function f = [&](const std::vector<Symbol>& x) { return u.symbol(x[0]); };
    support::check_gradients(f, {shape(7)}, {.low = u.low, .high = u.high, .signs = u.signs});
    support::check_second_derivatives(f, {shape(7)}, {.low = u.low, .high = u.high, .signs = u.signs, .tolerance = 1e-5});
  }
}

TEST_CASE("operations on two numbers compute what <cmath> computes, and pass gradients", "[graph][elementwise]") {
  for (const Binary& b : binaries) {
    INFO(b.name);
    Sketch g;
    const Symbol x = g.argument(shape(9)), y = g.argument(shape(9)), z = b.symbol(x, y);
    const auto arguments = support::points(g.graph(), b.points);
    const Values values = g.run({z}, arguments)[0];
    for (std::size_t i = 0; i < values.size(); ++i) CHECK(values[i] == Approx(b.number(arguments[0][i], arguments[1][i])).epsilon(1e-13));
    const support::Function f = [&](const std::vector<Symbol>& v) { return b.symbol(v[0], v[1]); };
    support::check_gradients(f, {shape(9), shape(9)}, b.points);
    support::check_gradients(f, {shape(dynamic, 3, 1), shape(2)}, b.points);
    support::check_second_derivatives(f, {shape(9), shape(9)}, b.points);
  }
}

TEST_CASE("roundings and comparisons have no gradient, and halves round to even", "[graph][elementwise]") {
  CHECK(value_of(&tenon::floor, -1.5) == -2);
  CHECK(value_of(&tenon::ceil, -1.5) == -1);
  CHECK(value_of(&tenon::trunc, -1.5) == -1);
  for (const auto& [x, expected] : {std::pair{0.5, 0.}, {1.5, 2.}, {2.5, 2.}, {-0.5, 0.}, {-1.5, -2.}, {2.4, 2.}}) CHECK(value_of(&tenon::round, x) == expected);
  CHECK(value_of(sign, -3) == -1);
  CHECK(value_of(sign, 0) == 0);
  CHECK(value_of(sign, 2) == 1);
  CHECK(value_of([](Symbol a, Symbol b) { return a < b; }, 1, 2) == 1);
  CHECK(value_of([](Symbol a, Symbol b) { return a < b; }, 2, 2) == 0);
  CHECK(value_of([](Symbol a, Symbol b) { return a <= b; }, 2, 2) == 1);
  CHECK(value_of([](Symbol a, Symbol b) { return a > b; }, 2, 2) == 0);
  CHECK(value_of([](Symbol a, Symbol b) { return a >= b; }, 2, 2) == 1);
  CHECK(value_of([](Symbol a, Symbol b) { return a == b; }, 2, 2) == 1);
  CHECK(value_of([](Symbol a, Symbol b) { return a != b; }, 2, 2) == 0);
  CHECK(value_of([](Symbol a, Symbol b) { return a == b; }, not_a_number, not_a_number) == 0);
  CHECK(value_of(is_nan, not_a_number) == 1);
  CHECK(value_of(is_nan, infinity) == 0);
  for (Symbol (*f)(Symbol) : {&tenon::floor, &tenon::ceil, &tenon::trunc, &tenon::round, &sign, &is_nan}) {
    Sketch g;
    const Symbol x = g.argument(shape(3));
    CHECK(g.run({gradient(f(x), x)}, {{-1.2, 0.3, 2.6}})[0] == Values{0, 0, 0});
  }
}

TEST_CASE("stop_gradient passes the value, not the gradient", "[graph][elementwise]") {
  Sketch g;
  const Symbol x = g.argument(shape(2));
  CHECK(g.run({stop_gradient(x * x), gradient(stop_gradient(x * x) * x, x)}, {{2, 3}}) == std::vector<Values>{{4, 9}, {4, 9}});
}

TEST_CASE("NaN comes through minimum, maximum, clip, relu, softplus and sigmoid", "[graph][elementwise]") {
  const auto is_nan_of = [](double x) { return std::isnan(x); };
  CHECK(is_nan_of(value_of([](Symbol a, Symbol b) { return minimum(a, b); }, not_a_number, 1)));
  CHECK(is_nan_of(value_of([](Symbol a, Symbol b) { return minimum(a, b); }, 1, not_a_number)));
  CHECK(is_nan_of(value_of([](Symbol a, Symbol b) { return maximum(a, b); }, not_a_number, 1)));
  CHECK(is_nan_of(value_of([](Symbol a, Symbol b) { return maximum(a, b); }, 1, not_a_number)));
  CHECK(is_nan_of(value_of([](Symbol x) { return clip(x, -1, 1); }, not_a_number)));
  CHECK(is_nan_of(value_of(relu, not_a_number)));
  CHECK(is_nan_of(value_of(softplus, not_a_number)));
  CHECK(is_nan_of(value_of(sigmoid, not_a_number)));
}

TEST_CASE("sigmoid and softplus do not overflow", "[graph][elementwise]") {
  CHECK(value_of(sigmoid, 1000) == 1);
  CHECK(value_of(sigmoid, -1000) == 0);
  CHECK(value_of(sigmoid, -700) > 0);
  CHECK(value_of(softplus, 1000) == 1000);
  CHECK(value_of(softplus, -1000) == 0);
  CHECK(value_of(softplus, infinity) == infinity);
}

TEST_CASE("select and clip choose element by element", "[graph][elementwise]") {
  Sketch g;
  const Symbol c = g.argument(shape(4)), a = g.argument(shape(2, 1)), b = g.argument(shape());
  CHECK(g.run({select(c, a, b)}, {{0, 1, -2, 0}, {7, 8}, {9}})[0] == Values{9, 7, 7, 9, 9, 8, 8, 9});
  CHECK(g.run({clip(c, -1, 0.5), clip(c, b, 9)}, {{0, 1, -2, 0}, {7, 8}, {9}}) == std::vector<Values>{{0, 0.5, -1, 0}, {9, 9, 9, 9}});
  support::check_gradients([](const std::vector<Symbol>& x) { return select(x[0] > 0, x[1] * x[2], x[2]); }, {shape(4), shape(3, 4), shape(1)},
                           {.low = 0.1, .high = 1, .signs = true});
  support::check_gradients([](const std::vector<Symbol>& x) { return clip(x[0], -0.5, 0.45) * x[0]; }, {shape(8)});
}

TEST_CASE("the gradient of a power holds at zero and for whole exponents of negative numbers", "[graph][elementwise]") {
  Sketch g;
  const Symbol x = g.argument(shape(3));
  CHECK(g.run({gradient(pow(x, 2), x), gradient(pow(x, 0), x)}, {{0, -3, 2}}) == std::vector<Values>{{0, -6, 4}, {0, 0, 0}});
  const Symbol p = g.argument(shape(3));
  CHECK(g.run({gradient(pow(x, p), p)}, {{0, 1, -2}, {2, 3, 2}})[0] == Values{0, 0, 0});
}

TEST_CASE("random numbers are uniform, differ from call to call, and are repeatable", "[graph][elementwise]") {
  Sketch g;
  const Symbol x = g.argument(shape(dynamic, 10)), u = random_uniform(x, x.shape()), v = random_uniform(x, x.shape());
  const std::vector<Values> arguments{Values(1000, 0.0)};
  const auto first = g.run({u, v}, arguments, 100, {1, 1});
  CHECK(g.run({u, v}, arguments, 100, {1, 1}) == first);
  CHECK(g.run({u}, arguments, 100, {1, 2})[0] != first[0]);
  CHECK(g.run({u}, arguments, 100, {2, 1})[0] != first[0]);
  CHECK(first[0] != first[1]);
  double mean = 0;
  for (const double value : first[0]) {
    CHECK((value >= 0 && value < 1));
    mean += value / 1000;
  }
  CHECK(mean == Approx(0.5).margin(0.05));
}
