#include <tenon/layers/batch_normalization.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

namespace {

struct Counter : Layer<Counter> {
  static constexpr auto call(auto x) {
    const auto seen = x.state("seen", shape(1), Zeros{});
    x.update(seen, seen + 1);
    const auto now = x.state("seen", shape(1), Zeros{});
    x.update(now, now * 2);
    return x + now;
  }
};

}  // namespace

TEST_CASE("BatchNormalization agrees with Keras", "[layers][batch_normalization]") {
  support::check_golden("layers/batch_normalization", {
    layer_named<BatchNormalization>("BatchNormalization"),
    layer_named<BatchNormalizationWith<Momentum<0.9>, Epsilon<1e-2>>>("BatchNormalizationWith<Momentum<0.9>, Epsilon<1e-2>>"),
    layer_named<BatchNormalizationWith<NoScale>>("BatchNormalizationWith<NoScale>"),
    layer_named<BatchNormalizationWith<NoCenter>>("BatchNormalizationWith<NoCenter>"),
    layer_named<BatchNormalizationWith<Axis<1>>>("BatchNormalizationWith<Axis<1>>"),
  });
}

TEST_CASE("a BatchNormalization that is called twice averages twice, the second time from what the first gave", "[layers][batch_normalization]") {
  static constexpr BatchNormalizationWith<Momentum<0.5>> norm{};
  support::Sketch g;
  g.trace.training = true;
  const Symbol a = g.argument(shape(dynamic, 2)), b = g.argument(shape(dynamic, 2));
  norm(a), norm(b);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  REQUIRE(g.trace.updates.size() == 2);
  for (const Port& update : g.trace.updates) g.result(g.symbol(update.node));
  const std::vector<support::Values> arguments{{1, 2, 3, 5, 5, 2}, {0, 1, 4, -1, 2, 3}, {1, 1}, {0, 0}, {0, 0}, {1, 1}};
  for (const auto& results : {support::run(g.graph(), arguments, 3), support::run_planned(g.graph(), arguments, 3)}) {  // values from Keras
    golden::check_close(results[0], {{2}, {1.75f, 1.25f}});
    golden::check_close(results[1], {{2}, {2.25f, 2.0833335f}});
  }
}
TEST_CASE("a state that is read after an update is the new value", "[layers][weights]") {
  static constexpr Counter counter{};
  support::Sketch g;
  const Symbol y = counter(counter(g.argument(shape(dynamic, 1))));
  g.result(y);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  REQUIRE(g.trace.updates.size() == 1);
  g.result(g.symbol(g.trace.updates[0].node), Role::update, 0);
  for (const auto& results : {support::run(g.graph(), {{100}, {3}}), support::run_planned(g.graph(), {{100}, {3}})}) {
    CHECK(results[0] == support::Values{100 + 4 + 9});
    CHECK(results[1] == support::Values{18});
  }
}
