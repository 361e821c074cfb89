#include <tenon/data/take_rows.hpp>

#include <vector>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;
using Rows = std::vector<std::size_t>;

TEST_CASE("take_rows gathers rows in the order of the indices", "[data][take_rows]") {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}, {5, 6}};
  CHECK((tn::take_rows(x, Rows{2, 0, 2}) == xt::xtensor<float, 2>{{5, 6}, {1, 2}, {5, 6}}));
  CHECK(tn::take_rows(x, Rows{}).shape() == std::array<std::size_t, 2>{0, 2});
}

TEST_CASE("take_rows takes tensors of any rank and layout", "[data][take_rows]") {
  CHECK((tn::take_rows(xt::xtensor<int, 1>{7, 8, 9}, Rows{1}) == xt::xtensor<int, 1>{8}));
  CHECK((tn::take_rows(xt::xtensor<int, 3>{{{1}, {2}}, {{3}, {4}}}, Rows{1}) == xt::xtensor<int, 3>{{{3}, {4}}}));
  CHECK((tn::take_rows(xt::xarray<double>{{1, 2}, {3, 4}}, Rows{1, 0}) == xt::xarray<double>{{3, 4}, {1, 2}}));
  const xt::xtensor<int, 2, xt::layout_type::column_major> columns{{1, 2, 3}, {4, 5, 6}};
  CHECK((tn::take_rows(columns, Rows{1}) == xt::xtensor<int, 2>{{4, 5, 6}}));
  STATIC_REQUIRE(std::is_same_v<decltype(tn::take_rows(columns, Rows{})), xt::xtensor<int, 2>>);
}

TEST_CASE("take_rows takes expressions", "[data][take_rows]") {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}};
  CHECK((tn::take_rows(x + x, Rows{1}) == xt::xtensor<float, 2>{{6, 8}}));
  CHECK((tn::take_rows(xt::transpose(x), Rows{1}) == xt::xtensor<float, 2>{{2, 4}}));
}

TEST_CASE("take_rows refuses an index that x does not have", "[data][take_rows]") {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}};
  CHECK(support::error_of([&] { tn::take_rows(x, Rows{1, 2}); }) == "take_rows: index 2, x has 2 rows");
  CHECK(support::error_of([&] { tn::take_rows(x, Rows{static_cast<std::size_t>(-1)}); }) == "take_rows: index 18446744073709551615, x has 2 rows");
  CHECK(support::error_of([] { tn::take_rows(xt::xtensor<float, 1>::from_shape({0}), Rows{0}); }) == "take_rows: index 0, x has 0 rows");
  CHECK(support::error_of([] { tn::take_rows(xt::xarray<float>(3.f), Rows{0}); }) == "take_rows: x is one number, without rows");
}
