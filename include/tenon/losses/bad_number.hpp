// Numbers of a loss or metric that make no sense.
#pragma once

namespace tenon {

/// Which number of a loss or metric cannot be used, what it is, and what it should be; no name: all can. A loss or metric may have a member
/// `constexpr BadNumber check(const Shape& y_pred) const`; compile throws std::invalid_argument that says so.
struct BadNumber {
  const char* name = nullptr;
  double value{};
  const char* wanted = "";
};

namespace detail {

/// A number that is wrong unless this holds; of several in a row, the first wrong one counts.
constexpr BadNumber unless(bool holds, const char* name, double value, const char* wanted) { return holds ? BadNumber{} : BadNumber{name, value, wanted}; }
constexpr BadNumber first_of(const BadNumber& a, const BadNumber& b) { return a.name != nullptr ? a : b; }
constexpr BadNumber fraction(const char* name, double value) { return unless(value >= 0 && value <= 1, name, value, "0 to 1"); }

}  // namespace detail
}  // namespace tenon
