#include <tenon/data/csv.hpp>
#include <tenon/data/sample_file.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;

TEST_CASE("sample_file finds a table that comes with the library", "[data][sample_file]") {
  const auto cars = tn::datasets::load_csv(tn::datasets::sample_file("auto_mpg/auto_mpg.csv"), {.target = "mpg", .one_hot = "origin"});
  CHECK(cars.x.shape() == std::array<std::size_t, 2>{392, 9});
  CHECK(cars.features.back() == "origin=USA");
}
TEST_CASE("sample_file says where it looked", "[data][sample_file]") {
  CHECK_THAT(support::error_of([] { tn::datasets::sample_file("none.csv"); }), Catch::Matchers::ContainsSubstring("the library has no sample none.csv; looked for\n  "));
}
