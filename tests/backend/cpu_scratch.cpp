#include <tenon/backend/cpu/scratch.hpp>

#include <cstdint>
#include <new>

#include "cpu_support.hpp"

using namespace cpu_test;

namespace {

struct Number {  // has memory of its own
  float x;
};

}  // namespace

TEST_CASE("scratch memory is aligned for every vector, and keeps what is in it until more is asked for", "[backend][cpu][scratch]") {
  for (const long count : {1L, 3L, 100L, 1000L}) {
    Number* const p = cpu::scratch<Number, cpu::Slot::block>(count);
    CHECK(reinterpret_cast<std::uintptr_t>(p) % 64 == 0);
    p[count - 1].x = 7;
    CHECK(cpu::scratch<Number, cpu::Slot::block>(1) == p);
    CHECK(p[count - 1].x == 7);
    CHECK(cpu::scratch<Number, cpu::Slot::panel>(count) != p);
  }
}

// The address sanitizer ends a program that asks for so much.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TENON_TEST_ADDRESS_SANITIZER
#endif
#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(TENON_TEST_ADDRESS_SANITIZER)
TEST_CASE("scratch memory that is not to be had leaves the thread able to ask for less", "[backend][cpu][scratch]") {
  cpu::scratch<Number, cpu::Slot::image>(1000);
  volatile long most = 1L << 58;
  CHECK_THROWS_AS((cpu::scratch<Number, cpu::Slot::image>(most)), std::bad_alloc);
  Number* const p = cpu::scratch<Number, cpu::Slot::image>(10);
  REQUIRE(p != nullptr);
  p[9].x = 7;
  CHECK(cpu::scratch<Number, cpu::Slot::image>(2000) != nullptr);
}
#endif
