// The literals beyond the published vectors come from random_expected.py.
#include <tenon/core/random.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "../support/catch.hpp"

namespace tn = tenon;
using Words = std::array<std::uint32_t, 4>;

TEST_CASE("philox gives the words published with Random123", "[core][random]") {  // its kat_vectors, philox4x32 10
  constexpr std::uint32_t ones = 0xFFFFFFFF;
  STATIC_REQUIRE(tn::philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  STATIC_REQUIRE(tn::philox({ones, ones, ones, ones}, {ones, ones}) ==
                 Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  STATIC_REQUIRE(tn::philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
                 Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Random counts up within the stream of its seed", "[core][random]") {
  tn::Random random(5, 0x300000002);
  for (const std::uint32_t word : {0xce370cb5u, 0xf5d34491u, 0x11185b7bu, 0xef9b9a99u, 0x71597cb1u}) CHECK(random() == word);
}

TEST_CASE("Random's uniform numbers are the upper 24 bits as a fraction", "[core][random]") {
  tn::Random random(1);
  for (const float bits : {14936070.f, 15010318.f, 9826850.f}) CHECK(random.uniform() == bits / 16777216.f);
}

TEST_CASE("Random draws bounded integers without a bias", "[core][random]") {
  tn::Random small(3);
  for (const auto value : std::vector<std::uint64_t>{4, 3, 5, 3, 9, 2, 9, 6, 7, 3, 1, 4}) CHECK(small.below(10) == value);

  // Just over 2^63: almost half of all words must be drawn again.
  tn::Random large(3);
  for (int i = 0; i < 12; ++i) large.below(10);
  for (const std::uint64_t value : {6437564088887160920u, 7846449035093816797u, 7674545816068224482u, 111183515001508256u})
    CHECK(large.below((std::uint64_t{1} << 63) + 1) == value);

  CHECK(tn::Random(0).below(1) == 0);
}

TEST_CASE("shuffled_indices follows seed and stream", "[core][random]") {
  using Order = std::vector<std::size_t>;
  CHECK(tn::shuffled_indices(10, tn::Random(7)) == Order{6, 9, 0, 5, 7, 4, 1, 3, 8, 2});
  CHECK(tn::shuffled_indices(10, tn::Random(7, 1)) == Order{3, 7, 1, 6, 8, 4, 5, 0, 2, 9});
  CHECK(tn::shuffled_indices(10, tn::Random(0x100000007)) == Order{2, 3, 8, 5, 6, 1, 0, 7, 9, 4});
}

TEST_CASE("shuffled_indices holds each index once", "[core][random]") {
  for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
    const auto indices = tn::shuffled_indices(count, tn::Random(1));
    CHECK(indices.size() == count);
    CHECK(std::set<std::size_t>(indices.begin(), indices.end()).size() == count);
    CHECK(std::all_of(indices.begin(), indices.end(), [&](std::size_t i) { return i < count; }));
  }
}

TEST_CASE("shuffled_indices gives every order equally often", "[core][random]") {
  std::map<std::vector<std::size_t>, int> seen;
  for (std::uint64_t seed = 0; seed < 24'000; ++seed) ++seen[tn::shuffled_indices(4, tn::Random(seed))];
  REQUIRE(seen.size() == 24);
  double chi_squared = 0;
  for (const auto& [order, times] : seen) chi_squared += (times - 1000.) * (times - 1000.) / 1000.;
  CHECK(chi_squared < 49.7);  // the 0.999 quantile of chi-squared with 23 degrees of freedom
}
