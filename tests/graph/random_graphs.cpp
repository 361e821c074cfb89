// What the passes make of a graph computes what the graph says.
#include <algorithm>
#include <cmath>
#include <sstream>

#include <tenon/graph/numeric_policy.hpp>
#include <tenon/graph/simplify.hpp>

#include "../support/catch.hpp"
#include "../support/plan_interpreter.hpp"
#include "../support/random_graph.hpp"

namespace tn = tenon;
using support::Values;

namespace {

/// "7: add (-1, 3) of 5 6", one line per node: what to look at when a graph fails.
std::string text_of(const tn::NodeGraph& g) {
  std::ostringstream out;
  for (int id = 0; id < g.nodes.size(); ++id) {
    const tn::Node& v = g.nodes[id];
    out << id << ": " << tn::name_of(v.op) << " (";
    for (int i = 0; i < v.shape.rank; ++i) out << (i ? ", " : "") << v.shape.extent[i];
    out << ")";
    if (v.op == tn::Op::constant) out << " " << v.value;
    else out << " axis " << v.axis;
    for (const int in : v.in)
      if (in >= 0) out << " %" << in;
    out << "\n";
  }
  for (const tn::Port& r : g.results) out << "result %" << r.node << "\n";
  return out.str();
}

/// Where two lists of values differ, in words; nothing if they agree.
std::string difference(const std::vector<Values>& actual, const std::vector<Values>& expected) {
  for (std::size_t r = 0; r < expected.size(); ++r) {
    double scale = 1;
    for (const double x : expected[r]) scale = std::max(scale, std::abs(x));
    for (std::size_t i = 0; i < expected[r].size(); ++i)
      if (!(std::abs(actual[r][i] - expected[r][i]) <= 1e-8 * scale)) {
        std::ostringstream out;
        out << "result " << r << " at " << i << ": " << actual[r][i] << " instead of " << expected[r][i];
        return out.str();
      }
  }
  return "";
}

bool tame(const std::vector<Values>& results) {
  for (const Values& v : results)
    for (const double x : v)
      if (!(std::abs(x) < 1e6)) return false;
  return true;
}

struct Totals {
  int graphs = 0, wild = 0, hosted = 0, riders = 0, nodes = 0, steps = 0, failures = 0;
  int smallest = 0;     ///< nodes of the smallest graph that fails,
  std::string failure;  ///< and what is wrong with it: the one to look at
};

/// `shared`: for each result, the argument whose memory it gets, or -1.
template <class Policy = tn::Float32>
void check(std::uint64_t seed, const tn::NodeGraph& traced, support::RandomGraph& random, Totals& totals, const std::vector<int>& shared = {}) {
  const tn::NodeGraph g = Policy::apply(pool_convolutions(legalize(simplify(traced))));
  const tn::Fusion f = fuse(g);
  const tn::Plan plan = tn::plan(g, steps_of(g, f));
  for (const int host : f.host) totals.hosted += host >= 0;
  for (const int rider : f.rider) totals.riders += rider >= 0;
  totals.nodes += g.nodes.size(), totals.steps += plan.steps.size();
  ++totals.graphs;
  for (const long batch : {1L, 3L}) {
    const auto arguments = random.arguments(traced, batch);
    const tn::Noise noise{7, static_cast<std::uint64_t>(batch)};
    const auto expected = support::run(Policy::apply(traced), arguments, batch, noise);
    if (!tame(expected)) {
      ++totals.wild;
      continue;
    }
    std::string found;
    try {
      found = difference(support::PlanInterpreter(g, plan, batch, noise).run(arguments, shared), expected);
    } catch (const std::exception& error) {
      found = error.what();
    }
    if (found.empty() || (totals.failures++ > 0 && g.nodes.size() >= totals.smallest)) continue;
    totals.smallest = g.nodes.size();
    totals.failure = "seed " + std::to_string(seed) + ", batch " + std::to_string(batch) + ": " + found + "\ntraced:\n" + text_of(traced) + "planned:\n" + text_of(g);
  }
}

}  // namespace

