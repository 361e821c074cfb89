// NumPy's broadcasting.
#include <tenon/graph/matmul.hpp>
#include <tenon/graph/reductions.hpp>

#include "../support/gradient_check.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

TEST_CASE("shapes are broadcast as in NumPy", "[graph][broadcasting]") {
  struct Pair {
    Shape a, b, both;
  };
  for (const Pair& p : {Pair{shape(), shape(), shape()}, Pair{shape(3), shape(), shape(3)}, Pair{shape(3), shape(1), shape(3)}, Pair{shape(1), shape(3), shape(3)},
                        Pair{shape(2, 3), shape(3), shape(2, 3)}, Pair{shape(2, 1), shape(3), shape(2, 3)}, Pair{shape(2, 1), shape(1, 3), shape(2, 3)},
                        Pair{shape(4, 1, 3), shape(2, 1), shape(4, 2, 3)}, Pair{shape(5, 1, 4, 1), shape(3, 1, 2), shape(5, 3, 4, 2)},
                        Pair{shape(dynamic, 3), shape(3), shape(dynamic, 3)}, Pair{shape(dynamic, 1), shape(1, 3), shape(dynamic, 3)},
                        Pair{shape(dynamic, 2, 3), shape(dynamic, 1, 1), shape(dynamic, 2, 3)}, Pair{shape(1), shape(dynamic, 1), shape(dynamic, 1)}}) {
    Sketch g;
    const Symbol a = g.argument(p.a), b = g.argument(p.b), y = a * 100 + b;
    CHECK(y.shape() == p.both);
    CHECK((b + a).shape() == p.both);

    // the same by NumPy's rule, position by position
    const long batch = 2;
    const auto filled = [&](Shape s) {
      for (int i = 0; i < s.rank; ++i) s.extent[i] = s.extent[i] < 0 ? static_cast<int>(batch) : s.extent[i];
      return s;
    };
    Values va, vb, expected;
    for (long i = 0; i < p.a.elements(batch); ++i) va.push_back(static_cast<double>(i + 1));
    for (long i = 0; i < p.b.elements(batch); ++i) vb.push_back(static_cast<double>(i + 1));
    const Shape sa = filled(p.a), sb = filled(p.b), s = filled(p.both);
    for (long i = 0; i < s.elements(); ++i) {
      long rest = i, ia = 0, ib = 0, step_a = 1, step_b = 1;
      for (int axis = 1; axis <= s.rank; ++axis) {
        const long at = rest % s[-axis];
        rest /= s[-axis];
        if (axis <= sa.rank) ia += (sa[-axis] == 1 ? 0 : at) * step_a, step_a *= sa[-axis];
        if (axis <= sb.rank) ib += (sb[-axis] == 1 ? 0 : at) * step_b, step_b *= sb[-axis];
      }
      expected.push_back(va[static_cast<std::size_t>(ia)] * 100 + vb[static_cast<std::size_t>(ib)]);
    }
    CHECK(g.run({y}, {va, vb}, batch)[0] == expected);
    support::check_gradients([](const std::vector<Symbol>& x) { return x[0] * x[1]; }, {p.a, p.b});
  }
}

TEST_CASE("shapes that cannot be broadcast are a mistake, and what follows is silent", "[graph][broadcasting]") {
  struct Pair {
    Shape a, b;
  };
  for (const Pair& p : {Pair{shape(2), shape(3)}, Pair{shape(2, 3), shape(2)}, Pair{shape(dynamic, 3), shape(dynamic, 4)}, Pair{shape(dynamic, 3), shape(2, 3)},
                        Pair{shape(4, 3), shape(4, 1, 2)}, Pair{shape(dynamic), shape(dynamic, 3)}}) {
    Sketch g;
    const Symbol a = g.argument(p.a), b = g.argument(p.b), y = a + b;
    CHECK(y.poisoned);
    CHECK(g.trace.mistake.problem == Problem::shapes_cannot_be_broadcast);
    CHECK(g.trace.mistake.got == p.a.sample());
    CHECK(g.trace.mistake.wanted == p.b.sample());
    CHECK((y * g.argument(shape(17))).poisoned);
    CHECK(select(y, a, b).poisoned);
    CHECK(g.trace.mistake.wanted == p.b.sample());  // still the first
  }
}

TEST_CASE("no value has two axes of the batch", "[graph][broadcasting]") {
  const auto refused = [](const std::vector<Shape>& shapes, auto&& f) {
    Sketch g;
    std::vector<Symbol> x;
    for (const Shape& s : shapes) x.push_back(g.argument(s));
    return f(x).poisoned && g.trace.mistake.problem == Problem::two_batch_axes;
  };
  using Symbols = const std::vector<Symbol>&;
  CHECK(refused({shape(dynamic), shape(dynamic, 1)}, [](Symbols x) { return x[0] - x[1]; }));
  CHECK(refused({shape(dynamic, 1), shape(1, dynamic)}, [](Symbols x) { return x[0] * x[1]; }));
  CHECK(refused({shape(dynamic, 3), shape(dynamic, 1, 3)}, [](Symbols x) { return maximum(x[0], x[1]); }));
  CHECK(refused({shape(dynamic), shape(dynamic, 1)}, [](Symbols x) { return select(x[0], x[1], 0); }));
  CHECK(refused({shape(dynamic), shape(dynamic, 1)}, [](Symbols x) { return select(1 - x[0], x[0], x[1]); }));
  CHECK(refused({shape(dynamic)}, [](Symbols x) { return broadcast_to(x[0], shape(dynamic, dynamic)); }));
  CHECK(refused({shape(dynamic, 3)}, [](Symbols x) { return matmul(x[0], transpose(x[0])); }));
  CHECK(refused({shape(dynamic, 2, 3), shape(3, dynamic)}, [](Symbols x) { return matmul(x[0], x[1]); }));
  CHECK(refused({shape(dynamic, 2, 3), shape(1, 3, dynamic)}, [](Symbols x) { return matmul(x[0], x[1]); }));
  CHECK(refused({shape(-3, 2)}, [](Symbols x) { return reshape(x[0], shape(dynamic, -3, 2)); }));
  CHECK(refused({shape(dynamic)}, [](Symbols x) { return random_uniform(x[0], shape(dynamic, dynamic)); }));
  CHECK(refused({shape(dynamic)}, [](Symbols x) { return iota(x[0], shape(dynamic, dynamic), 0); }));
}
