// A number as a template argument.
#pragma once

namespace tenon {

/// A floating-point template argument, so that `Dropout<0.2>` also works where the compiler has none of type double.
struct Real {
  double value;
  consteval Real(double v) : value(v) {}
  consteval Real(int v) : value(v) {}  // `Dropout<0>`: a template argument may not become a double and then a Real
};

}  // namespace tenon
