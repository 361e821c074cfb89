#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/identity.hpp>
#include <tenon/initializers/orthogonal.hpp>
#include <tenon/initializers/random_normal.hpp>
#include <tenon/initializers/random_uniform.hpp>
#include <tenon/initializers/variance_scaling.hpp>

#include "../support/golden.hpp"

using namespace tenon;

namespace {

struct Statistics {
  double mean = 0, stddev = 0, largest = 0;
};
/// Of many weights of one shape.
template <class Initializer>
Statistics statistics(const Shape& shape) {
  std::vector<float> all;
  for (std::uint64_t stream = 0; all.size() < 200000; ++stream) {
    std::vector<float> weight(static_cast<std::size_t>(shape.elements()));
    Random random(5, stream);
    Initializer{}(weight, shape, random);
    all.insert(all.end(), weight.begin(), weight.end());
  }
  Statistics s;
  for (const float x : all) s.mean += static_cast<double>(x) / static_cast<double>(all.size()), s.largest = std::fmax(s.largest, std::fabs(static_cast<double>(x)));
  for (const float x : all) s.stddev += std::pow(static_cast<double>(x) - s.mean, 2) / static_cast<double>(all.size());
  s.stddev = std::sqrt(s.stddev);
  return s;
}

}  // namespace

TEST_CASE("initializers draw from Keras's distributions", "[initializers]") {
  const std::map<std::string, Statistics (*)(const Shape&)> initializers = {
    {"GlorotUniform", &statistics<GlorotUniform>}, {"GlorotNormal", &statistics<GlorotNormal>},
    {"HeUniform", &statistics<HeUniform>}, {"HeNormal", &statistics<HeNormal>},
    {"LecunUniform", &statistics<LecunUniform>}, {"LecunNormal", &statistics<LecunNormal>},
    {"RandomNormal", &statistics<RandomNormal<>>}, {"RandomUniform", &statistics<RandomUniform<>>}, {"TruncatedNormal", &statistics<TruncatedNormal<>>},
  };
  for (const golden::Case& c : golden::load("initializers")) {
    INFO(c.name);
    const auto number = [&](const char* name) { return c.values.count(name) ? c.values.at(name)[0] : 0; };
    Shape s;
    if (c.values.count("shape")) for (const double extent : c.values.at("shape")) s = s.append(static_cast<int>(extent));
    else s = shape(40, 50);
    const Statistics found = initializers.at(c.layer)(s);
    const double limit = c.values.count("maxval") ? number("maxval") : number("limit");
    const double stddev = c.values.count("maxval") ? limit / std::sqrt(3.0) : number("stddev");
    CHECK(found.mean == Approx(0).margin(0.012 * stddev));  // five standard errors
    CHECK(found.stddev == Approx(stddev).epsilon(0.01));
    if (limit > 0) {
      CHECK(found.largest <= limit * (1 + 1e-6));
      CHECK(found.largest > 0.99 * limit);
    } else {
      CHECK(found.largest > 3.5 * stddev);  // not truncated
    }
  }
}

TEST_CASE("the same seed gives the same weights, another one others", "[initializers]") {
  const auto draw = [](std::uint64_t seed) {
    std::vector<float> weight(12);
    Random random(seed);
    GlorotUniform{}(weight, shape(3, 4), random);
    return weight;
  };
  CHECK(draw(1) == draw(1));
  CHECK(draw(1) != draw(2));
}

TEST_CASE("Zeros, Ones and Constant fill", "[initializers]") {
  std::vector<float> weight(3, 9.f);
  Random random(1);
  const auto filled = [&](auto initializer) {
    initializer(weight, shape(3), random);
    return weight;
  };
  CHECK(filled(Zeros{}) == std::vector<float>{0, 0, 0});
  CHECK(filled(Ones{}) == std::vector<float>{1, 1, 1});
  CHECK(filled(Constant<-2.5>{}) == std::vector<float>{-2.5f, -2.5f, -2.5f});
}

TEST_CASE("Orthogonal gives orthonormal rows or columns, whichever are fewer", "[initializers]") {
  const auto check = [](const Shape& shape) {
    const auto columns = static_cast<std::size_t>(shape.back()), rows = static_cast<std::size_t>(shape.elements()) / columns;
    std::vector<float> w(rows * columns);
    Random random(3);
    Orthogonal<2.0>{}(w, shape, random);
    const bool tall = rows > columns;
    const std::size_t count = tall ? columns : rows, length = tall ? rows : columns;
    const auto at = [&](std::size_t k, std::size_t i) { return static_cast<double>(tall ? w[i * columns + k] : w[k * columns + i]); };
    for (std::size_t a = 0; a < count; ++a)
      for (std::size_t b = 0; b < count; ++b) {
        double product = 0;
        for (std::size_t i = 0; i < length; ++i) product += at(a, i) * at(b, i);
        CHECK(product == Approx(a == b ? 4 : 0).margin(2e-6));
      }
    return w;
  };
  check(shape(5, 5));
  check(shape(20, 3));
  check(shape(4, 30));
  check(shape(3, 2, 4, 7));
  double mean = 0;  // of many: no direction is preferred
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    std::vector<float> w(9);
    Random random(seed);
    Orthogonal<>{}(w, shape(3, 3), random);
    mean += static_cast<double>(w[4]) / 2000;
  }
  CHECK(mean == Approx(0).margin(5 / std::sqrt(3 * 2000.)));
  std::vector<float> bias(3);
  Random random(1);
  CHECK_THROWS_WITH(Orthogonal<>{}(bias, shape(3), random), "Orthogonal: a weight of 1 axes is given, expected at least two");
}

TEST_CASE("IdentityInitializer fills the diagonal", "[initializers]") {
  std::vector<float> w(6, 9.f);
  Random random(1);
  IdentityInitializer<2.0>{}(w, shape(2, 3), random);
  CHECK(w == std::vector<float>{2, 0, 0, 0, 2, 0});
  CHECK_THROWS_WITH(IdentityInitializer<>{}(w, shape(6), random), "IdentityInitializer: a weight of 1 axes is given, expected two");
}

TEST_CASE("VarianceScalingUntruncatedNormal has its variance and long tails", "[initializers]") {
  const Statistics s = statistics<VarianceScalingUntruncatedNormal<2.0, Fan::out>>(shape(50, 40));
  CHECK(s.stddev == Approx(std::sqrt(2 / 40.)).epsilon(0.01));
  CHECK(s.largest > 3.5 * s.stddev);
}
