// Gradients against central finite differences, in double.
#pragma once

#include <cmath>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "run_graph.hpp"

namespace support {

/// A function on symbols.
using Function = std::function<tenon::Symbol(const std::vector<tenon::Symbol>&)>;

/// Where a function is looked at: arguments of [low, high), every other one negative if `signs`. Choose them away from kinks.
struct Points {
  double low = -1, high = 1;
  bool signs = false;
  bool training = false;
  long batch = 2;
  double tolerance = 1e-6;
  std::uint64_t seed = 1;
};

inline std::vector<Values> points(const tenon::NodeGraph& g, const Points& where) {
  tenon::Random random(where.seed);
  std::vector<Values> all;
  for (const tenon::Port& p : g.arguments) {
    all.push_back(random_values(count(g, p.node, where.batch), random, where.low, where.high));
    if (where.signs)
      for (double& x : all.back()) x = random.below(2) == 0 ? x : -x;
  }
  return all;
}

/// A different number at every element of y.
inline tenon::Symbol position(tenon::Symbol y) {
  tenon::Symbol p = constant(y, 0.3);
  for (int axis = 0; axis < y.shape().rank; ++axis) p = p * 2.3 + iota(y, y.shape(), axis);
  return p;
}

/// Where the gradients of Σ y · c (c: fixed weights that differ) are not what differences say, in words; "" if nowhere.
inline std::string gradient_error(const Function& f, const std::vector<tenon::Shape>& shapes, const Points& where, bool second = false) {
  Sketch g;
  g.trace.training = where.training;
  std::vector<tenon::Symbol> x;
  for (const tenon::Shape& s : shapes) x.push_back(g.argument(s));
  const tenon::Noise noise{3, 5};
  const auto weighed = [&](tenon::Symbol y) { return sum(y * (1.0 + 0.5 * sin(1.7 * position(y)))); };
  tenon::Symbol loss = weighed(f(x));
  tenon::List<tenon::Symbol> xs;  // what f was given, and the weights it asked for
  for (const tenon::Port& p : g.graph().arguments) xs.push_back(g.symbol(p.node));
  if (second) {
    tenon::Symbol total = constant(loss, 0);
    for (const tenon::Symbol& d : gradient(loss, xs)) total = total + weighed(d);
    loss = total;
  }
  std::vector<tenon::Symbol> wanted{loss};
  for (const tenon::Symbol& d : gradient(loss, xs)) wanted.push_back(d);
  if (g.trace.mistake.problem != tenon::Problem::none) return "the function makes a mistake";

  const auto arguments = points(g.graph(), where);
  const auto gradients = g.run(wanted, arguments, where.batch, noise);
  const tenon::NodeGraph only_loss = g.with_results({loss});
  std::ostringstream errors;
  for (std::size_t k = 0; k < arguments.size(); ++k)
    for (std::size_t i = 0; i < arguments[k].size(); ++i) {
      const auto at = [&](double step) {
        auto moved = arguments;
        moved[k][i] += step;
        return run(only_loss, moved, where.batch, noise)[0][0];
      };
      constexpr double h = 1e-4;  // fourth order: error h^4
      const double expected = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h), got = gradients[1 + k][i];
      if (std::abs(got - expected) <= where.tolerance * (1 + std::abs(expected))) continue;
      errors << "argument " << k << " at " << i << " (" << arguments[k][i] << "): " << got << " instead of " << expected << "\n";
    }
  return errors.str();
}

inline void check_gradients(const Function& f, const std::vector<tenon::Shape>& shapes, const Points& where = {}) {
  CHECK(gradient_error(f, shapes, where) == "");
}
inline void check_second_derivatives(const Function& f, const std::vector<tenon::Shape>& shapes, const Points& where = {}) {
  CHECK(gradient_error(f, shapes, where, true) == "");
}

}  // namespace support
