#include <tenon/io/half.hpp>

#include <cmath>
#include <limits>

#include "../support/catch.hpp"

namespace tn = tenon;

TEST_CASE("from_float16 follows IEEE 754", "[io][half]") {  // bit patterns from the standard's binary16
  STATIC_REQUIRE(tn::from_float16(0x3C00) == 1.f);
  STATIC_REQUIRE(tn::from_float16(0xC000) == -2.f);
  STATIC_REQUIRE(tn::from_float16(0x3555) == 0.333251953125f);
  STATIC_REQUIRE(tn::from_float16(0x7BFF) == 65504.f);     // the largest
  STATIC_REQUIRE(tn::from_float16(0x0400) == 0x1p-14f);    // the smallest normal one
  STATIC_REQUIRE(tn::from_float16(0x0001) == 0x1p-24f);    // the smallest
  STATIC_REQUIRE(tn::from_float16(0x83FF) == -1023 * 0x1p-24f);
  STATIC_REQUIRE(tn::from_float16(0x7C00) == std::numeric_limits<float>::infinity());
  STATIC_REQUIRE(tn::from_float16(0xFC00) == -std::numeric_limits<float>::infinity());
  CHECK(std::isnan(tn::from_float16(0x7E00)));
  CHECK(std::signbit(tn::from_float16(0x8000)));
  CHECK(!std::signbit(tn::from_float16(0x0000)));
}

TEST_CASE("from_bfloat16 is the upper half of a float", "[io][half]") {
  STATIC_REQUIRE(tn::from_bfloat16(0x3F80) == 1.f);
  STATIC_REQUIRE(tn::from_bfloat16(0xC020) == -2.5f);
  STATIC_REQUIRE(tn::from_bfloat16(0x0001) == 0x1p-133f);
  STATIC_REQUIRE(tn::from_bfloat16(0x7F80) == std::numeric_limits<float>::infinity());
  CHECK(std::isnan(tn::from_bfloat16(0x7FC0)));
}
