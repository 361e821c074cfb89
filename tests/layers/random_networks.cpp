// Networks drawn at random, and what Keras computes for them.
#include "../golden/random/networks.hpp"

#include <tenon/model/sources.hpp>

#include "../support/golden_layer.hpp"

using namespace golden_networks;

namespace {

template <class Net>
std::vector<tn::Symbol> trace_net(support::Sketch& g, const golden::Case&) {
  g.trace.program.graphs.clear();
  const tn::List<tn::Symbol> outputs = tn::detail::trace_forward<Net>(g.trace);
  return {outputs.begin(), outputs.end()};
}

template <class Net>
void check_net(const std::string& name) {
  for (const golden::Case& c : golden::load("random/" + name)) {
    INFO(name);
    support::check_case(c, &trace_net<Net>);
  }
}

}  // namespace

TEST_CASE("random networks agree with Keras, outputs and gradients of every weight", "[layers][networks]") {
  check_net<Net0>("net0");
  check_net<Net1>("net1");
  check_net<Net2>("net2");
  check_net<Net3>("net3");
  check_net<Net4>("net4");
  check_net<Net5>("net5");
  check_net<Net6>("net6");
  check_net<Net7>("net7");
  check_net<Net8>("net8");
  check_net<Net9>("net9");
  check_net<Net10>("net10");
  check_net<Net11>("net11");
  check_net<Net12>("net12");
  check_net<Net13>("net13");
}
