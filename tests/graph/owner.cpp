#include <tenon/graph/owner.hpp>

#include "../support/catch.hpp"

using tenon::detail::Owner;
using tenon::detail::OwnerOf;

namespace {

struct Rate {
  float rate = 1;
};
struct Named {
  int name = 0;
};
struct Empty {};
struct Derived : Rate {
  float decay = 2;
};
struct AfterEmpty : Empty, Rate {};
struct AfterAnother : Named, Rate {};
struct Member {
  Rate rate;
};
struct Last final : Rate {};

template <class Object, class T>
constexpr bool is() {
  const OwnerOf<Object> object;
  const Owner& owner = object;
  return owner.is<T>();
}

}  // namespace

TEST_CASE("an owner is its type, and the base that it begins with", "[graph][owner]") {
  STATIC_REQUIRE(is<Rate, Rate>());
  STATIC_REQUIRE(is<Derived, Rate>());
  STATIC_REQUIRE(is<Derived, Derived>());
  STATIC_REQUIRE(is<AfterEmpty, Rate>());
  STATIC_REQUIRE(is<Last, Last>());
  STATIC_REQUIRE(!is<Rate, Derived>());
  STATIC_REQUIRE(!is<Rate, Named>());
  STATIC_REQUIRE(!is<Member, Rate>());
  STATIC_REQUIRE(!is<AfterAnother, Rate>());  // its rate lies behind the name
  CHECK(is<Derived, Rate>());
  CHECK(!is<Rate, Named>());
}