TEST_CASE("a plan computes what its graph says, whatever the graph", "[graph]") {
  Totals totals;
  for (std::uint64_t seed = 0; seed < 12000; ++seed) {
    support::Sketch sketch;
    support::RandomGraph random(seed);
    random.draw(sketch, 1 + static_cast<int>(seed % 23));
    REQUIRE(sketch.trace.mistake.problem == tn::Problem::none);
    auto results = random.results();
    check(seed, sketch.with_results(results), random, totals);
  }
  INFO(totals.failure);
  CHECK(totals.failures == 0);
  CHECK(totals.wild < totals.graphs / 20);
  CHECK(totals.hosted > 1000);  // the graphs are not trivial
  CHECK(totals.steps < totals.nodes);
}

TEST_CASE("a plan computes the gradients that its graph says, whatever the graph", "[graph]") {
  Totals totals;
  for (std::uint64_t seed = 0; seed < 8000; ++seed) {
    support::Sketch sketch;
    support::RandomGraph random(1000000 + seed);
    random.draw(sketch, 1 + static_cast<int>(seed % 17));
    auto results = random.results();
    tn::Symbol loss = sum(results[0]);
    for (std::size_t r = 1; r < results.size(); ++r) loss = loss + sum(results[r]);
    tn::List<tn::Symbol> xs;
    for (const tn::Port& p : sketch.graph().arguments)
      if (!is_integer(sketch.graph().nodes[p.node].dtype)) xs.push_back(sketch.symbol(p.node));
    for (const tn::Symbol& d : gradient(loss, xs)) results.push_back(d);
    REQUIRE(sketch.trace.mistake.problem == tn::Problem::none);
    check(seed, sketch.with_results(results), random, totals);
  }
  INFO(totals.failure);
  CHECK(totals.failures == 0);
  CHECK(totals.wild < totals.graphs / 10);
  CHECK(totals.hosted > 1000);
  CHECK(totals.riders > 200);
}

TEST_CASE("a plan under a numeric policy computes what its graph says under it, whatever the graph", "[graph]") {
  Totals totals;
  for (std::uint64_t seed = 0; seed < 8000; ++seed) {
    support::Sketch sketch;
    support::RandomGraph random(3000000 + seed);
    random.draw(sketch, 1 + static_cast<int>(seed % 17));
    auto results = random.results();
    tn::List<tn::Symbol> xs;
    for (const tn::Port& p : sketch.graph().arguments)
      if (!is_integer(sketch.graph().nodes[p.node].dtype)) xs.push_back(sketch.symbol(p.node));
    if (seed % 2 == 0)
      for (const tn::Symbol& d : gradient(sum(results[0]), xs)) results.push_back(d);
    REQUIRE(sketch.trace.mistake.problem == tn::Problem::none);
    check<tn::MixedBfloat16>(seed, sketch.with_results(results), random, totals);
  }
  INFO(totals.failure);
  CHECK(totals.failures == 0);
  CHECK(totals.wild < totals.graphs / 10);
  CHECK(totals.hosted > 1000);
  CHECK(totals.riders > 100);
}

TEST_CASE("an update may be written over the weight it updates, whatever the graph", "[graph]") {
  Totals totals;
  for (std::uint64_t seed = 0; seed < 8000; ++seed) {
    support::Sketch sketch;
    support::RandomGraph random(2000000 + seed);
    random.draw(sketch, 1 + static_cast<int>(seed % 11));
    tn::NodeGraph g = sketch.with_results(random.results());
    std::vector<int> shared(static_cast<std::size_t>(g.results.size()), -1);
    for (int k = 0; k < g.arguments.size(); ++k) {
      tn::Port& argument = g.arguments[k];
      argument.role = tn::Role::weight, argument.index = k;
      std::vector<int> candidates;
      for (int id = 0; id < g.nodes.size(); ++id)
        if (g.nodes[id].shape == g.nodes[argument.node].shape && g.nodes[id].dtype == g.nodes[argument.node].dtype) candidates.push_back(id);
      if (random.below(3) == 0) continue;
      g.results.push_back({tn::Role::update, candidates[static_cast<std::size_t>(random.below(static_cast<int>(candidates.size())))], k});
      shared.push_back(k);
    }
    check(seed, g, random, totals, shared);
  }
  INFO(totals.failure);
  CHECK(totals.failures == 0);
}
