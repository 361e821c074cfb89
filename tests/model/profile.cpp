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
  CHECK(p.steps[0].layer == "conv2d");
  CHECK(p.steps[2].layer == "dense_1");
  CHECK(p.steps[0].output == "(B, 6, 6, 4)");
  CHECK(flops(p) == 2.0 * 16 * (6 * 6 * 4 * 9 + 6 * 6 * 4 * 5 + 5 * 3));
  CHECK(p.steps[2].bytes == 4.0 * (16 * 5 + 5 * 3 + 3 + 16 * 3));
  for (const tn::StepProfile& s : p.steps) {
    CHECK(s.least > 0);
    CHECK(s.least <= s.seconds);
  }
  CHECK(p.peak > 1e8);
  const std::string text = p.text();
  CHECK(std::count(text.begin(), text.end(), '\n') == 5);
  CHECK(text.find("all steps") != std::string::npos);
  CHECK(text.find("1: dense (B, 5): matmul + add + relu\n") != std::string::npos);
}

TEST_CASE("A plan names the weights that its steps read and the gradients that they compute", "[model][describe]") {
  const std::string prediction = tn::describe<Net>(), training = tn::describe<Net, tn::MeanSquaredError>();
  CHECK(prediction.find("0: conv2d (B, 6, 6, 4): convolve + add + relu\n") == 0);
  CHECK(prediction.find("dense_1/kernel (5, 3)") != std::string::npos);
  CHECK(training.find("gradient of conv2d/kernel (3, 3, 1, 4)") != std::string::npos);
}

TEST_CASE("A profile is of the backend that is named", "[model][profile]") {
  const tn::Profile p = tn::profile<Net, tn::CpuWith<tn::MixedBfloat16>>(16, 3), training = tn::profile<Net, tn::CpuWith<tn::MixedBfloat16>, tn::MeanSquaredError>(16, 3);
  const auto casts = std::count_if(p.steps.begin(), p.steps.end(), [](const tn::StepProfile& s) { return s.operations == "cast"; });
  CHECK(casts > 0);  // of weights
  CHECK(flops(p) == flops(tn::profile<Net>(16, 1)));
  CHECK(training.steps.size() > p.steps.size());
  CHECK(tn::profile<Net, tn::Cpu>(16, 1).steps.size() == 3);
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
