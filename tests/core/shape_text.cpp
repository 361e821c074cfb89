#include <tenon/core/shape_text.hpp>

#include "../support/catch.hpp"

using tenon::shape;
using tenon::detail::shape_text;

TEST_CASE("shapes are written as Python writes a tuple", "[core][shape_text]") {
  CHECK(shape_text(shape()) == "()");
  CHECK(shape_text(shape(10)) == "(10,)");
  CHECK(shape_text(shape(28, 28, 1)) == "(28, 28, 1)");
  CHECK(shape_text(shape(), "N") == "(N,)");
  CHECK(shape_text(shape(10), "N") == "(N, 10)");
  CHECK(shape_text(std::vector<std::size_t>{4611686018427387905u, 2}) == "(4611686018427387905, 2)");
  CHECK(shape_text(std::vector<std::string>{"B", "3 B"}) == "(B, 3 B)");
}
