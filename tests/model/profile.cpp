#include <tenon/model/profile.hpp>

#include <algorithm>

#include <tenon/tenon.hpp>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace {

struct Net : tn::Sequential<tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3, 3>, tn::ReLU>, tn::Flatten, tn::Dense<5, tn::ReLU>, tn::Dense<3>> {};

double flops(const tn::Profile& p) {
  double sum = 0;
  for (const tn::StepProfile& s : p.steps) sum += s.flops;
  return sum;
}

}  // namespace

TEST_CASE("A profile has a line for each step, with its operations, time and work", "[model][profile]") {
  const tn::Profile p = tn::profile<Net>(16, 3);
  REQUIRE(p.steps.size() == 3);
  CHECK(p.steps[0].operations == "convolve + add + relu");
  CHECK(p.steps[1].operations == "matmul + add + relu");
  CHECK(flops(p) == 2.0 * 16 * (6 * 6 * 4 * 9 + 6 * 6 * 4 * 5 + 5 * 3));
  CHECK(p.steps[2].bytes == 4.0 * (16 * 5 + 5 * 3 + 3 + 16 * 3));
  for (const tn::StepProfile& s : p.steps) CHECK(s.seconds > 0);
  CHECK(p.peak > 1e8);
  const std::string text = p.text();
  CHECK(std::count(text.begin(), text.end(), '\n') == 5);
  CHECK(text.find("all steps") != std::string::npos);
}

TEST_CASE("A profile has at least one round", "[model][profile]") {
  for (const int rounds : {0, -5}) {
    const tn::Profile p = tn::profile<Net>(1, rounds);
    REQUIRE(p.steps.size() == 3);
    for (const tn::StepProfile& s : p.steps) CHECK(s.seconds > 0);
  }
}

TEST_CASE("A profile of training counts the gradients", "[model][profile]") {
  const tn::Profile p = tn::profile<Net, tn::MeanSquaredError>(16, 3);  // three times the products, but no gradient of the first layer's input
  CHECK(flops(p) == 2.0 * 16 * (2 * 6 * 6 * 4 * 9 + 3 * (6 * 6 * 4 * 5 + 5 * 3)));
}
