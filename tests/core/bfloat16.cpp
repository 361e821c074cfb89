#include <tenon/core/bfloat16.hpp>

#include <cmath>
#include <limits>

#include "../support/catch.hpp"

namespace tn = tenon;

TEST_CASE("a bfloat16 is the nearest one, of two the even", "[core]") {  // by hand: eight significant bits
  STATIC_REQUIRE(tn::Bfloat16(1.f).bits == 0x3F80);
  STATIC_REQUIRE(tn::Bfloat16(-2.5f).bits == 0xC020);
  STATIC_REQUIRE(tn::Bfloat16(0x1.01p0f) == 0x1.00p0f);        // half way: even is below
  STATIC_REQUIRE(tn::Bfloat16(0x1.03p0f) == 0x1.04p0f);        // half way: even is above
  STATIC_REQUIRE(tn::Bfloat16(0x1.010002p0f) == 0x1.02p0f);    // a little more than half way
  STATIC_REQUIRE(tn::Bfloat16(0x1.02fffep0f) == 0x1.02p0f);    // a little less
  STATIC_REQUIRE(tn::Bfloat16(0x1.fep127f) == 0x1.fep127f);    // the largest
}

TEST_CASE("a bfloat16 of what is no ordinary number", "[core]") {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  STATIC_REQUIRE(tn::Bfloat16(infinity) == infinity);
  STATIC_REQUIRE(tn::Bfloat16(-infinity) == -infinity);
  STATIC_REQUIRE(tn::Bfloat16(0x1.fffffep127f) == infinity);   // rounds up beyond the largest
  STATIC_REQUIRE(tn::Bfloat16(0x1p-126f) == 0x1p-126f);        // the smallest normal number
  STATIC_REQUIRE(tn::Bfloat16(0x1.fffffcp-127f) == 0.f);       // below it all is zero
  CHECK(std::signbit(tn::Bfloat16(-0x1p-140f)));
  CHECK(std::signbit(tn::Bfloat16(-0.f)));
  CHECK(std::isnan(tn::Bfloat16(std::numeric_limits<float>::quiet_NaN())));
  CHECK(std::isnan(tn::Bfloat16(std::bit_cast<float>(0x7f800001))));  // whose upper half is infinity
}
