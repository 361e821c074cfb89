// Networks drawn at random, as a user compiles them.
#include "../golden/random/networks.hpp"

#include "probe.hpp"

using namespace golden_networks;
using parity::check_network;

TEST_CASE("random networks on the CPU backend agree with Keras, networks 7 to 13", "[parity][networks]") {
  check_network<Net7>("random/net7");
  check_network<Net8>("random/net8");
  check_network<Net9>("random/net9");
  check_network<Net10>("random/net10");
  check_network<Net11>("random/net11");
  check_network<Net12>("random/net12");
  check_network<Net13>("random/net13");
}
