// Networks drawn at random, as a user compiles them.
#include "../golden/random/networks.hpp"

#include "probe.hpp"

using namespace golden_networks;
using parity::check_network;

TEST_CASE("random networks on the CPU backend agree with Keras, networks 0 to 6", "[parity][networks]") {
  check_network<Net0>("random/net0");
  check_network<Net1>("random/net1");
  check_network<Net2>("random/net2");
  check_network<Net3>("random/net3");
  check_network<Net4>("random/net4");
  check_network<Net5>("random/net5");
  check_network<Net6>("random/net6");
}
